/** Pausing and resuming by hand: the tenant, or one job. */
import { SERVICE, type Wish } from '../../domain/actions.ts';
import type { Job } from '../../domain/job/job.ts';
import { isEndedJob } from '../../domain/job/job.ts';
import type { JobId } from '../../domain/ids.ts';
import { pause, type Gate, type StandingStop } from '../../domain/stops/stop.ts';
import { changeGate, changeJob } from '../change-job.ts';
import type { Deps } from '../deps.ts';
import { liftCappedWait } from './lift-capped-wait.ts';
import { resume } from './trial.ts';
import { wakeTrialOf } from './wake-trial.ts';

const anyStop = (_stop: StandingStop): boolean => true;

/** Nothing more is sent for the tenant; everything stays as it is, another stop too. */
export async function pauseTenant(deps: Deps, message: string, saysWhy = true, wish?: Wish): Promise<Gate> {
  return changeGate(deps, (gate) => pause(gate, message, deps.clock.now(), saysWhy, wish));
}

/**
 * Lifts the stop that is shown; one that Graph has caused only when one guest was tried and not refused.
 * @param may whether this stop is the one that is meant; of another nothing is done
 * @returns the gate as it is now: with a trial on its way, or with the stop that stood behind
 */
export async function resumeTenant(deps: Deps, by = SERVICE, may = anyStop): Promise<Gate> {
  const { stop } = await deps.control.changeGate((gate) => gate);
  if (stop === undefined || may(stop)) {
    await liftCappedWait(deps);
    await resume(deps, { kind: 'tenant' }, by, may);
  }
  return deps.control.changeGate((gate) => gate);
}

/** @returns the job as it is now; undefined when there is none. A job that has ended stays as it is. */
export async function pauseJob(
  deps: Deps,
  id: JobId,
  message: string,
  saysWhy = true,
  wish?: Wish,
): Promise<Job | undefined> {
  const job = await changeJob(deps, id, (current) =>
    isEndedJob(current) ? current : pause(current, message, deps.clock.now(), saysWhy, wish),
  );
  if (job !== undefined) await wakeTrialOf(deps, job);
  return job;
}

/**
 * As `resumeTenant`, for one job.
 * @param may whether the caller may lift this stop; of another nothing is done
 */
export async function resumeJob(
  deps: Deps,
  id: JobId,
  may?: (stop: StandingStop) => boolean,
  by = SERVICE,
): Promise<Job | undefined> {
  await resume(deps, { kind: 'job', jobId: id }, by, may);
  return (await deps.jobs.read(id))?.value;
}
