/** The answer to whoever resumes a job. */
import type { HttpResponseInit } from '@azure/functions';
import { problem } from '../../domain/problem.ts';
import { CANARY_ENDED } from '../../domain/stop.ts';
import { resumeJob } from '../../usecases/stop-control.ts';
import type { CallOf } from './handler.ts';
import { findJob, showJob } from './job-requests.ts';
import { Refusal } from './refusal.ts';
import { jsonResponse } from './respond.ts';

/** Whoever submitted the job has set its canary, so they may go on after it; any other stop is for the role Manage. */
export async function answerResume(call: CallOf<'resumeJob'>): Promise<HttpResponseInit> {
  const { job } = await findJob(call);
  const managesJobs = call.caller.roles.has('Manage');
  if (!managesJobs && job.stop !== undefined && job.stop.code !== CANARY_ENDED) throw new Refusal(NOT_YOURS_TO_LIFT);
  await resumeJob(call.deps, job.id, ({ code }) => managesJobs || code === CANARY_ENDED);
  return jsonResponse(await showJob(call, await findJob(call)));
}

const NOT_YOURS_TO_LIFT = problem(
  'missingRole',
  'Whoever submitted a job may resume it after its pauseAfter. This is another stop: lifting it needs the app role "Manage".',
);
