/**
 * The tenant's budgets at the moment of sending. What dispatch has planned may come late and all at once, after an outage for
 * example; whoever sends takes what it really costs from here first. Pure; token buckets as GCRA. Times are milliseconds since
 * the epoch.
 */
import { DIRECTORY_WRITES, GRAPH_BATCH_MAX_REQUESTS, INVITATIONS } from './limits.ts';

/** What sending one reset costs. */
export interface Cost {
  readonly writes: number;
  readonly invitations: number;
}

/** For each budget the time at which it will be full again ("theoretical arrival time"). */
export type Spent = Cost;

export const NOTHING_SPENT: Spent = { writes: 0, invitations: 0 };

interface Limit {
  readonly limit: number;
  readonly windowSeconds: number;
}

const LIMITS: Readonly<Record<keyof Cost, Limit>> = { writes: DIRECTORY_WRITES, invitations: INVITATIONS };

/** What was taken may arrive at Graph later than something taken after it, by so much. */
export const DELIVERY_SECONDS = 1;

/**
 * How many may go at once after a pause. With this, no window has more than its limit: burst + rate × (window + delivery).
 * Never less than a second's worth, or than a chunk: where a rate above 19.7 a second was asked for, that goes over the limits.
 */
function burstOf({ limit, windowSeconds }: Limit, perSecond: number): number {
  return Math.max(limit - perSecond * (windowSeconds + DELIVERY_SECONDS), perSecond, GRAPH_BATCH_MAX_REQUESTS);
}

export interface Acquired {
  /** So many of the costs, from the first, may be sent now. */
  readonly granted: number;
  readonly spent: Spent;
  /** When the first that was not granted could be; now where all were. */
  readonly retryAt: number;
}

/** Takes room for as many of these as there is room for, in their order. */
export function acquire(spent: Spent, costs: readonly Cost[], perSecond: number, now: number): Acquired {
  let current = spent;
  for (const [granted, cost] of costs.entries()) {
    const next = { writes: after('writes'), invitations: after('invitations') };
    const retryAt = Math.max(...(['writes', 'invitations'] as const).map((name) => next[name] - (burstOf(LIMITS[name], perSecond) * 1000) / perSecond));
    if (retryAt > now) return { granted, spent: current, retryAt: Math.ceil(retryAt) };
    current = next;

    function after(name: keyof Cost): number {
      return Math.max(current[name], now) + (cost[name] * 1000) / perSecond;
    }
  }
  return { granted: costs.length, spent: current, retryAt: now };
}
