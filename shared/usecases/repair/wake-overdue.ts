/** Waking chunks again whose own wake was parked or lost. */
import { hasLiveAttempt, hasWork, type Chunk } from '../../domain/chunk/chunk.ts';
import { wakeOf } from '../../domain/job/wake-of.ts';
import type { Job } from '../../domain/job/job.ts';
import type { Deps } from '../deps.ts';
import type { Versioned } from '../ports.ts';

/** Chunks whose rows are written at the same time; their wakes follow in one message batch. */
const GROUP = 20;

/**
 * Raises the wakes of these chunks, and sends them. A chunk that somebody changes meanwhile, or is sending, has a wake
 * of its own.
 * @returns how many were woken
 */
export async function wakeOverdue(
  deps: Pick<Deps, 'chunks' | 'queue' | 'clock'>,
  job: Job,
  overdue: readonly Versioned<Chunk>[],
): Promise<number> {
  let woken = 0;
  for (let start = 0; start < overdue.length; start += GROUP) {
    const raised = (await Promise.all(overdue.slice(start, start + GROUP).map((read) => raise(deps, read)))).flatMap(
      (chunk) => chunk ?? [],
    );
    await deps.queue.sendWakes(
      job.lane,
      raised.map(({ index, wake, dueAt }) => ({ wake: wakeOf(job, index, wake), at: dueAt })),
    );
    woken += raised.length;
  }
  return woken;
}

async function raise(
  { chunks, clock }: Pick<Deps, 'chunks' | 'clock'>,
  { value, version }: Versioned<Chunk>,
): Promise<Chunk | undefined> {
  const now = clock.now();
  if (!hasWork(value) || hasLiveAttempt(value, now)) return undefined;
  const raised: Chunk = { ...value, wake: value.wake + 1, dueAt: Math.max(now, value.dueAt) };
  return (await chunks.replace(raised, version)) === 'changed' ? undefined : raised;
}
