import { app } from '@azure/functions';
import { answerCompletion } from '../shared/adapters/http/completion-answer.ts';
import { handle } from '../shared/adapters/http/handler.ts';
import { findJob } from '../shared/adapters/http/job-requests.ts';

/** GET /jobs/{id}/completion: 202 until the job has ended. */
app.http('getJobCompletion', {
  methods: ['GET'],
  route: 'jobs/{id}/completion',
  authLevel: 'anonymous',
  handler: handle(undefined, async (call) => answerCompletion(call, await findJob(call))),
});
