/** Whether the page says itself that everything is paused, and why: then the banner above all pages says it no second time. */
import { useEffect, useSyncExternalStore } from 'react';

let tellers = 0;
const listeners = new Set<() => void>();

function count(change: 1 | -1): void {
  tellers += change;
  for (const listener of listeners) listener();
}

/** For what says it, for as long as it does. */
export function useSaysStop(says: boolean): void {
  useEffect(() => {
    if (!says) return undefined;
    count(1);
    return () => count(-1);
  }, [says]);
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useIsStopSaid = (): boolean => useSyncExternalStore(subscribe, () => tellers > 0);
