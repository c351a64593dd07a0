/** The answer to whoever asks how fast a job goes. */
import type { HttpResponseInit } from '@azure/functions';
import { rateView } from '../../../domain/api/rate-view.ts';
import { isEndedJob } from '../../../domain/job/job.ts';
import type { CallOf } from '../handler.ts';
import { JOB_AGAIN_SECONDS } from './job-answer.ts';
import { findJob } from './job-requests.ts';
import { jsonResponse } from './respond.ts';

/** A longer interval is looked at before it is over. */
const MOST_SECONDS = 60;

/** What the job's row and the chunks behind its snapshot tell: it costs what the job itself costs. */
export async function answerJobRate(call: CallOf<'getJobRate'>): Promise<HttpResponseInit> {
  const { deps } = call;
  const { job, ...progress } = await findJob(call);
  const { waits } = (await deps.control.read()).pace;
  const view = rateView(job, progress, { waits, rules: deps.policy, now: deps.clock.now() });
  if (isEndedJob(job)) return jsonResponse(view);
  const seconds = Math.min(Math.max(view.intervalSeconds, JOB_AGAIN_SECONDS), MOST_SECONDS);
  return jsonResponse(view, 200, { 'Retry-After': String(seconds) });
}
