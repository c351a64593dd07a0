/** The jobs that the caller may see, newest first. */
import type { HttpResponseInit } from '@azure/functions';
import { listJobs } from '../../usecases/read-jobs.ts';
import { mayRead } from './caller.ts';
import type { Call } from './handler.ts';
import { showJobBriefly } from './job-requests.ts';
import { jobPosition, jobToken, nextLink, pageSize } from './paging.ts';
import { jsonResponse } from './respond.ts';

export async function answerJobs(call: Call): Promise<HttpResponseInit> {
  const { deps, caller, query, api } = call;
  const { jobs, next } = await listJobs(deps, jobPosition(query), pageSize(query, 20, 100), (job) =>
    mayRead(caller, job),
  );
  const value = await Promise.all(jobs.map((progress) => showJobBriefly(call, progress)));
  return jsonResponse({
    value,
    ...(next !== undefined && { nextLink: nextLink(`${api}/jobs`, query, jobToken(next)) }),
  });
}
