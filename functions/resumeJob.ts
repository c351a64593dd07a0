import { app } from '@azure/functions';
import { httpFunction } from '../shared/adapters/http/handler.ts';
import { findJob, showJob } from '../shared/adapters/http/job-requests.ts';
import { jsonResponse } from '../shared/adapters/http/respond.ts';
import { resumeJob } from '../shared/usecases/stop-control.ts';

/** POST /jobs/{id}/resume: lifts the stop that is shown; after a refusal only once one guest was tried. */
app.http(
  'resumeJob',
  httpFunction('resumeJob', async (call) => {
    const { job } = await findJob(call);
    await resumeJob(call.deps, job.id);
    return jsonResponse(await showJob(call, await findJob(call)));
  }),
);
