/** The answer to whoever cancels a job. */
import type { HttpResponseInit } from '@azure/functions';
import { isEndedJob } from '../../domain/job.ts';
import { problem } from '../../domain/problem.ts';
import { cancelJob } from '../../usecases/cancel-job.ts';
import type { Call } from './handler.ts';
import { Refusal } from './refusal.ts';
import { findJob, showJobBriefly } from './job-requests.ts';
import { jsonResponse } from './respond.ts';
import { RETRY_AFTER_SECONDS } from './submission-answer.ts';
import { jobUrl } from './urls.ts';

export async function answerCancel(call: Call): Promise<HttpResponseInit> {
  const { job } = await findJob(call);
  const { caller, deps } = call;
  if (isEndedJob(job))
    throw new Refusal(problem('jobEnded', 'There is nothing left to cancel. Resets cannot be undone.'));
  await cancelJob(deps, job.id, caller.name ?? caller.id);
  return jsonResponse(await showJobBriefly(call, await findJob(call)), 202, {
    Location: `${jobUrl(call, job.id)}/completion?waitWhilePaused=true`,
    'Retry-After': String(RETRY_AFTER_SECONDS),
  });
}
