import { app } from '@azure/functions';
import { answerCompletion } from '../shared/entry/http/answers/completion-answer.ts';
import { httpFunction } from '../shared/entry/http/handler.ts';
import { findJob } from '../shared/entry/http/answers/job-requests.ts';

/** GET /jobs/{id}/completion: 202 until the job has ended. */
app.http(
  'getJobCompletion',
  httpFunction('getJobCompletion', async (call) => answerCompletion(call, await findJob(call))),
);
