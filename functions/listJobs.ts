import { app } from '@azure/functions';
import { mayRead } from '../shared/adapters/http/caller.ts';
import { httpFunction } from '../shared/adapters/http/handler.ts';
import { showJobBriefly } from '../shared/adapters/http/job-requests.ts';
import { jobPosition, jobToken, nextLink, pageSize } from '../shared/adapters/http/paging.ts';
import { jsonResponse } from '../shared/adapters/http/respond.ts';
import { listJobs } from '../shared/usecases/read-jobs.ts';

/** GET /jobs: newest first, those the caller may see. */
app.http(
  'listJobs',
  httpFunction('listJobs', async (call) => {
    const { deps, caller, query } = call;
    const { jobs, next } = await listJobs(deps, jobPosition(query), pageSize(query, 20, 100));
    const visible = jobs.filter(({ job }) => mayRead(caller, job));
    const value = await Promise.all(visible.map((progress) => showJobBriefly(call, progress)));
    return jsonResponse({
      value,
      ...(next !== undefined && { nextLink: nextLink(`${call.api}/jobs`, query, jobToken(next)) }),
    });
  }),
);
