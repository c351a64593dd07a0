/**
 * Answers of which one is its guest's, and many without a success between are everybody's and stop the job. Two kinds:
 * - `refused`: a 403 of no known reason means that the guest holds a directory role, or that the service lacks a
 *   permission;
 * - `odd`: answers that prove nothing. Whatever Graph does there, it shall not do to thousands.
 */
import type { Outcome } from '../graph/classify.ts';
import { NO_STREAKS, type Job, type Streaks } from './job.ts';
import type { Verdict } from '../reset/reset.ts';
import { isTrialOf, stop, type StopReason } from '../stops/stop.ts';

/** What a visit has met. */
export interface Met extends Streaks {
  readonly succeeded: number;
  /**
   * The last answer of each kind, in Graph's words without addresses: a job is shown to more people than its resets.
   */
  readonly said: Readonly<Partial<Record<keyof Streaks, string>>>;
}

const AMBIGUOUS = 'notAuthorized';

/** A guest who was refused before, and is again, is refused for a reason of its own: it says nothing about the job. */
export function isFirstRefusal(outcome: Outcome, before: Verdict | undefined): boolean {
  return outcome.kind === 'failed' && outcome.verdict.code === AMBIGUOUS && before?.code !== AMBIGUOUS;
}

export const wasRefused = (verdict: Verdict | undefined): boolean => verdict?.code === AMBIGUOUS;

/** @param met the outcomes of a visit, each with the verdict that its reset had before */
export function countMet(met: readonly { readonly outcome: Outcome; readonly before: Verdict | undefined }[]): Met {
  const refused = met.filter(({ outcome, before }) => isFirstRefusal(outcome, before));
  const odd = met.filter(({ outcome }) => outcome.kind === 'odd');
  return {
    refused: refused.length,
    odd: odd.length,
    succeeded: met.filter(({ outcome }) => outcome.kind === 'done').length,
    said: { ...lastSaid('refused', refused), ...lastSaid('odd', odd) },
  };
}

function lastSaid(kind: keyof Streaks, met: readonly { readonly outcome: Outcome }[]): Met['said'] {
  const outcome = met.at(-1)?.outcome;
  return outcome !== undefined && 'said' in outcome ? { [kind]: outcome.said.replaceAll(/\S*@\S*/g, '…') } : {};
}

/** Whether these change anything for a job with those streaks. */
export const tells = ({ refused, odd, succeeded }: Met, streaks: Streaks = NO_STREAKS): boolean =>
  refused + odd > 0 || (succeeded > 0 && streaks.refused + streaks.odd > 0);

/**
 * Counts without a success between; `limit` of one kind stop the job. In a trial a single refusal does; an odd answer
 * says nothing there, and the next guest is tried.
 */
export function countStreaks(job: Job, chunk: number, met: Met, limit: number, now: number): Job {
  const before = job.streaks ?? NO_STREAKS;
  if (!tells(met, before)) return job;
  if (met.succeeded > 0) return { ...job, streaks: NO_STREAKS };
  const streaks = { refused: before.refused + met.refused, odd: before.odd + met.odd };
  const isRefusedTrial = met.refused > 0 && isTrialOf(job, { jobId: job.id, index: chunk });
  if (streaks.refused >= limit || isRefusedTrial)
    return stop({ ...job, streaks: NO_STREAKS }, refusedRepeatedly(streaks.refused, met.said.refused), now);
  return streaks.odd >= limit
    ? stop({ ...job, streaks: NO_STREAKS }, unexpectedAnswers(streaks.odd, met.said.odd), now)
    : { ...job, streaks };
}

const refusedRepeatedly = (count: number, said = ''): StopReason => ({
  code: 'refusedRepeatedly',
  message:
    `Graph refused ${count} guests in a row; the last time it answered "${said}". If that names no other reason, ` +
    'grant the service User.ReadWrite.All and User.Invite.All. Then resume the job.',
});

const unexpectedAnswers = (count: number, said = ''): StopReason => ({
  code: 'unexpectedAnswers',
  message:
    `Graph answered ${count} invitations in a row so that nobody can tell what became of them; the last answer was ` +
    `${said}. Look at those guests before you resume the job.`,
});
