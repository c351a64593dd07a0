/** Resuming by hand after Graph asked for a longer wait than counts: nobody waits for that any more. */
import type { Chunk } from '../../domain/chunk/chunk.ts';
import { withoutCappedWait } from '../../domain/pace/capped-wait.ts';
import { isEndedJob } from '../../domain/job/job.ts';
import type { ResetRecord } from '../../domain/reset/reset.ts';
import type { Deps } from '../deps.ts';
import { dispatch } from '../dispatch.ts';
import type { Versioned } from '../ports.ts';
import { wakeOverdue } from '../repair/wake-overdue.ts';

/** Chunks woken of each job; the others come when they are due, an hour later at most. */
const MAX_WOKEN = 1_000;

/** Ends such a wait, and wakes what was put off behind it. Does nothing where Graph really asked for the wait. */
export async function liftCappedWait(deps: Deps): Promise<void> {
  // Stays known when the row is read again: ours may have stood there before somebody else wrote the pace.
  let throttledUntil: number | undefined;
  await deps.control.changePace((pace) => {
    const lifted = withoutCappedWait(pace, deps.clock.now());
    if (lifted !== pace) ({ throttledUntil } = pace);
    return { pace: lifted, result: undefined };
  });
  if (throttledUntil === undefined) return;
  const since = throttledUntil;
  deps.log.info('cappedWaitLifted');
  const isMeant = (chunk: Chunk): boolean => hurried(chunk, since, 0) !== chunk;
  for await (const { value: job } of deps.jobs.open()) {
    if (job.status === 'receiving' || isEndedJob(job)) continue;
    const waiting = await deps.chunks.pastDue(job.id, { left: 'open', to: job.cursor, limit: MAX_WOKEN, isMeant });
    const now = deps.clock.now();
    const woken = waiting.map(({ value, version }): Versioned<Chunk> => ({
      value: hurried(value, since, now),
      version,
    }));
    await wakeOverdue(deps, job, woken);
  }
  await dispatch(deps);
}

/** The chunk with what waits until then, or longer, due now. What is in doubt keeps its time: that is for its look. */
function hurried(chunk: Chunk, since: number, now: number): Chunk {
  const isWaiting = ({ status, dueAt }: ResetRecord): boolean => status === 'pending' && dueAt >= since;
  if (!chunk.resets.some(isWaiting)) return chunk;
  const resets = chunk.resets.map((record) => (isWaiting(record) ? { ...record, dueAt: now } : record));
  return { ...chunk, dueAt: now, resets };
}
