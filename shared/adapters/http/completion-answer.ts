/** The answer to whoever polls for the end of a job, as Logic Apps does by itself. */
import type { HttpResponseInit } from '@azure/functions';
import { isEndedJob } from '../../domain/job.ts';
import { howToResume, stopOf } from '../../domain/job-stops.ts';
import { problem } from '../../domain/problem.ts';
import type { JobProgress } from '../../usecases/progress.ts';
import type { CallOf } from './handler.ts';
import { Refusal } from './refusal.ts';
import { showJob, showJobBriefly } from './job-requests.ts';
import { jsonResponse } from './respond.ts';
import { RETRY_AFTER_SECONDS } from './submission-answer.ts';
import { jobUrl } from './urls.ts';

export async function answerCompletion(
  call: CallOf<'getJobCompletion'>,
  progress: JobProgress,
): Promise<HttpResponseInit> {
  const { deps } = call;
  const waitsWhilePaused = call.query.waitWhilePaused === true;
  const { job } = progress;
  if (isEndedJob(job)) return jsonResponse(await showJob(call, progress));
  const { gate } = await deps.control.read();
  const stop = stopOf(job, gate);
  if (stop !== undefined && stop.trial === undefined && !waitsWhilePaused) {
    throw new Refusal(
      problem(
        'jobPaused',
        `${stop.message} ${howToResume(stop.scope, stop)} Poll with waitWhilePaused=true to wait for the resume.`,
      ),
    );
  }
  const location = `${jobUrl(call, job.id)}/completion${waitsWhilePaused ? '?waitWhilePaused=true' : ''}`;
  return jsonResponse(await showJobBriefly(call, progress), 202, {
    Location: location,
    'Retry-After': String(RETRY_AFTER_SECONDS),
  });
}
