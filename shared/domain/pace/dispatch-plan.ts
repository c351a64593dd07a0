/** Which chunks are woken when. Pure. Times are milliseconds since the epoch. */
import { minuteBucket } from './budget.ts';
import { dispatchable } from '../job/canary.ts';
import { chunkCost } from './slots-of-job.ts';
import { leftToday } from './day-count.ts';
import { isToBeAskedFor } from '../job/task.ts';
import type { JobId } from '../ids.ts';
import type { Job } from '../job/job.ts';
import {
  jobPaceOf,
  placeFreeAt,
  reserve,
  reserveAt,
  reserveRead,
  withJobPace,
  type Pace,
  type Reserved,
} from './pace.ts';
import { rateFactor } from './throttling.ts';
import type { Policy } from '../policy.ts';

export interface Slot {
  readonly jobId: JobId;
  readonly chunk: number;
  readonly at: number;
}

export interface DispatchPlan {
  readonly slots: readonly Slot[];
  readonly pace: Pace;
  /** When dispatch must run again; undefined when no chunk waits, or so long that the timer comes first. */
  readonly nextRunAt?: number;
}

type Rules = Pick<Policy, 'dispatchHorizonSeconds' | 'resetsPerSecond' | 'readsPerSecond' | 'maxInvitationsPerDay'>;

/** First wakes planned in one run; the rest follows in the next. */
const MAX_SLOTS = 5_000;

/**
 * Takes slots of the pace for the next chunks: those of the priority lane at once, then the bulk jobs in turn, one
 * chunk each, up to the horizon. So a cancel, a pause or a new rate reaches everything else.
 * @param jobs committed jobs with chunks not dispatched yet, oldest first
 */
export function planSlots(pace: Pace, jobs: readonly Job[], rules: Rules, now: number): DispatchPlan {
  const due = jobs.filter((job) => (job.options.notBefore ?? 0) <= now);
  const cursors = new Map(due.map((job) => [job, job.cursor]));
  const slots: Slot[] = [];
  const horizon = now + rules.dispatchHorizonSeconds * 1000;
  let current = pace;
  let today = leftForPlanning(pace, rules, now);

  /** @param mayJump whether the job's own rate may leave slots before it free */
  const takeOne = (job: Job, mayJump = true): 'taken' | 'later' | 'none' => {
    const chunk = cursors.get(job) ?? job.chunkCount;
    if (chunk >= dispatchable(job) || slots.length >= MAX_SLOTS) return 'none';
    const cost = chunkCost(job, chunk);
    const isDry = job.options.dryRun === true;
    if (!isDry && (today <= 0 || !hasPlace(current, job, now))) return 'none';
    if (!mayJump && ownTurn(current, job, now) > Math.max(now, current.nextFreeAt)) return 'later';
    const reserved = isDry
      ? reserveRead(current, cost, rules.readsPerSecond, now)
      : reserveFor(current, job, cost, rules.resetsPerSecond * rateFactor(current, now), now);
    if (reserved.slotAt > horizon) return 'none';
    if (!isDry) today -= cost;
    slots.push({ jobId: job.id, chunk, at: Math.ceil(reserved.slotAt) });
    cursors.set(job, chunk + 1);
    current = reserved.pace;
    return 'taken';
  };

  for (const job of due) if (job.lane === 'priority') while (takeOne(job) === 'taken');
  for (let turn = due.filter((job) => job.lane === 'bulk'); turn.length > 0;) {
    const tried = turn.map((job) => ({ job, came: takeOne(job, false) }));
    turn = tried.flatMap(({ job, came }) => (came === 'none' ? [] : [job]));
    // Nobody else wants the slots before the first of those that keep to a rate of their own.
    const [first] = tried.some(({ came }) => came === 'taken')
      ? []
      : turn.toSorted((one, other) => ownTurn(current, one, now) - ownTurn(current, other, now));
    if (first !== undefined && takeOne(first) === 'none') turn = turn.filter((job) => job !== first);
  }

  const waitsForPace = due.some((job) => (cursors.get(job) ?? 0) < dispatchable(job));
  const starts = jobs.flatMap(({ options: { notBefore } }) =>
    notBefore !== undefined && notBefore > now && isToBeAskedFor(notBefore, now) ? [notBefore] : [],
  );
  const nextRunAt = Math.min(...(waitsForPace ? [now + (rules.dispatchHorizonSeconds * 1000) / 2] : []), ...starts);
  return { slots, pace: current, ...(Number.isFinite(nextRunAt) && { nextRunAt }) };
}

/** Whether the job needs no timeline of its own, or may have one. */
function hasPlace(pace: Pace, { id, options }: Job, now: number): boolean {
  return options.maxPerMinute === undefined || placeFreeAt(pace, id, now) === now;
}

/** A slot for a chunk: priority goes at once; a job with a rate of its own not before that allows it. */
function reserveFor(pace: Pace, job: Job, cost: number, resetsPerSecond: number, now: number): Reserved {
  const { maxPerMinute } = job.options;
  if (maxPerMinute === undefined)
    return job.lane === 'priority'
      ? reserveAt(pace, cost, resetsPerSecond, now, now)
      : reserve(pace, cost, resetsPerSecond, now);
  const mine = jobPaceOf(pace, job.id);
  const ownAt = ownTurn(pace, job, now);
  const reserved =
    ownAt > pace.nextFreeAt || job.lane === 'priority'
      ? reserveAt(pace, cost, resetsPerSecond, ownAt, now)
      : reserve(pace, cost, resetsPerSecond, now);
  const nextFreeAt = reserved.slotAt + (cost * 1000) / minuteBucket(maxPerMinute).perSecond;
  return { ...reserved, pace: withJobPace(reserved.pace, job.id, { ...mine, nextFreeAt }, now) };
}

/**
 * When the job's own rate allows its next chunk; now where it has none, for then it has no timeline. A dry run never
 * gets one.
 */
function ownTurn(pace: Pace, { id }: Job, now: number): number {
  return Math.max(now, jobPaceOf(pace, id).nextFreeAt);
}

/** What the day's cap leaves, beside what is planned and not sent yet. */
function leftForPlanning(
  { day = {}, nextFreeAt }: Pace,
  { maxInvitationsPerDay, resetsPerSecond }: Rules,
  now: number,
): number {
  if (maxInvitationsPerDay === undefined) return Infinity;
  return leftToday(day, maxInvitationsPerDay, now) - (Math.max(0, nextFreeAt - now) / 1000) * resetsPerSecond;
}
