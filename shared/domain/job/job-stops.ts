/** What stops a job: the tenant's stop and its own. A dry run and a canceled job send nothing, so they need no stop. */
import type { JobId } from '../ids.ts';
import { isEndedJob, type Job, type JobStatus } from './job.ts';
import { AWAITING_APPROVAL, CANARY_ENDED, needsTrial, type Gate, type Stop, type Stoppable } from '../stops/stop.ts';

/** A stop with what it stops. */
export type ScopedStop = Stop & ({ readonly scope: 'tenant' } | { readonly scope: 'job'; readonly jobId: JobId });

export function stopsFor(job: Job, gate: Gate): readonly Stoppable[] {
  if (job.cancel !== undefined) return [];
  return job.options.dryRun === true ? [job] : [gate, job];
}

/** The reason to show, the tenant's before the job's own; undefined for a job that runs or has ended. */
export function stopOf(job: Job, gate: Gate): ScopedStop | undefined {
  const stopped = isEndedJob(job) ? undefined : stopsFor(job, gate).find(({ stop }) => stop !== undefined);
  if (stopped?.stop === undefined) return undefined;
  return stopped === job ? { ...stopped.stop, scope: 'job', jobId: job.id } : { ...stopped.stop, scope: 'tenant' };
}

/** The status that is shown. */
export const shownStatus = (job: Job, gate: Gate): JobStatus =>
  stopOf(job, gate) === undefined ? job.status : 'paused';

const APPROVERS = 'somebody with the role Manage who did not submit the job';
const SOON = 'as a rule within half a minute';

/**
 * What whoever waits can do about a stop. A trial waits for the other instances, and for the answer about its guest.
 */
export function howToResume(stop: ScopedStop): string {
  const { trial, behind } = stop;
  if (trial !== undefined)
    return `One guest is being tried. When that one is not refused, everything goes on: ${SOON}.`;
  const path = stop.scope === 'tenant' ? 'POST /api/resume' : `POST /api/jobs/${stop.jobId}/resume`;
  if (behind !== undefined)
    return (
      `${path} (role Manage) lifts this pause. Another stop (${behind.code}) stands behind it: then resume once ` +
      (behind.code === AWAITING_APPROVAL ? `more; that is for ${APPROVERS}.` : 'more.')
    );
  if (stop.scope === 'job' && stop.code === AWAITING_APPROVAL)
    return (
      `${path} approves it: for ${APPROVERS}. Look at what was submitted before ` +
      `(GET /api/jobs/${stop.jobId}/resets?format=csv has every row).`
    );
  if (stop.code === CANARY_ENDED) return `${path} (role Manage, or whoever submitted the job) goes on.`;
  return needsTrial(stop)
    ? `${path} (role Manage) tries one guest, and goes on when that one is not refused, or nobody is there to be ` +
        `tried: ${SOON}.`
    : `${path} (role Manage) goes on.`;
}
