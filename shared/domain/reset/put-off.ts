/**
 * A reset that has to wait: because Graph asks for it, another reset has claimed the guest, or an attempt was given up.
 * How long, and what ends it when it is overdue. Pure. Times are milliseconds since the epoch.
 */
import type { Moment } from './running-time.ts';
import { unknownOf } from './lost-answer.ts';
import { backoffMs } from '../policy.ts';
import { end, postpone, release } from './changes.ts';
import type { ResetRecord, Verdict } from './reset.ts';
import type { RetryAfter } from '../graph/retry-after.ts';
import { isOverdue, withinRunningTime } from './running-time.ts';

/** A throttled reset comes back within this long after the time Graph asked for, so that not all come at once. */
const THROTTLE_SPREAD_MS = 1_000;

/** When a throttled reset comes again. */
export const throttledDueAt = (record: ResetRecord, { seconds }: RetryAfter, moment: Moment): number =>
  withinRunningTime(record, moment.now + Math.ceil(seconds * 1000 + moment.random * THROTTLE_SPREAD_MS), moment);

/** A wait that Graph may have asked for beside a failure; an overdue reset does not take it. */
export const askedUntil = (record: ResetRecord, wait: RetryAfter | undefined, moment: Moment): number =>
  wait === undefined || isOverdue(record, moment)
    ? moment.now
    : withinRunningTime(record, moment.now + wait.seconds * 1000, moment);

/** The reset of an attempt that was given up before anything of it was sent: whatever was too slow gets a moment. */
export function afterNothingSent(record: ResetRecord, moment: Moment): ResetRecord {
  const dueAt = moment.now + backoffMs(1, moment.policy.backoff, moment.random);
  return release(record, { dueAt: withinRunningTime(record, dueAt, moment), nothingSent: true });
}

/** The reset whose guest another one has claimed until then. */
export function afterOther(
  record: ResetRecord,
  { until, verdict }: { readonly until: number; readonly verdict: Verdict },
  moment: Moment,
): ResetRecord {
  return isOverdue(record, moment)
    ? end(record, 'skipped', { verdict: { ...verdict, nextStep: 'Submit again later.' } }, moment.now)
    : release(record, { dueAt: withinRunningTime(record, until, moment), verdict, nothingSent: true });
}

/** The reset whose guest nobody may look up before then, because Graph asks to wait. */
export function afterThrottling(
  record: ResetRecord,
  why: { readonly dueAt: number; readonly hasSlot?: boolean },
  moment: Moment,
): ResetRecord {
  return isOverdue(record, moment)
    ? endUnseen(record, givenUp(THROTTLED, record.attempts), moment.now)
    : postpone(record, { ...why, dueAt: withinRunningTime(record, why.dueAt, moment) });
}

/** Ends a reset whose guest could not be looked up: what was sent may have happened. */
export const endUnseen = (record: ResetRecord, verdict: Verdict, now: number): ResetRecord =>
  record.status === 'sending'
    ? end(record, 'unknown', { verdict: unknownOf(record) }, now)
    : end(record, 'failed', { verdict }, now);

/** Tried as often, or for as long, as a reset is. */
export const givenUp = (verdict: Verdict, attempts: number): Verdict => ({
  ...verdict,
  message: `${verdict.message} Given up after ${attempts} attempts.`,
  nextStep: verdict.nextStep?.startsWith('Nothing') === false ? verdict.nextStep : 'Submit again later.',
});

/** Graph asked to wait until the reset was overdue. */
export const THROTTLED: Verdict = {
  code: 'throttled',
  message: 'Graph asked to wait, again and again.',
  nextStep: 'Submit again later.',
};
