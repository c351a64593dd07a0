/** What stops a job: the tenant's stop and its own. A dry run sends nothing, so the tenant's does not concern it. */
import { isEndedJob, type Job } from './job.ts';
import type { Gate, Stop, Stoppable } from './stop.ts';

export function stopsFor(job: Job, gate: Gate): readonly Stoppable[] {
  return job.options.dryRun === true ? [job] : [gate, job];
}

/** The reason to show, the tenant's before the job's own; undefined for a job that runs or has ended. */
export function stopOf(job: Job, gate: Gate): Stop | undefined {
  return isEndedJob(job) ? undefined : stopsFor(job, gate).find(({ stop }) => stop !== undefined)?.stop;
}
