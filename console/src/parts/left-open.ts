/** What was asked for in a dialog, or on a page, that was gone before an answer came: the console tells what comes of it. */
import { useSyncExternalStore } from 'react';
import type { NotDone } from './not-done.ts';

export type CameOfIt = { readonly kind: 'done' } | NotDone;

export interface LeftOpen {
  /** The key that it is asked for with. */
  readonly key: string;
  /** The button that was pressed. */
  readonly action: string;
  /** Where it was asked for, below the console. */
  readonly from: string;
  /** Undefined as long as no answer has come. */
  readonly came?: CameOfIt;
  /** Where what has come of it is looked at. */
  readonly to?: string | undefined;
}

let all: readonly LeftOpen[] = [];
const listeners = new Set<() => void>();

function change(next: readonly LeftOpen[]): void {
  all = next;
  for (const listener of listeners) listener();
}

/** Told once more when it is known what came of it. */
export const leaveOpen = (deed: LeftOpen): void => change([...all.filter(({ key }) => key !== deed.key), deed]);

export const forget = (deed: LeftOpen): void => change(all.filter((each) => each !== deed));

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useLeftOpen = (): readonly LeftOpen[] => useSyncExternalStore(subscribe, () => all);
