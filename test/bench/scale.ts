/** How large the runs are. */

export interface Scale {
  readonly isQuick: boolean;
  /** @returns the full size, or the small one of a smoke run; never more than the command line allows */
  size(full: number, quick: number): number;
}

export function scaleOf({ isQuick, atMost }: { readonly isQuick: boolean; readonly atMost: number }): Scale {
  return { isQuick, size: (full, quick) => Math.min(isQuick ? quick : full, atMost) };
}
