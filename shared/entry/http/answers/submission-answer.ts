/** The answer to a submission: the job, its problem, or its bad rows. */
import type { HttpResponseInit } from '@azure/functions';
import { isEndedJob } from '../../../domain/job/job.ts';
import { NO_COUNTS } from '../../../domain/reset/counts.ts';
import { NO_OUTCOME_COUNTS } from '../../../domain/reset/outcome-counts.ts';
import { waitForEnd, readJob } from '../../../usecases/jobs/read-jobs.ts';
import type { SubmitResult } from '../../../usecases/submit/submit-job.ts';
import { encodeBadRows } from '../csv/bad-rows.ts';
import type { CallOf } from '../handler.ts';
import { Refusal } from '../refusal.ts';
import { showJob } from './job-requests.ts';
import { untilCompletion } from './polling.ts';
import { preferredWaitSeconds } from '../requests/prefer-wait.ts';
import { jsonResponse, streamResponse } from './respond.ts';

/** Every call whose answer is a new job. */
type SubmissionCall = CallOf<'submitJob'> | CallOf<'resetGuest'> | CallOf<'retryJob'>;

export async function answerSubmission(call: SubmissionCall, result: SubmitResult): Promise<HttpResponseInit> {
  if (result.kind === 'refused') {
    // A file of bad rows has no place for what is wrong with the request as a whole.
    const areAllOfRows = (result.problem.errors ?? []).every(({ row }) => row !== undefined);
    if (result.badRows === undefined || !areAllOfRows) throw new Refusal(result.problem);
    return streamResponse('text/csv; charset=utf-8', encodeBadRows(result.badRows), {}, result.problem.status);
  }
  const { request, deps } = call;
  const { job, isReplay } = result;
  const replayed: Record<string, string> = isReplay === true ? { 'Idempotency-Replayed': 'true' } : {};
  const waitSeconds = preferredWaitSeconds(request.headers.get('prefer'));
  const progress = (waitSeconds === undefined
    ? await readJob(deps, job.id)
    : await waitForEnd(deps, job.id, waitSeconds)) ?? {
    job,
    counts: { ...NO_COUNTS, pending: job.total },
    outcomeCounts: NO_OUTCOME_COUNTS,
  };
  const body = await showJob(call, progress);
  if (waitSeconds !== undefined && isEndedJob(progress.job))
    return jsonResponse(body, 200, { ...replayed, 'Preference-Applied': `wait=${waitSeconds}` });
  return jsonResponse(body, 202, {
    ...replayed,
    ...(await untilCompletion(call, progress, call.query.waitWhilePaused)),
  });
}
