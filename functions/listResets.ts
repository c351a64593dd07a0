import { app } from '@azure/functions';
import { httpFunction } from '../shared/adapters/http/handler.ts';
import { findJob } from '../shared/adapters/http/job-requests.ts';
import { answerResets } from '../shared/adapters/http/resets-answer.ts';

/** GET /jobs/{id}/resets: a page of JSON, or everything as CSV or NDJSON. */
app.http(
  'listResets',
  httpFunction('listResets', async (call) => answerResets(call, (await findJob(call)).job)),
);
