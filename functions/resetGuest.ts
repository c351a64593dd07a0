import { app } from '@azure/functions';
import { guestBody } from '../shared/entry/http/requests/guest-body.ts';
import { httpFunction, actorOf } from '../shared/entry/http/handler.ts';
import { idempotencyKey } from '../shared/entry/http/requests/idempotency-key.ts';
import { answerSubmission } from '../shared/entry/http/answers/submission-answer.ts';
import { submitJob } from '../shared/usecases/submit/submit-job.ts';

/** POST /guests/{guestId}/resets: a job of one reset, for automation. */
app.http(
  'resetGuest',
  httpFunction('resetGuest', async (call) => {
    const { request, deps, runtime } = call;
    const key = idempotencyKey(request.headers.get('idempotency-key'));
    const body = await guestBody(request, runtime.config, request.params['guestId'] ?? '');
    return answerSubmission(
      call,
      await submitJob(deps, { submitter: actorOf(call), body, ...(key !== undefined && { idempotencyKey: key }) }),
    );
  }),
);
