import { app } from '@azure/functions';
import { answerCompletion } from '../shared/adapters/http/completion-answer.ts';
import { httpFunction } from '../shared/adapters/http/handler.ts';
import { findJob } from '../shared/adapters/http/job-requests.ts';

/** GET /jobs/{id}/completion: 202 until the job has ended. */
app.http(
  'getJobCompletion',
  httpFunction('getJobCompletion', async (call) => answerCompletion(call, await findJob(call))),
);
