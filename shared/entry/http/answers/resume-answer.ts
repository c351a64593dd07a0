/** The answers to whoever resumes a job, or the tenant. */
import type { HttpResponseInit } from '@azure/functions';
import { problem, type Problem } from '../../../domain/api/problem.ts';
import { mayApprove } from '../../../domain/job/approval.ts';
import { isEndedJob, type Job } from '../../../domain/job/job.ts';
import {
  AWAITING_APPROVAL,
  CANARY_ENDED,
  isSameStop,
  type StandingStop,
  type StopReason,
} from '../../../domain/stops/stop.ts';
import { resumeJob, resumeTenant } from '../../../usecases/stops/stop-control.ts';
import { actorOf, type CallOf } from '../handler.ts';
import { gateView } from './gate-requests.ts';
import { findJob, showJob } from './job-requests.ts';
import { Refusal } from '../refusal.ts';
import { isDeveloper, mayNot, type Caller } from '../requests/caller.ts';
import { jsonResponse } from './respond.ts';

/**
 * What stands in front decides who may. Whoever submitted the job has set its canary, so they may go on after it; they
 * never approve it; any other stop is for the role Manage.
 */
export async function answerResume(call: CallOf<'resumeJob'>): Promise<HttpResponseInit> {
  const { job } = await findJob(call);
  const stop = isEndedJob(job) || job.cancel !== undefined ? undefined : job.stop;
  if (stop !== undefined) {
    refuseAnother(call, stop);
    const refused = refusedToLift(call.caller, job, stop);
    if (refused !== undefined) throw new Refusal(refused);
    // One that has come since is for whoever has seen it.
    const isMeant = (standing: StandingStop): boolean => refuseAnother(call, standing) && isSameStop(standing, stop);
    await resumeJob(call.deps, job.id, isMeant, actorOf(call));
  }
  return jsonResponse(await showJob(call, await findJob(call)));
}

export async function answerTenantResume(call: CallOf<'resumeTenant'>): Promise<HttpResponseInit> {
  const isMeant = (standing: StandingStop): boolean => refuseAnother(call, standing);
  return jsonResponse(gateView(await resumeTenant(call.deps, actorOf(call), isMeant)));
}

/** @throws Refusal where the request names a stop that is not this one; else true */
function refuseAnother({ query }: CallOf<'resumeJob' | 'resumeTenant'>, { code, message }: StopReason): true {
  if (query.stop === undefined || query.stop === code) return true;
  throw new Refusal(
    problem('stopChanged', `The request names ${query.stop}, and ${code} is shown now: ${message} Nothing was lifted.`),
  );
}

function refusedToLift(caller: Caller, job: Job, { code }: StopReason): Problem | undefined {
  if (code === CANARY_ENDED) return undefined;
  if (code === AWAITING_APPROVAL && !mayApprove(job, caller))
    return problem('approverIsSubmitter', isDeveloper(caller) ? ONE_DEVELOPER : SOMEBODY_ELSE);
  return caller.roles.has('Manage') ? undefined : mayNot(caller, 'Manage', NOT_YOURS_TO_LIFT);
}

const NOT_YOURS_TO_LIFT =
  'Whoever submitted a job may resume it after its pauseAfter. This is another stop: lifting it needs the app role ' +
  '"Manage".';
const SOMEBODY_ELSE =
  'You submitted this job, so you cannot approve it, whatever your roles are. Somebody else with the app role ' +
  '"Manage" can, by this same request. Until then you may cancel the job.';
const ONE_DEVELOPER =
  'In local development everybody is one developer, who submitted this job and cannot approve it: cancel it, or ' +
  'start with "npm start -- --auth on", where callers are told apart.';
