/** The answer to whoever deletes a job. */
import type { HttpResponseInit } from '@azure/functions';
import { problem } from '../../../domain/api/problem.ts';
import { deleteJob } from '../../../usecases/jobs/delete-job.ts';
import { actorOf, type Call } from '../handler.ts';
import { Refusal } from '../refusal.ts';
import { NOT_KEPT } from './respond.ts';
import { findJob } from './job-requests.ts';

export async function answerDelete(call: Call): Promise<HttpResponseInit> {
  const { job } = await findJob(call);
  if (await deleteJob(call.deps, job.id, actorOf(call))) return { status: 202, headers: NOT_KEPT };
  throw new Refusal(problem('jobNotEnded', 'Cancel it first; when it has ended it can be deleted.'));
}
