import { app } from '@azure/functions';
import { httpFunction, actorOf } from '../shared/entry/http/handler.ts';
import { idempotencyKey } from '../shared/entry/http/requests/idempotency-key.ts';
import { incomingBody } from '../shared/entry/http/requests/incoming-body.ts';
import { answerSubmission } from '../shared/entry/http/answers/submission-answer.ts';
import { submitJob } from '../shared/usecases/submit/submit-job.ts';

/** POST /jobs: the resets of one request become one job. */
app.http(
  'submitJob',
  httpFunction('submitJob', async (call) => {
    const { request, deps, query, runtime } = call;
    const key = idempotencyKey(request.headers.get('idempotency-key'));
    const result = await submitJob(deps, {
      submitter: actorOf(call),
      allowDuplicate: query.allowDuplicate,
      body: incomingBody(request, runtime.config, query.format === 'csv'),
      ...(key !== undefined && { idempotencyKey: key }),
    });
    return answerSubmission(call, result);
  }),
);
