/**
 * The ambiguous refusal: 403 "Generic authorization exception" means that the guest holds a directory role, or that the
 * service lacks a permission. One of them is the guest's; many without a success between are the service's, and stop
 * the job.
 */
import type { Outcome } from './classify.ts';
import type { Job } from './job.ts';
import type { Verdict } from './reset.ts';
import { isTrialOf, stop } from './stop.ts';

const AMBIGUOUS = 'notAuthorized';

/** A guest who was refused before, and is again, is refused for a reason of its own: it says nothing about the job. */
export function isFirstRefusal(outcome: Outcome, before: Verdict | undefined): boolean {
  return outcome.kind === 'failed' && outcome.verdict.code === AMBIGUOUS && before?.code !== AMBIGUOUS;
}

export const wasRefused = (verdict: Verdict | undefined): boolean => verdict?.code === AMBIGUOUS;

/** Counts first refusals without a success between; `limit` of them stop the job, and a single one in a trial does. */
export function countRefusals(
  job: Job,
  chunk: number,
  met: { readonly refused: number; readonly succeeded: number },
  limit: number,
  now: number,
): Job {
  if (met.succeeded > 0) return (job.refusals ?? 0) > 0 ? { ...job, refusals: 0 } : job;
  if (met.refused === 0) return job;
  const refusals = (job.refusals ?? 0) + met.refused;
  const isEnough = refusals >= limit || isTrialOf(job, { jobId: job.id, index: chunk });
  return isEnough ? stop({ ...job, refusals: 0 }, REFUSED_AGAIN_AND_AGAIN, now) : { ...job, refusals };
}

const REFUSED_AGAIN_AND_AGAIN = {
  code: 'refusedRepeatedly',
  message:
    'Graph refused one guest after another with "Generic authorization exception". Grant the service User.ReadWrite.All and User.Invite.All, then resume the job.',
};
