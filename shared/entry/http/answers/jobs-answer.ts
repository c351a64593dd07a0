/** The jobs that the caller may see, newest first. */
import type { HttpResponseInit } from '@azure/functions';
import { listJobs } from '../../../usecases/jobs/read-jobs.ts';
import { mayRead } from '../requests/caller.ts';
import type { CallOf } from '../handler.ts';
import { maySeeSource, showJobBriefly } from './job-requests.ts';
import { jobToken, nextLink } from './paging.ts';
import { jsonResponse } from './respond.ts';

export async function answerJobs(call: CallOf<'listJobs'>): Promise<HttpResponseInit> {
  const { deps, caller, query, api } = call;
  const { status, retryOf, pageSize, continuationToken, ...filter } = query;
  const { jobs, next } = await listJobs(deps, continuationToken, pageSize, {
    ...filter,
    statuses: status,
    // That a job is a retry of another one is told only to those who may see that one.
    isVisible: async (job) =>
      mayRead(caller, job) && (retryOf === undefined || (job.retryOf === retryOf && (await maySeeSource(call, job)))),
  });
  const value = await Promise.all(jobs.map((progress) => showJobBriefly(call, progress)));
  return jsonResponse({
    value,
    ...(next !== undefined && { nextLink: nextLink(`${api}/jobs`, call.request.query, jobToken(next)) }),
  });
}
