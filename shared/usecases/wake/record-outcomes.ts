/** Writes down what became of an attempt, even when the row has changed meanwhile. */
import {
  changeResets,
  hasLiveAttempt,
  withNextWake,
  type Change,
  type Changes,
  type Chunk,
  type IsBehindCanary,
} from '../../domain/chunk/chunk.ts';
import { behindCanary } from '../../domain/job/canary.ts';
import type { Job } from '../../domain/job/job.ts';
import { changeChunk } from '../change-row.ts';
import type { Deps } from '../deps.ts';
import type { Versioned } from '../ports.ts';

/**
 * Applies the changes to the chunk that this attempt has claimed. When somebody else wrote it since, because the
 * attempt took longer than its quiet time, a known answer still beats a look-up; what others have ended stays as it is.
 * @returns the chunk as it was left
 */
export async function recordOutcomes(
  deps: Deps,
  job: Job,
  sending: Versioned<Chunk>,
  changes: Changes,
): Promise<Chunk> {
  const { jobId, index, attemptId = '' } = sending.value;
  const left = await changeChunk(deps, job, sending, (chunk) => {
    const own = stillOwn(chunk, changes, attemptId);
    if (chunk !== sending.value)
      deps.log.warn('outcomeLate', { jobId, chunk: index, merged: own.size, of: changes.size });
    return own.size === 0 ? chunk : withOutcomes(chunk, own, attemptId, behindCanary(job), deps.clock.now());
  });
  if (left === undefined) throw new Error(`chunk ${index} of job ${jobId} disappeared while it was being sent`);
  return left;
}

/** Only for resets that still are what this attempt made of them. */
function stillOwn(chunk: Chunk, changes: Changes, attemptId: string): Changes {
  const own = new Map<number, Change>();
  for (const { request, status, sent } of chunk.resets) {
    const change = changes.get(request.row);
    if (change !== undefined && status === 'sending' && sent?.attemptId === attemptId) own.set(request.row, change);
  }
  return own;
}

/** While another attempt owns the row, only our resets change; its owner merges, as we do. */
function withOutcomes(
  chunk: Chunk,
  changes: Changes,
  attemptId: string,
  isBehindCanary: IsBehindCanary,
  now: number,
): Chunk {
  const next = changeResets(chunk.resets, changes);
  return chunk.attemptId !== attemptId && hasLiveAttempt(chunk, now)
    ? { ...chunk, resets: next }
    : withNextWake(chunk, next, 0, isBehindCanary);
}
