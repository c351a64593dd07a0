/**
 * Dispatch: the only sender of first wakes. Sends them a short time ahead, along the pace. Two at once are harmless.
 */
import { dispatchable } from '../domain/job/canary.ts';
import { planSlots, type DispatchPlan, type Slot } from '../domain/pace/dispatch-plan.ts';
import type { Job } from '../domain/job/job.ts';
import { advance } from '../domain/job/changes.ts';
import { stopOf } from '../domain/job/job-stops.ts';
import { wakeOf } from '../domain/job/wake-of.ts';
import type { Gate } from '../domain/stops/stop.ts';
import { changeJob } from './change-job.ts';
import { askForNextEnd, endIfLate } from './jobs/cancel-late-job.ts';
import { closeIfDone } from './jobs/progress-and-close.ts';
import type { Deps } from './deps.ts';
import type { ScheduledWake } from './ports.ts';

type DispatchDeps = Pick<
  Deps,
  'jobs' | 'chunks' | 'control' | 'queue' | 'clock' | 'policy' | 'audit' | 'log' | 'measure'
>;

/** Schedules first wakes up to the horizon, and asks for its own next run while chunks wait. */
export async function dispatch(deps: DispatchDeps): Promise<void> {
  const { gate } = await deps.control.read();
  const waiting = await waitingJobs(deps, gate);
  if (waiting.length === 0) return;
  const { policy } = deps;
  const now = deps.clock.now();
  const plan = await deps.control.changePace((pace): { pace: typeof pace; result: DispatchPlan } => {
    const planned = planSlots(pace, waiting, policy, now);
    return { pace: planned.pace, result: planned };
  });
  for (const job of waiting)
    await sendSlots(
      deps,
      job,
      plan.slots.filter((slot) => slot.jobId === job.id),
    );
  if (plan.nextRunAt !== undefined) await deps.queue.sendTask({ kind: 'dispatch' }, plan.nextRunAt);
  deps.log.info('dispatched', { jobs: waiting.length, wakes: plan.slots.length, more: plan.nextRunAt !== undefined });
}

async function waitingJobs(deps: DispatchDeps, gate: Gate): Promise<Job[]> {
  const open: Job[] = [];
  const waiting: Job[] = [];
  for await (const { value } of deps.jobs.open()) {
    const job = await endIfLate(deps, value);
    open.push(job);
    if (
      job.status !== 'receiving' &&
      job.cancel === undefined &&
      stopOf(job, gate) === undefined &&
      job.cursor < dispatchable(job)
    )
      waiting.push(job);
  }
  await askForNextEnd(deps, open);
  // Oldest first; the store lists the newest first.
  return waiting.reverse();
}

/** Messages before the cursor: a crash in between sends some twice, which changes nothing, and forgets none. */
async function sendSlots(deps: DispatchDeps, job: Job, slots: readonly Slot[]): Promise<void> {
  if (slots.length === 0) return;
  const wakes = slots.map(({ chunk, at }): ScheduledWake => ({
    wake: wakeOf(job, chunk, 1),
    at,
  }));
  await deps.queue.sendWakes(job.lane, wakes);
  const cursor = Math.max(...slots.map(({ chunk }) => chunk)) + 1;
  const lastSlotAt = Math.max(...slots.map(({ at }) => at));
  await changeJob(deps, job.id, (current) => advance(current, cursor, lastSlotAt, deps.clock.now()));
  if (cursor === dispatchable(job)) await closeIfDone(deps, job.id);
}
