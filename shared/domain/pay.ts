/** What of a visit may be sent now, and when the rest takes its turn. Pure. Times are milliseconds since the epoch. */
import { acquire, type Cost } from './budget.ts';
import type { Lane } from './job.ts';
import { charge, reserve, reservePriority, type Pace } from './pace.ts';

export interface Payment {
  readonly pace: Pace;
  /** So many of the costs, from the first, may be sent now. */
  readonly granted: number;
  /** When the others may come again; each visit gets a time of its own, so that not all come at once. */
  readonly restDueAt: number;
}

/**
 * Takes what the visit really costs from the tenant's budgets. What was planned has had its slot; whatever else is sent, added
 * emails and repeats, pushes later slots back. What finds no room takes a slot anew.
 * @param planned for how many resets of this visit a slot was taken
 */
export function pay(pace: Pace, costs: readonly Cost[], lane: Lane, planned: number, perSecond: number, now: number): Payment {
  if (pace.heldUntil > now) return { pace, granted: 0, restDueAt: pace.heldUntil };
  const { granted, spent, retryAt } = acquire(pace.spent, costs, perSecond, now);
  const writes = costs.slice(0, granted).reduce((sum, cost) => sum + cost.writes, 0);
  const paid = charge({ ...pace, spent }, Math.max(0, writes - planned), perSecond, now);
  const left = costs.length - granted;
  if (left === 0) return { pace: paid, granted, restDueAt: now };
  const later = lane === 'priority' ? reservePriority(paid, left, perSecond, retryAt) : reserve(paid, left, lane, perSecond, now);
  return { pace: later.pace, granted, restDueAt: Math.ceil(Math.max(retryAt, later.slotAt)) };
}
