/** The answer to whoever submits once more what did not succeed. */
import type { HttpResponseInit } from '@azure/functions';
import { retryJob } from '../../../usecases/submit/retry-job.ts';
import { actorOf, type CallOf } from '../handler.ts';
import { idempotencyKey } from '../requests/idempotency-key.ts';
import { findJob } from './job-requests.ts';
import { readRetry } from '../requests/retry-body.ts';
import { answerSubmission } from './submission-answer.ts';

export async function answerRetry(call: CallOf<'retryJob'>): Promise<HttpResponseInit> {
  const { job } = await findJob(call);
  const key = idempotencyKey(call.request.headers.get('idempotency-key'));
  const { wanted, options } = await readRetry(call);
  const request = {
    submitter: actorOf(call),
    allowDuplicate: call.query.allowDuplicate,
    ...(key !== undefined && { idempotencyKey: key }),
  };
  const result = await retryJob(call.deps, job, wanted, request, options);
  return answerSubmission(call, result);
}
