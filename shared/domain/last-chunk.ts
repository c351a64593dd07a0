/** Whether a job, or its canary, may be over with this chunk: only then is it worth folding its counts. Pure. */
import { dispatchable } from './canary.ts';
import { CHUNK_MAX_RESETS } from './chunk.ts';
import type { Job } from './job.ts';
import type { Policy } from './policy.ts';

/** For clocks that differ, and wakes that are handled a moment early. */
const MARGIN_MS = 5_000;

/** One moment on both clocks, in ms. */
export interface Moment {
  readonly now: number;
  readonly monotonic: number;
}

/**
 * A job is not over while a chunk of it has not had its slot: that one's visit will ask again. A chunk that waits for its slot
 * anew ends later still.
 * @param job as it was read
 * @param readAt when it was read, on the monotonic clock: dispatch may have gone on since, along the pace
 */
export function mayBeLast(job: Job, { resetsPerSecond }: Pick<Policy, 'resetsPerSecond'>, readAt: number, { now, monotonic }: Moment): boolean {
  const planned = dispatchable(job);
  if (job.cursor >= planned) return now + MARGIN_MS >= (job.lastSlotAt ?? 0);
  if (job.lane === 'priority' || job.options.dryRun === true || job.cancel !== undefined) return true;
  // Chunks need not be full: the last one stands after the resets of all others at least one each apart.
  const left = planned - job.cursor - 1;
  const perChunk = Math.ceil(job.total / CHUNK_MAX_RESETS) === job.chunkCount ? CHUNK_MAX_RESETS : 1;
  return ((left * perChunk) / resetsPerSecond) * 1000 <= monotonic - readAt + MARGIN_MS;
}
