/** The answer to whoever pauses a job. */
import type { HttpResponseInit } from '@azure/functions';
import { isEndedJob } from '../../../domain/job/job.ts';
import { problem } from '../../../domain/api/problem.ts';
import { pauseJob } from '../../../usecases/stops/stop-control.ts';
import { pauseReason, pauseWish } from './gate-requests.ts';
import type { CallOf } from '../handler.ts';
import { findJob, showJob } from './job-requests.ts';
import { Refusal } from '../refusal.ts';
import { jsonResponse } from './respond.ts';

export async function answerPause(call: CallOf<'pauseJob'>): Promise<HttpResponseInit> {
  const { job } = await findJob(call);
  if (isEndedJob(job)) throw new Refusal(problem('jobEnded', 'Nothing of it is left to pause.'));
  const { reason } = call.query;
  await pauseJob(call.deps, job.id, pauseReason('job', reason, call.caller), reason !== undefined, pauseWish(call));
  return jsonResponse(await showJob(call, await findJob(call)));
}
