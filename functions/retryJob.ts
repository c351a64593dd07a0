import { app } from '@azure/functions';
import { handle } from '../shared/adapters/http/handler.ts';
import { answerRetry } from '../shared/adapters/http/retry-answer.ts';

/** POST /jobs/{id}/retry: a new job of what did not succeed. */
app.http('retryJob', {
  methods: ['POST'],
  route: 'jobs/{id}/retry',
  authLevel: 'anonymous',
  handler: handle('Submit', answerRetry),
});
