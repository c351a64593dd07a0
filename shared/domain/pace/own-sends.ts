/**
 * What one instance has really sent of late: the last guard of the tenant's budgets. All instances together keep to the
 * pace; should that row be lost, or the clock jump, none of them alone sends more than a window may have. Pure. Times
 * are milliseconds of a clock that never jumps.
 */
import { mostInWindow, type Cost } from './budget.ts';
import { DIRECTORY_WRITES, INVITATIONS } from '../limits.ts';

const BUDGETS = [
  { unit: 'writes', limit: DIRECTORY_WRITES },
  { unit: 'invitations', limit: INVITATIONS },
] as const;
const LONGEST_MS = Math.max(...BUDGETS.map(({ limit }) => limit.windowSeconds)) * 1000;

export interface OwnSends {
  /**
   * Counts what is sent now.
   * @param perSecond resets a second that the service was told to send
   * @returns false, and counts nothing, where it would bring a window over its budget
   */
  take(cost: Cost, perSecond: number, now: number): boolean;
}

export function ownSends(): OwnSends {
  let sent: readonly { readonly at: number; readonly cost: Cost }[] = [];
  return {
    take(cost, perSecond, now) {
      const all = [...sent.filter(({ at }) => at > now - LONGEST_MS), { at: now, cost }];
      const isOver = BUDGETS.some(({ unit, limit }) => {
        const inWindow = all.filter(({ at }) => at > now - limit.windowSeconds * 1000);
        return inWindow.reduce((sum, each) => sum + each.cost[unit], 0) > mostInWindow(limit, perSecond);
      });
      if (!isOver) sent = all;
      return !isOver;
    },
  };
}
