/** Writes down what became of an attempt, even when the row has changed meanwhile. */
import {
  changeResets,
  hasLiveAttempt,
  withNextWake,
  type Change,
  type Changes,
  type Chunk,
  type IsHeld,
} from '../../domain/chunk/chunk.ts';
import type { Deps } from '../deps.ts';
import type { Versioned } from '../ports.ts';

const MAX_TRIES = 5;

/**
 * Applies the changes to the chunk that this attempt has claimed. When somebody else wrote it since, because the
 * attempt took longer than its quiet time, a known answer still beats a look-up; what others have ended stays as it is.
 * @param isHeld tells the resets of the chunk that the attempt has left alone, and that no wake is for
 * @returns the chunk as it was left
 */
export async function recordOutcomes(
  deps: Deps,
  sending: Versioned<Chunk>,
  changes: Changes,
  isHeld: IsHeld,
): Promise<Chunk> {
  const attemptId = sending.value.attemptId ?? '';
  let current = sending;
  let intended = leave(current.value, stillOwn(current.value, changes, attemptId), attemptId, isHeld, deps.clock.now());
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    if ((await deps.chunks.replace(intended, current.version)) !== 'changed') return intended;
    const reread = await deps.chunks.read(intended.jobId, intended.index);
    if (reread === undefined)
      throw new Error(`chunk ${intended.index} of job ${intended.jobId} disappeared while it was being sent`);
    // The SDK repeats a write whose answer was lost, and then meets its own success.
    if (isSame(reread.value, intended)) return intended;
    current = reread;
    const own = stillOwn(current.value, changes, attemptId);
    deps.log.warn('outcomeLate', {
      jobId: intended.jobId,
      chunk: intended.index,
      merged: own.size,
      of: changes.size,
    });
    if (own.size === 0) return current.value;
    intended = leave(current.value, own, attemptId, isHeld, deps.clock.now());
  }
  throw new Error(`chunk ${intended.index} of job ${intended.jobId} was changed by others ${MAX_TRIES} times in a row`);
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
function leave(chunk: Chunk, changes: Changes, attemptId: string, isHeld: IsHeld, now: number): Chunk {
  const next = changeResets(chunk.resets, changes);
  return chunk.attemptId !== attemptId && hasLiveAttempt(chunk, now)
    ? { ...chunk, resets: next }
    : withNextWake(chunk, next, 0, isHeld);
}

const isSame = (one: Chunk, other: Chunk): boolean =>
  one.wake === other.wake && JSON.stringify(one.resets) === JSON.stringify(other.resets);
