/** The answer to whoever polls for the end of a job, as Logic Apps does by itself. */
import type { HttpResponseInit } from '@azure/functions';
import { isEndedJob } from '../../../domain/job/job.ts';
import { howToResume, stopOf } from '../../../domain/job/job-stops.ts';
import { problem } from '../../../domain/api/problem.ts';
import type { JobProgress } from '../../../usecases/jobs/progress-and-close.ts';
import type { CallOf } from '../handler.ts';
import { Refusal } from '../refusal.ts';
import { showJob, showJobBriefly } from './job-requests.ts';
import { untilCompletion } from './polling.ts';
import { jsonResponse } from './respond.ts';

export async function answerCompletion(
  call: CallOf<'getJobCompletion'>,
  progress: JobProgress,
): Promise<HttpResponseInit> {
  const { deps } = call;
  const { waitWhilePaused } = call.query;
  const { job } = progress;
  if (isEndedJob(job)) return jsonResponse(await showJob(call, progress));
  const { gate } = await deps.control.read();
  const stop = stopOf(job, gate);
  if (stop !== undefined && stop.trial === undefined && waitWhilePaused !== true) {
    const detail = `${stop.message} ${howToResume(stop)} Poll with waitWhilePaused=true to wait for the resume.`;
    throw new Refusal({ ...problem('jobPaused', detail), job: job.id });
  }
  return jsonResponse(
    await showJobBriefly(call, progress),
    202,
    await untilCompletion(call, progress, waitWhilePaused),
  );
}
