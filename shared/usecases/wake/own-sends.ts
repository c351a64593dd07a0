/** What this process has sent of late. */
import type { Cost } from '../../domain/pace/budget.ts';
import { withSent, type SentOfLate } from '../../domain/pace/own-sends.ts';
import type { Clock } from '../ports.ts';

export interface OwnSends {
  /**
   * Counts what is sent now.
   * @param perSecond resets a second that the service was told to send
   * @returns false, and counts nothing, where it would bring a window over its budget
   */
  take(cost: Cost, perSecond: number): boolean;
}

export function ownSends(clock: Pick<Clock, 'monotonic'>): OwnSends {
  let sent: SentOfLate = [];
  return {
    take(cost, perSecond) {
      const more = withSent(sent, cost, perSecond, clock.monotonic());
      sent = more ?? sent;
      return more !== undefined;
    },
  };
}
