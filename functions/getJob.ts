import { app } from '@azure/functions';
import { httpFunction } from '../shared/adapters/http/handler.ts';
import { findJob, showJob } from '../shared/adapters/http/job-requests.ts';
import { jsonResponse } from '../shared/adapters/http/respond.ts';

/** GET /jobs/{id}: status and counts; the resets too when they are few. */
app.http(
  'getJob',
  httpFunction('getJob', async (call) => jsonResponse(await showJob(call, await findJob(call)))),
);
