/** The answer to whoever resumes a job. */
import type { HttpResponseInit } from '@azure/functions';
import { CANARY_ENDED, type StopReason } from '../../../domain/stops/stop.ts';
import { resumeJob } from '../../../usecases/stops/stop-control.ts';
import { actorOf, type CallOf } from '../handler.ts';
import { findJob, showJob } from './job-requests.ts';
import { Refusal } from '../refusal.ts';
import { mayNot } from '../requests/caller.ts';
import { jsonResponse } from './respond.ts';

/** Whoever submitted the job has set its canary, so they may go on after it; any other stop is for the role Manage. */
export async function answerResume(call: CallOf<'resumeJob'>): Promise<HttpResponseInit> {
  const { job } = await findJob(call);
  const may = ({ code }: StopReason): boolean => call.caller.roles.has('Manage') || code === CANARY_ENDED;
  if (job.stop !== undefined && !may(job.stop)) throw new Refusal(mayNot(call.caller, 'Manage', NOT_YOURS_TO_LIFT));
  await resumeJob(call.deps, job.id, may, actorOf(call));
  return jsonResponse(await showJob(call, await findJob(call)));
}

const NOT_YOURS_TO_LIFT =
  'Whoever submitted a job may resume it after its pauseAfter. This is another stop: lifting it needs the app role ' +
  '"Manage".';
