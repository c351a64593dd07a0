import { app } from '@azure/functions';
import { handle } from '../shared/adapters/http/handler.ts';
import { findJob, showJob } from '../shared/adapters/http/job-requests.ts';
import { jsonResponse } from '../shared/adapters/http/respond.ts';

/** GET /jobs/{id}: status and counts; the resets too when they are few. */
app.http('getJob', {
  methods: ['GET'],
  route: 'jobs/{id}',
  authLevel: 'anonymous',
  handler: handle(undefined, async (call) => jsonResponse(await showJob(call, await findJob(call)))),
});
