/** The time. */
import { setTimeout as wait } from 'node:timers/promises';
import { hearDate, LOCAL_IS_RIGHT } from '../domain/clock-belief.ts';
import type { Clock } from '../usecases/ports.ts';

/** A server date is cut to whole seconds: half of one is lost on average. */
const CUT_MS = 500;

export interface CorrectedClock extends Clock {
  /**
   * Hears the table service's clock, in ms.
   * @returns whether that contradicts what is believed: then the service should be asked again
   */
  onServerDate(date: number): boolean;
}

const LOCAL: Pick<Clock, 'now' | 'monotonic'> = { now: () => Date.now(), monotonic: () => performance.now() };

/** The local clock, moved by what the table service's clock says again and again, so that instances agree. */
export function correctedClock({ now, monotonic } = LOCAL): CorrectedClock {
  let belief = LOCAL_IS_RIGHT;
  return {
    now: () => now() + belief.offset,
    monotonic,
    sleep: async (milliseconds) => {
      if (milliseconds > 0) await wait(milliseconds);
    },
    onServerDate(date) {
      belief = hearDate(belief, date + CUT_MS - now(), monotonic());
      return belief.contradiction !== undefined;
    },
  };
}
