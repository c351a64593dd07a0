import { app } from '@azure/functions';
import { answerCheck } from '../shared/adapters/http/check-answer.ts';
import { handle } from '../shared/adapters/http/handler.ts';

/** POST /jobs/{id}/check: looks whether the guests of an ended job have redeemed. */
app.http('checkJob', {
  methods: ['POST'],
  route: 'jobs/{id}/check',
  authLevel: 'anonymous',
  handler: handle(undefined, answerCheck),
});
