import { app } from '@azure/functions';
import { httpFunction } from '../shared/entry/http/handler.ts';
import { findJob } from '../shared/entry/http/answers/job-requests.ts';
import { answerResets } from '../shared/entry/http/answers/resets-answer.ts';

/** GET /jobs/{id}/resets: a page of JSON, or everything as CSV or NDJSON. */
app.http(
  'listResets',
  httpFunction('listResets', async (call) => answerResets(call, (await findJob(call)).job)),
);
