/** Writes down what became of an attempt, even when the row has changed meanwhile. */
import { changeResets, hasLiveAttempt, withNextWake, type Chunk, type IsHeld } from '../../domain/chunk/chunk.ts';
import type { ResetRecord } from '../../domain/reset/reset.ts';
import type { Deps } from '../deps.ts';
import type { Versioned } from '../ports.ts';

/** What an attempt makes of one of its resets. */
export type Change = (record: ResetRecord) => ResetRecord;

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
  changes: ReadonlyMap<number, Change>,
  isHeld: IsHeld,
): Promise<Chunk> {
  const attemptId = sending.value.attemptId ?? '';
  let current = sending;
  let intended = leave(current.value, apply(current.value, changes, attemptId), attemptId, isHeld, deps.clock.now());
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    if ((await deps.chunks.replace(intended, current.version)) !== 'changed') return intended;
    const reread = await deps.chunks.read(intended.jobId, intended.index);
    if (reread === undefined)
      throw new Error(`chunk ${intended.index} of job ${intended.jobId} disappeared while it was being sent`);
    // The SDK repeats a write whose answer was lost, and then meets its own success.
    if (isSame(reread.value, intended)) return intended;
    current = reread;
    const resets = apply(current.value, changes, attemptId);
    deps.log.warn('outcomeLate', {
      jobId: intended.jobId,
      chunk: intended.index,
      merged: resets.size,
      of: changes.size,
    });
    if (resets.size === 0) return current.value;
    intended = leave(current.value, resets, attemptId, isHeld, deps.clock.now());
  }
  throw new Error(`chunk ${intended.index} of job ${intended.jobId} was changed by others ${MAX_TRIES} times in a row`);
}

/** Only resets that still are what this attempt made of them. */
function apply(chunk: Chunk, changes: ReadonlyMap<number, Change>, attemptId: string): Map<number, ResetRecord> {
  const resets = new Map<number, ResetRecord>();
  for (const record of chunk.resets) {
    const change = changes.get(record.request.row);
    if (change !== undefined && record.status === 'sending' && record.sent?.attemptId === attemptId)
      resets.set(record.request.row, change(record));
  }
  return resets;
}

/** While another attempt owns the row, only our resets change; its owner merges, as we do. */
function leave(
  chunk: Chunk,
  resets: ReadonlyMap<number, ResetRecord>,
  attemptId: string,
  isHeld: IsHeld,
  now: number,
): Chunk {
  const next = changeResets(chunk.resets, resets);
  return chunk.attemptId !== attemptId && hasLiveAttempt(chunk, now)
    ? { ...chunk, resets: next }
    : withNextWake(chunk, next, 0, isHeld);
}

const isSame = (one: Chunk, other: Chunk): boolean =>
  one.wake === other.wake && JSON.stringify(one.resets) === JSON.stringify(other.resets);
