/** The answer to whoever cancels a job. */
import type { HttpResponseInit } from '@azure/functions';
import { isEndedJob } from '../../../domain/job/job.ts';
import { problem } from '../../../domain/api/problem.ts';
import { cancelJob } from '../../../usecases/jobs/cancel-job.ts';
import { actorOf, type Call } from '../handler.ts';
import { Refusal } from '../refusal.ts';
import { findJob, showJobBriefly } from './job-requests.ts';
import { untilCompletion } from './polling.ts';
import { jsonResponse } from './respond.ts';

export async function answerCancel(call: Call): Promise<HttpResponseInit> {
  const { job } = await findJob(call);
  const { deps } = call;
  if (isEndedJob(job))
    throw new Refusal(problem('jobEnded', 'There is nothing left to cancel. Resets cannot be undone.'));
  await cancelJob(deps, job.id, actorOf(call));
  const progress = await findJob(call);
  return jsonResponse(await showJobBriefly(call, progress), 202, await untilCompletion(call, progress, true));
}
