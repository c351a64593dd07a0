/** What was asked for in a dialog that was gone before an answer came: the page tells what comes of it. */
import { useSyncExternalStore } from 'react';
import type { Answer } from '../../../client/answer.ts';

export interface LeftOpen {
  /** The key that it is asked for with. */
  readonly key: string;
  /** The button that was pressed. */
  readonly action: string;
  /** Where it was asked for, below the console. */
  readonly from: string;
  /** Undefined as long as no answer has come. */
  readonly answer?: Answer<unknown>;
  /** Where what has come of it is looked at. */
  readonly to?: string | undefined;
}

let all: readonly LeftOpen[] = [];
const listeners = new Set<() => void>();

function change(next: readonly LeftOpen[]): void {
  all = next;
  for (const listener of listeners) listener();
}

/** Told once more, with the answer, when that has come. */
export const leaveOpen = (deed: LeftOpen): void => change([...all.filter(({ key }) => key !== deed.key), deed]);

export const forget = (deed: LeftOpen): void => change(all.filter((each) => each !== deed));

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useLeftOpen = (): readonly LeftOpen[] => useSyncExternalStore(subscribe, () => all);
