/** What of a visit may be sent now, and when the rest takes its turn. Pure. Times are milliseconds since the epoch. */
import { acquire, minuteBucket, type Bucket, type Cost } from './budget.ts';
import { countOfDay, isCounted, leftToday, nextOfDayAt, withinDay } from './day-count.ts';
import type { Job } from '../job/job.ts';
import { charge, jobPaceOf, placeFreeAt, reserve, reservePriority, withJobPace, type Pace } from './pace.ts';
import { rateFactor } from './throttling.ts';
import type { Policy } from '../policy.ts';

export interface Payment {
  readonly pace: Pace;
  /** So many of the costs, from the first, may be sent. */
  readonly granted: number;
  /** When those may be sent: now, or after a wait in place. */
  readonly goAt: number;
  /** When the others may come again; each visit gets a time of its own, so that not all come at once. */
  readonly restDueAt: number;
}

export type PaceRules = Pick<Policy, 'resetsPerSecond' | 'maxInvitationsPerDay'>;

/**
 * Bulk that comes later than this after its slot takes a slot anew; until then it waits in place, which costs no second
 * look-up.
 */
const BULK_WAIT_MS = 1_500;
const PRIORITY_WAIT_MS = 3_000;

/**
 * Whoever met the day's cap looks again this soon, in case it is raised; dispatch sends hardly anybody who would meet
 * it.
 */
const DAY_LOOK_MS = 2 * 60_000;

export interface PayerCost extends Cost {
  /** When it was paid for before, and nothing has gone out since. */
  readonly paidOn?: number | undefined;
}

/** A visit that pays. */
export interface Payer {
  readonly job: Pick<Job, 'id' | 'lane' | 'options'>;
  readonly costs: readonly PayerCost[];
  /** For how many of these a slot was taken. */
  readonly planned: number;
}

/**
 * Takes what the visit really costs from the tenant's budgets, the job's own and the day's. What was planned has had
 * its slot; whatever else is sent, added emails and repeats, pushes later slots back. What finds no room takes a slot
 * anew.
 */
export function pay(pace: Pace, { job, costs, planned }: Payer, rules: PaceRules, now: number): Payment {
  const placeAt = job.options.maxPerMinute === undefined ? now : placeFreeAt(pace, job.id, now);
  if (placeAt > now) return { pace, granted: 0, goAt: now, restDueAt: placeAt };
  const factor = rateFactor(pace, now);
  const rate = rules.resetsPerSecond * factor;
  if (pace.throttledUntil > now)
    return { ...later(pace, job, costs.length, rate, pace.throttledUntil, now), granted: 0, goAt: now };
  const cap = rules.maxInvitationsPerDay;
  const today = cap === undefined ? costs.length : withinDay(costs, leftToday(pace.day ?? {}, cap, now), now);
  const mine = jobPaceOf(pace, job.id);
  const own =
    job.options.maxPerMinute === undefined
      ? undefined
      : { bucket: minuteBucket(job.options.maxPerMinute), spent: mine.spent };
  const acquired = acquire(
    pace.spent,
    costs.slice(0, today),
    { perSecond: rules.resetsPerSecond, rateFactor: factor, lane: job.lane, ...(own !== undefined && { own }) },
    now,
    job.lane === 'bulk' ? BULK_WAIT_MS : PRIORITY_WAIT_MS,
  );
  const { granted, spent, ownSpent, goAt } = acquired;

  const writes = costs.slice(0, granted).reduce((sum, cost) => sum + cost.writes, 0);
  let paid = charge({ ...pace, spent }, Math.max(0, writes - planned), rate, now);
  const counted = costs.slice(0, granted).filter(({ paidOn }) => !isCounted(paidOn, now)).length;
  if (cap !== undefined) paid = { ...paid, day: countOfDay(pace.day ?? {}, counted, now) };
  if (own !== undefined) paid = withJobPace(paid, job.id, { ...mine, spent: ownSpent }, now);
  const left = costs.length - granted;
  if (left === 0) return { pace: paid, granted, goAt, restDueAt: now };
  if (granted === today)
    return { pace: paid, granted, goAt, restDueAt: Math.min(nextOfDayAt(paid.day ?? {}, now), now + DAY_LOOK_MS) };
  return { ...later(paid, job, left, rate, acquired.retryAt, now), granted, goAt };
}

/**
 * Resets that go later than they were paid for fill the job's own minute from when they go. They need no room anew:
 * whatever has gone meanwhile was paid for behind them, and a wait could be longer than they have left, each time.
 */
export function moveOwnPayment(
  pace: Pace,
  { id, options: { maxPerMinute } }: Payer['job'],
  resets: number,
  goAt: number,
  now: number,
): Pace {
  if (maxPerMinute === undefined) return pace;
  const mine = jobPaceOf(pace, id);
  const fullAt = goAt + (resets * 1000) / minuteBucket(maxPerMinute).perSecond;
  return withJobPace(pace, id, { ...mine, spent: Math.max(mine.spent, fullAt) }, now);
}

/** A job with a rate of its own comes again when that allows it; its turn moves nobody else's. */
function later(
  pace: Pace,
  job: Payer['job'],
  count: number,
  rate: number,
  earliest: number,
  now: number,
): Pick<Payment, 'pace' | 'restDueAt'> {
  if (job.options.maxPerMinute !== undefined)
    return takeOwnTurn(pace, job.id, minuteBucket(job.options.maxPerMinute), count, earliest, now);
  const turn =
    job.lane === 'priority' ? reservePriority(pace, count, rate, earliest) : reserve(pace, count, rate, earliest);
  return { pace: turn.pace, restDueAt: Math.ceil(turn.slotAt) };
}

/** One visit after another, as much apart as what each may send at once. */
function takeOwnTurn(
  pace: Pace,
  id: Job['id'],
  { burst, perSecond }: Bucket,
  count: number,
  earliest: number,
  now: number,
): Pick<Payment, 'pace' | 'restDueAt'> {
  const mine = jobPaceOf(pace, id);
  const turnAt = Math.max(earliest, mine.nextTurnAt ?? 0);
  const nextTurnAt = turnAt + (Math.min(count, burst) * 1000) / perSecond;
  return { pace: withJobPace(pace, id, { ...mine, nextTurnAt }, now), restDueAt: Math.ceil(turnAt) };
}
