import { useSyncExternalStore } from 'react';

const below = (width: number): (() => boolean) => {
  const query = matchMedia(`(max-width: ${width}px)`);
  const subscribe = (changed: () => void): (() => void) => {
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  };
  return () => useSyncExternalStore(subscribe, () => query.matches);
};

/** Whether the window is so narrow that rows become items of a list. */
export const useNarrow = below(640);

/** Whether a table of five columns has no room to be read in. */
export const useNarrowForTable = below(900);
