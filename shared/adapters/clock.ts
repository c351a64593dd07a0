/** The time. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../usecases/ports.ts';

/** Server dates have whole seconds and take a while to arrive: a smaller difference is no difference. */
const TOLERANCE_MS = 2_000;

export interface CorrectedClock extends Clock {
  /** Hears the table service's clock, in ms. */
  onServerDate(date: number): void;
}

/** The local clock, moved by what the table service's clock says, so that instances agree. */
export function correctedClock(): CorrectedClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    monotonic: () => performance.now(),
    sleep: async (milliseconds) => {
      if (milliseconds > 0) await wait(milliseconds);
    },
    onServerDate(date) {
      const difference = date + 500 - Date.now();
      offset = Math.abs(difference) > TOLERANCE_MS ? difference : 0;
    },
  };
}
