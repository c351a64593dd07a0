/** Finds the chunks of a job whose wake was lost, and wakes them. */
import type { Chunk } from '../domain/chunk.ts';
import type { Job } from '../domain/job.ts';
import { LOST_AFTER_MS } from '../domain/wake.ts';
import type { Deps } from './deps.ts';
import { wakeOverdue } from './wake-overdue.ts';

/**
 * Wakes dispatched chunks whose wake was due long ago, and that nobody is sending. While there is a stop, those with requests in
 * doubt. What is meant is chosen before it is counted: chunks that have to rest keep no others from being found.
 * @param limit of chunks
 * @returns how many were woken
 */
export async function wakeForgotten(deps: Deps, job: Job, isStopped: boolean, limit: number): Promise<number> {
  const before = deps.clock.now() - LOST_AFTER_MS;
  // The wake of an attempt that was cut off is lost only so long after its quiet time; until then its chunk is passed over.
  const isMeant = ({ quietUntil }: Chunk): boolean => (quietUntil ?? 0) <= before;
  return wakeOverdue(deps, job, await deps.chunks.pastDue(job.id, { left: isStopped ? 'sending' : 'open', to: job.cursor, before, limit, isMeant }));
}
