/** What a retry may say anew. Times are milliseconds since the epoch. */
import type { JobOptions } from '../job/job.ts';
import type { RowProblem } from '../api/problem.ts';
import type { ResetRecord, ResetRequest } from '../reset/reset.ts';
import type { OptionName } from './entry-schema.ts';
import { problemAt } from './findings.ts';
import { optionConflicts } from './option-conflicts.ts';

export const RETRY_OPTIONS = [
  'dryRun',
  'pauseAfter',
  'reason',
  'notBefore',
  'notAfter',
  'maxPerMinute',
  'sendInvitationMessage',
] as const satisfies readonly OptionName[];

export interface SaidForRetry extends Pick<
  JobOptions,
  'pauseAfter' | 'reason' | 'notBefore' | 'notAfter' | 'maxPerMinute'
> {
  /** False is something else than not said. */
  readonly dryRun?: boolean;
  readonly sendInvitationMessage?: boolean;
}

/**
 * The options of a retry: those of the old job, but for its times, which have passed or soon will; over them what was
 * said. A dry run stops for nothing, so it takes no `pauseAfter` over.
 */
export function retryOptions(old: JobOptions, said: SaidForRetry, now: number): [JobOptions, RowProblem[]] {
  const { notBefore: _begin, notAfter: _end, pauseAfter, ...kept } = old;
  const { sendInvitationMessage, dryRun, ...over } = said;
  const options: JobOptions = {
    ...kept,
    ...(pauseAfter !== undefined && dryRun !== true && { pauseAfter }),
    ...over,
    ...(dryRun === true && { dryRun }),
    defaults: { ...kept.defaults, ...(sendInvitationMessage !== undefined && { sendInvitationMessage }) },
  };
  const problems = optionConflicts(options, now);
  return [options, old.dryRun === true && dryRun === false ? [STAYS_A_DRY_RUN, ...problems] : problems];
}

/** Said of a retry it holds for all its resets, whatever each has said before. */
export function retriedRequest(
  { request, status }: Pick<ResetRecord, 'request' | 'status'>,
  row: number,
  { sendInvitationMessage }: SaidForRetry,
): ResetRequest {
  return {
    ...request,
    row,
    ...(status === 'unknown' && { repeatsUnknown: true }),
    ...(sendInvitationMessage !== undefined && { sendInvitationMessage }),
  };
}

const STAYS_A_DRY_RUN = problemAt(
  {},
  'conflictingOption',
  'The job was a dry run, and so is its retry. To reset these guests submit them as a job of their own.',
  'dryRun',
);
