/** How large the runs are. */

export interface Scale {
  readonly isQuick: boolean;
  /** @returns the full size, or the small one of a smoke run; never more than the command line allows */
  size(full: number, quick: number): number;
  /** @returns all of them, or in a smoke run the first */
  some<Item>(items: readonly Item[]): readonly Item[];
}

export function scaleOf({ isQuick, atMost }: { readonly isQuick: boolean; readonly atMost: number }): Scale {
  return {
    isQuick,
    size: (full, quick) => Math.min(isQuick ? quick : full, atMost),
    some: (items) => (isQuick ? items.slice(0, 1) : items),
  };
}
