import { app } from '@azure/functions';
import { answerDelete } from '../shared/adapters/http/delete-answer.ts';
import { handle } from '../shared/adapters/http/handler.ts';

/** DELETE /jobs/{id}: an ended job and all that is known of it. */
app.http('deleteJob', {
  methods: ['DELETE'],
  route: 'jobs/{id}',
  authLevel: 'anonymous',
  handler: handle(undefined, answerDelete),
});
