/** The answer to whoever asks how a job is. */
import type { HttpResponseInit } from '@azure/functions';
import { isEndedJob } from '../../../domain/job/job.ts';
import type { CallOf } from '../handler.ts';
import { findJob, showJob } from './job-requests.ts';
import { secondsLeft } from './polling.ts';
import { jsonResponse } from './respond.ts';

/** Whoever looks at a job wants to see it move: seconds after which to look again, at most. */
export const JOB_AGAIN_SECONDS = 5;

export async function answerJob(call: CallOf<'getJob'>): Promise<HttpResponseInit> {
  const progress = await findJob(call);
  const view = await showJob(call, progress);
  if (isEndedJob(progress.job)) return jsonResponse(view);
  const seconds = Math.min(await secondsLeft(call, progress), JOB_AGAIN_SECONDS);
  return jsonResponse(view, 200, { 'Retry-After': String(seconds) });
}
