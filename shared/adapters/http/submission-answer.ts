/** The answer to a submission: the job, its problem, or its bad rows. */
import type { HttpResponseInit } from '@azure/functions';
import { isEndedJob, NO_COUNTS } from '../../domain/job.ts';
import { NO_TALLY } from '../../domain/tally.ts';
import { waitForEnd, readJob } from '../../usecases/read-jobs.ts';
import type { SubmitResult } from '../../usecases/submit-job.ts';
import { encodeBadRows } from './csv/bad-rows.ts';
import type { Call } from './handler.ts';
import { Refusal } from './refusal.ts';
import { showJob } from './job-requests.ts';
import { preferredWaitSeconds } from './prefer-wait.ts';
import { jsonResponse, streamResponse } from './respond.ts';
import { jobUrl } from './urls.ts';

/** Seconds after which asking again makes sense. */
export const RETRY_AFTER_SECONDS = 5;

export async function answerSubmission(call: Call, result: SubmitResult): Promise<HttpResponseInit> {
  if (result.kind === 'refused') {
    // A file of bad rows has no place for what is wrong with the request as a whole.
    const areAllOfRows = (result.problem.errors ?? []).every(({ row }) => row !== undefined);
    if (result.badRows === undefined || !areAllOfRows) throw new Refusal(result.problem);
    return streamResponse('text/csv; charset=utf-8', encodeBadRows(result.badRows), {}, result.problem.status);
  }
  const { request, deps } = call;
  const { job } = result;
  const waitSeconds = preferredWaitSeconds(request.headers.get('prefer'));
  const progress = (waitSeconds === undefined
    ? await readJob(deps, job.id)
    : await waitForEnd(deps, job.id, waitSeconds)) ?? {
    job,
    counts: { ...NO_COUNTS, pending: job.total },
    tally: NO_TALLY,
  };
  const body = await showJob(call, progress);
  if (waitSeconds !== undefined && isEndedJob(progress.job))
    return jsonResponse(body, 200, { 'Preference-Applied': `wait=${waitSeconds}` });
  return jsonResponse(body, 202, {
    Location: `${jobUrl(call, job.id)}/completion`,
    'Retry-After': String(RETRY_AFTER_SECONDS),
  });
}
