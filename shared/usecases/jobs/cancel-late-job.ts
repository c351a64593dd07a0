/**
 * `notAfter`: whoever first sees that a job's time has passed begins its cancel. Dispatch asks for its own run at that
 * time, so that a job which is paused, or waits, ends too.
 */
import { SERVICE } from '../../domain/actions.ts';
import { isTooLate, awaitsFirstCancelStep } from '../../domain/job/cancel.ts';
import { isToBeAskedFor } from '../../domain/job/task.ts';
import { isEndedJob, type Job } from '../../domain/job/job.ts';
import { cancelJob, type CancelDeps } from './cancel-job.ts';

/** A first step that is not done by then was perhaps never asked for; earlier, every look at the job would ask. */
const BEGINS_WITHIN_MS = 10_000;

/** @returns the job as it is now: with the cancel begun where its time has passed */
export async function endIfLate(deps: CancelDeps, job: Job): Promise<Job> {
  const now = deps.clock.now();
  if (isLost(job, now)) return (await cancelJob(deps, job.id, SERVICE, 'notAfterPassed')) ?? job;
  if (!isTimed(job) || !isTooLate(job, now)) return job;
  deps.log.info('notAfterPassed', { jobId: job.id });
  return (await cancelJob(deps, job.id, SERVICE, 'notAfterPassed')) ?? job;
}

/** Asks for the run of dispatch that ends the next of these jobs, where that is soon. */
export async function askForNextEnd(
  { queue, clock }: Pick<CancelDeps, 'queue' | 'clock'>,
  jobs: readonly Job[],
): Promise<void> {
  const next = Math.min(...jobs.flatMap((job) => (isTimed(job) ? (job.options.notAfter ?? []) : [])));
  if (isToBeAskedFor(next, clock.now())) await queue.sendTask({ kind: 'dispatch' }, next);
}

const isLost = (job: Job, now: number): boolean =>
  awaitsFirstCancelStep(job) && job.cancel?.code === 'notAfterPassed' && job.cancel.movedAt < now - BEGINS_WITHIN_MS;

const isTimed = (job: Job): boolean =>
  job.options.notAfter !== undefined && job.status !== 'receiving' && job.cancel === undefined && !isEndedJob(job);
