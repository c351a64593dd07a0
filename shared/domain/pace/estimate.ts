/**
 * When a job will be done, or may send no more, if it runs alone and nobody stops it. Pure. Times are milliseconds
 * since the epoch.
 */
import { minuteBucket } from './budget.ts';
import { countOfDay, DAY_COUNT_MS, leftToday, nextOfDayAt } from './day-count.ts';
import type { Job } from '../job/job.ts';
import type { Pace } from './pace.ts';
import { rateFactor, RECOVERY_MS } from './throttling.ts';
import type { Policy } from '../policy.ts';

/** What the last chunk needs beside its slot: a look-up, an invitation, and what is written in between. */
const LAST_VISIT_MS = 2_000;

export type EstimateRules = Pick<Policy, 'resetsPerSecond' | 'readsPerSecond' | 'maxInvitationsPerDay'>;

/** @param open resets that have not ended */
export function estimateEnd(job: Job, open: number, pace: Pace, rules: EstimateRules, now: number): number {
  return Math.min(job.options.notAfter ?? Infinity, untilAllAreSent(job, open, pace, rules, now));
}

/** What `askAgainSeconds` goes by beside the job. `stop`: what stops it, if anything. */
export interface Waiting {
  readonly open: number;
  readonly pace: Pace;
  readonly rules: EstimateRules;
  readonly stop: { readonly since: number } | undefined;
  readonly now: number;
}

/** In seconds. */
const ASK_AGAIN = { least: 2, most: 300 } as const;

/**
 * Seconds after which asking for the job's end again makes sense: a tenth of the time that is left. How long a stop
 * lasts nobody knows, so it counts as lasting as long again. What a cancel leaves ends soon.
 */
export function askAgainSeconds(job: Job, { open, pace, rules, stop, now }: Waiting): number {
  const left = job.cancel === undefined ? estimateEnd(job, open, pace, rules, now) - now : 0;
  const seconds = Math.ceil((left + (stop === undefined ? 0 : now - stop.since)) / 10_000);
  return Math.min(Math.max(seconds, ASK_AGAIN.least), ASK_AGAIN.most);
}

function untilAllAreSent({ options }: Job, open: number, pace: Pace, rules: EstimateRules, now: number): number {
  const startsAt = Math.max(now, options.notBefore ?? 0, pace.throttledUntil);
  if (options.dryRun === true) return startsAt + (open * 1000) / rules.readsPerSecond;
  const { count, from } = lastDay(open, pace, rules, startsAt);
  return from + sendingMs(count, options.maxPerMinute, pace, rules, from) + LAST_VISIT_MS;
}

/** Where the day has a cap, the last day's share of the work and its beginning; else all of it. */
function lastDay(
  open: number,
  { day = {} }: Pace,
  { maxInvitationsPerDay }: EstimateRules,
  startsAt: number,
): { readonly count: number; readonly from: number } {
  const today = maxInvitationsPerDay === undefined ? open : leftToday(day, maxInvitationsPerDay, startsAt);
  if (maxInvitationsPerDay === undefined || open <= today) return { count: open, from: startsAt };
  const daysBetween = Math.ceil((open - today) / maxInvitationsPerDay) - 1;
  const tomorrow = nextOfDayAt(countOfDay(day, today, startsAt), startsAt);
  return { count: open - today - daysBetween * maxInvitationsPerDay, from: tomorrow + daysBetween * DAY_COUNT_MS };
}

/** After throttling the rate rises steadily: on average half of what it was slowed by is lost until then. */
function sendingMs(
  count: number,
  maxPerMinute: number | undefined,
  pace: Pace,
  { resetsPerSecond }: EstimateRules,
  from: number,
): number {
  const own = maxPerMinute === undefined ? Infinity : minuteBucket(maxPerMinute).perSecond;
  const factor = rateFactor(pace, from);
  const atPresent = (count * 1000) / Math.min(resetsPerSecond * factor, own);
  const untilRecovered = (RECOVERY_MS * (1 - factor)) / (1 - (pace.slowed?.factor ?? 0));
  const recovering = (count * 1000) / Math.min(resetsPerSecond, own) + (untilRecovered * (1 - factor)) / 2;
  return Math.min(atPresent, recovering);
}
