/** Waking the chunks whose wakes a stop may have parked, when it is lifted. */
import { hasWaitedBehind } from '../../domain/job/canary.ts';
import { hasLiveAttempt, hasWork, type Chunk } from '../../domain/chunk/chunk.ts';
import { wakeOf } from '../../domain/job/wake-of.ts';
import type { Job } from '../../domain/job/job.ts';
import { latestFirstSlot } from '../../domain/pace/slots-of-job.ts';
import type { Deps } from '../deps.ts';
import type { ScheduledWake } from '../ports.ts';
import { wakeOverdue } from '../repair/wake-overdue.ts';

/** After a slot: by then its own wake, if it was not parked, has been there and is done. */
const AFTER_SLOT_MS = 5_000;

/**
 * Nobody knows of a dispatched chunk whether its first wake has been parked or is still to come in its slot. A row
 * that is raised would make that one an old wake, and cost the slot. So a copy of the first wake follows, when the slot
 * is over at the latest: it brings the chunk that has lost its wake, and meets one that has not after that.
 * @returns how many were woken
 */
export async function wakeParked(deps: Deps, job: Job, limit: number): Promise<number> {
  const parked = await deps.chunks.pastDue(job.id, { left: 'open', to: job.cursor, before: deps.clock.now(), limit });
  const isFirst = ({ wake }: Chunk): boolean => wake === 1 && job.options.dryRun !== true;
  const woken = await wakeOverdue(
    deps,
    job,
    parked.filter(({ value }) => !isFirst(value)),
  );
  const now = deps.clock.now();
  const copied = parked.filter(({ value }) => isFirst(value) && hasWork(value) && !hasLiveAttempt(value, now));
  const copies = copied.map(({ value: { index, wake } }): ScheduledWake => {
    const slotAt = latestFirstSlot(job, index, deps.policy);
    return {
      wake: wakeOf(job, index, wake),
      at: slotAt > now ? slotAt + AFTER_SLOT_MS : now,
      messageId: deps.random.uuid(),
    };
  });
  if (copies.length > 0) await deps.queue.sendWakes(job.lane, copies);
  return woken + copied.length + (await wakeBehindCanary(deps, job));
}

/**
 * The chunk in whose middle the canary has ended has a wake for its second look at the successes, and none for what
 * waited behind them: that would go a minute later.
 */
async function wakeBehindCanary(deps: Deps, job: Job): Promise<number> {
  if (job.canary === undefined) return 0;
  const read = await deps.chunks.read(job.id, job.canary.chunks - 1);
  const now = deps.clock.now();
  if (read === undefined || !hasWaitedBehind(job, read.value, now)) return 0;
  return wakeOverdue(deps, job, [{ ...read, value: { ...read.value, dueAt: now } }]);
}
