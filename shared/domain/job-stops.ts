/** What stops a job: the tenant's stop and its own. A dry run and a canceled job send nothing, so they need no stop. */
import { isEndedJob, type Job } from './job.ts';
import type { Gate, Stop, Stoppable } from './stop.ts';

export function stopsFor(job: Job, gate: Gate): readonly Stoppable[] {
  if (job.cancel !== undefined) return [];
  return job.options.dryRun === true ? [job] : [gate, job];
}

/** The reason to show, the tenant's before the job's own; undefined for a job that runs or has ended. */
export function stopOf(job: Job, gate: Gate): Stop | undefined {
  return isEndedJob(job) ? undefined : stopsFor(job, gate).find(({ stop }) => stop !== undefined)?.stop;
}
