/** What stops a job: the tenant's stop and its own. A dry run and a canceled job send nothing, so they need no stop. */
import { isEndedJob, type Job, type JobStatus } from './job.ts';
import { needsTrial, type Gate, type Stop, type Stoppable } from './stop.ts';

/** A stop with what it stops. */
export interface ScopedStop extends Stop {
  readonly scope: 'tenant' | 'job';
}

export function stopsFor(job: Job, gate: Gate): readonly Stoppable[] {
  if (job.cancel !== undefined) return [];
  return job.options.dryRun === true ? [job] : [gate, job];
}

/** The reason to show, the tenant's before the job's own; undefined for a job that runs or has ended. */
export function stopOf(job: Job, gate: Gate): ScopedStop | undefined {
  const stopped = isEndedJob(job) ? undefined : stopsFor(job, gate).find(({ stop }) => stop !== undefined);
  return stopped?.stop === undefined ? undefined : { ...stopped.stop, scope: stopped === job ? 'job' : 'tenant' };
}

/** The status that is shown. */
export const shownStatus = (job: Job, gate: Gate): JobStatus =>
  stopOf(job, gate) === undefined ? job.status : 'paused';

/**
 * What whoever waits can do about a stop. A trial waits for the other instances, and for the answer about its guest.
 */
export function howToResume(scope: ScopedStop['scope'], stop: Stop): string {
  const { trial, behind } = stop;
  if (trial !== undefined)
    return 'One guest is being tried, which takes some seconds. When that one is not refused, everything goes on.';
  const path = scope === 'tenant' ? 'POST /api/resume' : 'POST /api/jobs/{id}/resume';
  if (behind !== undefined)
    return `${path} (role Manage) lifts this pause. Another stop (${behind.code}) stands behind it: then resume once more.`;
  return needsTrial(stop)
    ? `${path} (role Manage) tries one guest, which takes some seconds, and goes on when that one is not refused, or nobody is there to be tried.`
    : `${path} (role Manage) goes on.`;
}
