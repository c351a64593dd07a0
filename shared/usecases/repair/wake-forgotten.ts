/**
 * Finds the chunks of a job whose wake was lost, and wakes them: to go on with resets, or to look at successes once
 * more.
 */
import type { Chunk } from '../../domain/chunk/chunk.ts';
import type { Job } from '../../domain/job/job.ts';
import { verified } from '../../domain/job/changes.ts';
import { latestFirstSlot } from '../../domain/pace/slots-of-job.ts';
import { LOST_AFTER_MS } from '../../domain/chunk/wake.ts';
import { changeJob } from '../change-job.ts';
import type { Deps } from '../deps.ts';
import type { Versioned } from '../ports.ts';
import { wakeOverdue } from './wake-overdue.ts';

/**
 * Wakes dispatched chunks whose wake was due long ago, and that nobody is sending. While there is a stop, those with
 * requests in doubt. What is meant is chosen before it is counted: chunks that have to rest keep no others from being
 * found.
 * @param limit of chunks
 * @returns how many were woken
 */
export async function wakeForgotten(deps: Deps, job: Job, isStopped: boolean, limit: number): Promise<number> {
  const before = deps.clock.now() - LOST_AFTER_MS;
  // The wake of an attempt that was cut off is lost only so long after its quiet time; until then its chunk is passed
  // over. So is one that was never visited, until its slot is so long over: its row tells only when the job was made.
  const isMeant = ({ quietUntil, wake, index }: Chunk): boolean =>
    (quietUntil ?? 0) <= before && (wake > 1 || latestFirstSlot(job, index, deps.policy) <= before);
  return wakeAgain(
    deps,
    job,
    await deps.chunks.pastDue(job.id, { left: isStopped ? 'sending' : 'open', to: job.cursor, before, limit, isMeant }),
  );
}

/** Whoever reads the log should know that wakes were lost. */
async function wakeAgain(deps: Deps, job: Job, overdue: readonly Versioned<Chunk>[]): Promise<number> {
  const woken = await wakeOverdue(deps, job, overdue);
  if (woken > 0) deps.log.warn('wokenAgain', { jobId: job.id, chunks: woken });
  return woken;
}

/**
 * The same for an ended job whose successes are to be looked at once more. Looking is no sending: a stop does not
 * matter. Where no chunk is left to be looked at, that is written into the job's row, so that nobody asks again.
 */
export async function wakeUnverified(deps: Deps, job: Job, limit: number): Promise<number> {
  const before = deps.clock.now() - LOST_AFTER_MS;
  const which = { left: 'verifying', to: job.chunkCount } as const;
  const overdue = await deps.chunks.pastDue(job.id, { ...which, before, limit });
  if (overdue.length > 0) return wakeAgain(deps, job, overdue);
  const [later] = await deps.chunks.pastDue(job.id, { ...which, limit: 1 });
  if (later === undefined) await changeJob(deps, job.id, verified);
  return 0;
}
