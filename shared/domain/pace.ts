/**
 * The tenant's timeline: when the next reset is to be sent. One row, changed by compare-and-set, shared by all instances.
 * Simple for now: one steady rate. What may really be sent is in `budget.ts`.
 * Times are milliseconds since the epoch.
 */
import { NOTHING_SPENT, type Spent } from './budget.ts';
import type { Lane } from './job.ts';

export interface Pace {
  /** When the next bulk slot is free. */
  readonly nextFreeAt: number;
  /** Graph asked for silence until then. */
  readonly heldUntil: number;
  /** When dry runs may look up again; reading has a timeline of its own. */
  readonly nextReadAt: number;
  /** When the next of the priority lane comes again that found no room in the budgets. */
  readonly nextPriorityAt: number;
  /** What was really sent of late. */
  readonly spent: Spent;
}

export const NEW_PACE: Pace = { nextFreeAt: 0, heldUntil: 0, nextReadAt: 0, nextPriorityAt: 0, spent: NOTHING_SPENT };

/** Takes room for `cost` resets. Priority goes at once and pushes the next bulk slot back. */
export function reserve(pace: Pace, cost: number, lane: Lane, resetsPerSecond: number, now: number): { readonly slotAt: number; readonly pace: Pace } {
  const earliest = Math.max(now, pace.heldUntil);
  const free = Math.max(earliest, pace.nextFreeAt);
  const nextFreeAt = free + (cost * 1000) / resetsPerSecond;
  return { slotAt: lane === 'priority' ? earliest : free, pace: { ...pace, nextFreeAt } };
}

/** Takes a turn for `cost` resets of the priority lane that found no room in the budgets, not before `earliest`. */
export function reservePriority(pace: Pace, cost: number, resetsPerSecond: number, earliest: number): { readonly slotAt: number; readonly pace: Pace } {
  const slotAt = Math.max(earliest, pace.nextPriorityAt);
  return { slotAt, pace: { ...pace, nextPriorityAt: slotAt + (cost * 1000) / resetsPerSecond } };
}

/** Takes room for looking `count` guests up; it costs no write. */
export function reserveRead(pace: Pace, count: number, readsPerSecond: number, now: number): { readonly slotAt: number; readonly pace: Pace } {
  const slotAt = Math.max(now, pace.heldUntil, pace.nextReadAt);
  return { slotAt, pace: { ...pace, nextReadAt: slotAt + (count * 1000) / readsPerSecond } };
}

/** Nothing more until then. */
export function hold(pace: Pace, until: number): Pace {
  return { ...pace, heldUntil: Math.max(pace.heldUntil, until) };
}

/** Charges writes that are made now: later slots move back by as much. */
export function charge(pace: Pace, cost: number, resetsPerSecond: number, now: number): Pace {
  return { ...pace, nextFreeAt: Math.max(now, pace.nextFreeAt) + (cost * 1000) / resetsPerSecond };
}
