import { app } from '@azure/functions';
import { pauseReason } from '../shared/adapters/http/gate-requests.ts';
import { httpFunction } from '../shared/adapters/http/handler.ts';
import { findJob, showJob } from '../shared/adapters/http/job-requests.ts';
import { jsonResponse } from '../shared/adapters/http/respond.ts';
import { isEndedJob } from '../shared/domain/job.ts';
import { problem } from '../shared/domain/problem.ts';
import { Refusal } from '../shared/adapters/http/refusal.ts';
import { pauseJob } from '../shared/usecases/stop-control.ts';

/** POST /jobs/{id}/pause: nothing more of this job is sent; everything stays as it is. */
app.http(
  'pauseJob',
  httpFunction('pauseJob', async (call) => {
    const { job } = await findJob(call);
    if (isEndedJob(job)) throw new Refusal(problem('jobEnded', 'Nothing of it is left to pause.'));
    const { reason } = call.query;
    await pauseJob(call.deps, job.id, pauseReason('job', reason, call.caller), reason !== undefined);
    return jsonResponse(await showJob(call, await findJob(call)));
  }),
);
