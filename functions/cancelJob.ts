import { app } from '@azure/functions';
import { answerCancel } from '../shared/adapters/http/cancel-answer.ts';
import { handle } from '../shared/adapters/http/handler.ts';

/** POST /jobs/{id}/cancel: what was not sent yet will not be. */
app.http('cancelJob', {
  methods: ['POST'],
  route: 'jobs/{id}/cancel',
  authLevel: 'anonymous',
  handler: handle(undefined, answerCancel),
});
