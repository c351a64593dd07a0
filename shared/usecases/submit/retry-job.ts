/**
 * Submitting once more what did not succeed. Terminal stays terminal: a retry is a new job, which names the old one.
 */
import { isEndedJob, type Job } from '../../domain/job/job.ts';
import { problem, type Problem } from '../../domain/api/problem.ts';
import { isRetryable, type ResetCode } from '../../domain/reset/codes.ts';
import type { ResetRecord, RetriedStatus } from '../../domain/reset/reset.ts';
import type { Submission, SubmissionEnd } from '../../domain/submission/events.ts';
import { MailChoice } from '../../domain/submission/mail-choice.ts';
import { ProblemList } from '../../domain/submission/problem-list.ts';
import { retriedRequest, retryOptions, type SaidForRetry } from '../../domain/submission/retry-options.ts';
import type { Deps } from '../deps.ts';
import { allResets, JOB_NOT_FOUND, JobGone } from '../jobs/read-jobs.ts';
import { submitJob, type SubmitRequest, type SubmitResult } from './submit-job.ts';

/** Which resets are taken. */
export interface Retried {
  /** Those that ended so; by default what was canceled, and failed where trying again can help. */
  readonly statuses?: readonly RetriedStatus[] | undefined;
  /** Of these only those with one of the codes; by default whatever the code. */
  readonly codes?: readonly ResetCode[] | undefined;
}

export async function retryJob(
  deps: Deps,
  source: Job,
  wanted: Retried,
  request: Omit<SubmitRequest, 'body' | 'retryOf'>,
  /** Part of what a key stands for: its members are in a fixed order. */
  said: SaidForRetry = {},
): Promise<SubmitResult> {
  if (!isEndedJob(source)) return { kind: 'refused', problem: NOT_ENDED };
  const content = `retry ${source.id} ${nameOf(wanted)} ${JSON.stringify(said)}`;
  const body = {
    read: (now: number) => resetsOf(deps, source, { wanted, said, now }),
    drain: async () => undefined,
    hash: () => content,
    contentHash: () => content,
  };
  return submitJob(deps, { ...request, body, retryOf: source.id });
}

/** The old requests under new rows, with the old columns. */
async function* resetsOf(
  deps: Pick<Deps, 'chunks' | 'jobs'>,
  { id, options: old, columns, separator }: Job,
  { wanted, said, now }: { readonly wanted: Retried; readonly said: SaidForRetry; readonly now: number },
): Submission {
  const [options, conflicts] = retryOptions(old, said, now);
  if (conflicts.length > 0) {
    const problems = new ProblemList();
    problems.add(conflicts);
    return { kind: 'rejected', problem: problems.toProblem(undefined) };
  }
  const mail = new MailChoice();
  let total = 0;
  try {
    for await (const record of allResets(deps, id, {})) {
      if (!isWanted(record, wanted)) continue;
      total++;
      const request = retriedRequest(record, total, said);
      mail.note(request);
      yield [request];
    }
  } catch (error) {
    if (error instanceof JobGone) return { kind: 'rejected', problem: JOB_NOT_FOUND };
    throw error;
  }
  if (total === 0) return { kind: 'rejected', problem: nothingToRetry(wanted) };
  const end: SubmissionEnd = {
    kind: 'accepted',
    summary: {
      options,
      warnings: mail.warnings(options.defaults),
      total,
      ...(columns !== undefined && { columns }),
      ...(separator !== undefined && { separator }),
    },
  };
  return end;
}

/** The same for the same wish, as one part of what a key stands for. */
function nameOf({ statuses, codes }: Retried): string {
  const name = statuses?.toSorted().join() ?? 'default';
  return codes === undefined ? name : `${name} code=${[...new Set(codes)].toSorted().join()}`;
}

function isWanted({ status, verdict, erased }: ResetRecord, { statuses, codes }: Retried): boolean {
  if (erased === true || (codes !== undefined && !codes.some((code) => code === verdict?.code))) return false;
  if (statuses !== undefined) return statuses.some((wanted) => wanted === status);
  return status === 'canceled' || (status === 'failed' && verdict !== undefined && isRetryable(verdict.code) === true);
}

const NOT_ENDED = problem(
  'jobNotEnded',
  'What is left of it is tried by itself; of a paused job when it is resumed. Retry what is left when it has ' +
    'ended, or cancel it first.',
);

function nothingToRetry({ statuses, codes }: Retried): Problem {
  const withCode = codes === undefined ? '' : ` with the code ${codes.join(' or ')}`;
  return problem(
    'nothingToRetry',
    statuses === undefined
      ? `No reset${withCode} was canceled, or failed in a way that trying again can help. To retry others name ` +
          'their statuses, such as ?status=skipped,unknown (of which unknown may mail a guest twice).'
      : `None of its resets is ${statuses.join(' or ')}${withCode}. The counts of the job say how they ended.`,
  );
}
