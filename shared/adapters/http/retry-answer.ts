/** The answer to whoever submits once more what did not succeed. */
import type { HttpResponseInit } from '@azure/functions';
import { problem } from '../../domain/problem.ts';
import { TERMINAL_RESET_STATUSES } from '../../domain/reset.ts';
import { retryJob, type RetryStatuses } from '../../usecases/retry-job.ts';
import { Refusal, submitterOf, type Call } from './handler.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { findJob } from './job-requests.ts';
import { answerSubmission } from './submission-answer.ts';

export async function answerRetry(call: Call): Promise<HttpResponseInit> {
  const { job } = await findJob(call);
  const key = idempotencyKey(call.request.headers.get('idempotency-key'));
  const result = await retryJob(call.deps, job, statusesOf(call.query), {
    submitter: submitterOf(call),
    ...(key !== undefined && { idempotencyKey: key }),
  });
  return answerSubmission(call, result);
}

const RETRIED = TERMINAL_RESET_STATUSES.filter((status) => status !== 'succeeded');

/** Names with commas between; absent for the default. */
function statusesOf(query: URLSearchParams): RetryStatuses {
  const said = query
    .get('status')
    ?.split(',')
    .map((text) => text.trim())
    .filter(Boolean);
  if (said === undefined || said.length === 0) return undefined;
  return said.map((text) => {
    const known = RETRIED.find((status) => status.toLowerCase() === text.toLowerCase());
    if (known === undefined)
      throw new Refusal(problem('invalidStatus', `status must be some of ${RETRIED.join(', ')}, with commas between.`));
    return known;
  });
}
