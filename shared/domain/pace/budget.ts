/**
 * The tenant's budgets at the moment of sending. What dispatch has planned may come late and all at once, after an
 * outage for example; whoever sends takes what it really costs from here first. Pure; token buckets as GCRA. Times are
 * milliseconds since the epoch.
 */
import type { Lane } from '../job/lane.ts';
import { DIRECTORY_WRITES, GRAPH_BATCH_MAX_REQUESTS, INVITATIONS } from '../limits.ts';
import { CHUNK_WRITES, DELIVERY_SECONDS, PRIORITY_MARGIN } from '../policy.ts';

/** What sending one reset costs. */
export interface Cost {
  readonly writes: number;
  readonly invitations: number;
}

/** For each budget the time at which it will be full again ("theoretical arrival time"). */
export type Spent = Cost;

export const NOTHING_SPENT: Spent = { writes: 0, invitations: 0 };

/** How fast a budget fills, and how much may be taken from it at once. */
export interface Bucket {
  readonly perSecond: number;
  readonly burst: number;
}

export interface Limit {
  readonly limit: number;
  readonly windowSeconds: number;
}

/**
 * The bucket of a limit: how many may go at once after a pause. Not more than a chunk may cost and the margin, however
 * slow the rate; never less than a second's worth, or than a chunk and the margin: where a rate above the steady one
 * was asked for, that goes over the limits.
 */
function bucketOf({ limit, windowSeconds }: Limit, perSecond: number): Bucket {
  const left = Math.min(limit - perSecond * (windowSeconds + DELIVERY_SECONDS), CHUNK_WRITES + PRIORITY_MARGIN);
  return { perSecond, burst: Math.max(left, perSecond, GRAPH_BATCH_MAX_REQUESTS + PRIORITY_MARGIN) };
}

/** What a window may have: the limit, or more where a rate above the steady one was asked for. */
export function mostInWindow(limit: Limit, perSecond: number): number {
  return Math.max(limit.limit, bucketOf(limit, perSecond).burst + perSecond * (limit.windowSeconds + DELIVERY_SECONDS));
}

/** What is missing from the budgets takes longer to fill from now on, at a slower rate. @param times as long */
export function slowDown({ writes, invitations }: Spent, times: number, now: number): Spent {
  const later = (fullAt: number): number => (fullAt <= now ? fullAt : now + (fullAt - now) * times);
  return { writes: later(writes), invitations: later(invitations) };
}

/** A job's own budget: so many resets in any minute. */
const MINUTE_SECONDS = 60;

/**
 * The bucket of a job's own `maxPerMinute`. The last of a burst fills the first gap, which is the 1 in the formula:
 * what goes in any minute, a second of delivery included, is burst + ⌈rate × 61⌉ − 1.
 */
export function minuteBucket(maxPerMinute: number): Bucket {
  const burst = Math.min(GRAPH_BATCH_MAX_REQUESTS, Math.max(1, Math.floor(maxPerMinute / 4)));
  return { burst, perSecond: (maxPerMinute - burst + 1) / (MINUTE_SECONDS + DELIVERY_SECONDS) };
}

/** All that one visit must take from. */
export interface Budgets {
  /** Resets a second that the service was told to send. */
  readonly perSecond: number;
  /** Of that rate, what is in force now: 1, or less after throttling. */
  readonly rateFactor: number;
  readonly lane: Lane;
  /** The job's own budget, and when it will be full again. */
  readonly own?: { readonly bucket: Bucket; readonly spent: number };
}

export interface Acquired {
  /** So many of the costs, from the first, may be sent. */
  readonly granted: number;
  /** When those may be sent: now, or after a short wait. */
  readonly goAt: number;
  readonly spent: Spent;
  /** When the job's own budget will be full again. */
  readonly ownSpent: number;
  /** When the others could be sent, as many as may go at once; not later than `goAt` where there are none. */
  readonly retryAt: number;
}

/**
 * Takes room for as many of these as there is room for, in their order, now or within `maxWaitMs`. A visit of the bulk
 * lane takes all or nothing, unless all would not even fit a full budget: each part costs a visit of its own.
 */
export function acquire(
  spent: Spent,
  costs: readonly Cost[],
  budgets: Budgets,
  now: number,
  maxWaitMs: number,
): Acquired {
  const steps = costs.reduce<Step[]>(
    (all, cost) => [...all, take(all.at(-1) ?? start(spent, budgets), cost, budgets, now)],
    [],
  );
  const fitting = steps.filter(({ goAt }) => goAt <= now + maxWaitMs).length;
  const isFull = Math.max(spent.writes, spent.invitations, budgets.own?.spent ?? 0) <= now;
  const granted =
    fitting === costs.length || budgets.lane === 'priority' || isFull || budgets.own !== undefined ? fitting : 0;
  const last = steps[granted - 1] ?? start(spent, budgets);
  const next = steps[Math.min(steps.length, granted + (budgets.own?.bucket.burst ?? steps.length)) - 1] ?? last;
  return {
    granted,
    goAt: Math.max(now, Math.ceil(last.goAt)),
    spent: last.spent,
    ownSpent: last.own,
    retryAt: Math.max(now, Math.ceil(next.goAt)),
  };
}

interface Step {
  readonly spent: Spent;
  readonly own: number;
  readonly goAt: number;
}

const start = (spent: Spent, { own }: Budgets): Step => ({ spent, own: own?.spent ?? 0, goAt: 0 });

function take({ spent, own }: Step, cost: Cost, budgets: Budgets, now: number): Step {
  const writes = fill(spent.writes, cost.writes, tenantBucket(DIRECTORY_WRITES, budgets), budgets.rateFactor, now);
  const invitations = fill(
    spent.invitations,
    cost.invitations,
    tenantBucket(INVITATIONS, budgets),
    budgets.rateFactor,
    now,
  );
  const mine =
    budgets.own === undefined ? { fullAt: own, goAt: 0 } : fill(own, cost.invitations, budgets.own.bucket, 1, now);
  return {
    spent: { writes: writes.fullAt, invitations: invitations.fullAt },
    own: mine.fullAt,
    goAt: Math.max(writes.goAt, invitations.goAt, mine.goAt),
  };
}

/** What bulk jobs may take at once is less by the margin, so that a single reset need not wait for them. */
function tenantBucket(limit: Limit, { perSecond, lane }: Budgets): Bucket {
  const bucket = bucketOf(limit, perSecond);
  return lane === 'priority' ? bucket : { ...bucket, burst: bucket.burst - PRIORITY_MARGIN };
}

/** A slower rate fills the budget more slowly; what may be taken at once stays the same. */
function fill(
  fullAt: number,
  units: number,
  { perSecond, burst }: Bucket,
  rateFactor: number,
  now: number,
): { readonly fullAt: number; readonly goAt: number } {
  const next = Math.max(fullAt, now) + (units * 1000) / (perSecond * rateFactor);
  return { fullAt: next, goAt: next - (burst * 1000) / (perSecond * rateFactor) };
}
