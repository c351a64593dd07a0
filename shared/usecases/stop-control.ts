/** Pausing and resuming by hand: the tenant, or one job. */
import type { Job } from '../domain/job.ts';
import { isEndedJob } from '../domain/job.ts';
import type { JobId } from '../domain/ids.ts';
import { PAUSED_BY_HAND, stop, type Gate } from '../domain/stop.ts';
import { changeJob } from './change-job.ts';
import type { Deps } from './deps.ts';
import { liftHold } from './lift-hold.ts';
import { resume } from './trial.ts';

/** Nothing more is sent for the tenant; everything stays as it is. */
export async function pauseTenant(deps: Deps, message: string): Promise<Gate> {
  return deps.control.changeGate((gate) => stop(gate, { code: PAUSED_BY_HAND, message }, deps.clock.now()));
}

/** Tries one guest, and goes on when that is not refused. Answers once the trial has begun. */
export async function resumeTenant(deps: Deps): Promise<Gate> {
  await liftHold(deps);
  await resume(deps, { kind: 'tenant' });
  return (await deps.control.read()).gate;
}

/** @returns the job as it is now; undefined when there is none. A job that has ended stays as it is. */
export async function pauseJob(deps: Deps, id: JobId, message: string): Promise<Job | undefined> {
  return changeJob(deps, id, (job) =>
    isEndedJob(job) ? job : stop(job, { code: PAUSED_BY_HAND, message }, deps.clock.now()),
  );
}

/** As `resumeTenant`, for one job. */
export async function resumeJob(deps: Deps, id: JobId): Promise<Job | undefined> {
  await resume(deps, { kind: 'job', jobId: id });
  return (await deps.jobs.read(id))?.value;
}
