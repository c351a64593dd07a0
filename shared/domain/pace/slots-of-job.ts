/**
 * What is known of a job's slots, which are written down nowhere but in the messages: only when the last one is. Pure.
 */
import { CHUNK_MAX_RESETS } from '../chunk/chunk.ts';
import { minuteBucket } from './budget.ts';
import { dispatchable } from '../job/canary.ts';
import type { Job } from '../job/job.ts';
import type { Policy } from '../policy.ts';

/**
 * Writes that a chunk costs at least, before anybody has looked into it. Chunks of very long rows are not full: then
 * all count as the average. So no chunk but the last one counts less than the first.
 */
export function chunkCost({ total, chunkCount }: Pick<Job, 'total' | 'chunkCount'>, chunk: number): number {
  const areFull = Math.ceil(total / CHUNK_MAX_RESETS) === chunkCount;
  return areFull ? Math.min(CHUNK_MAX_RESETS, total - chunk * CHUNK_MAX_RESETS) : Math.ceil(total / chunkCount);
}

type Rates = Pick<Policy, 'resetsPerSecond' | 'readsPerSecond'>;

/**
 * Between the slots of two chunks of the job there is at least so much: what dispatch plans for the first of the two.
 */
function leastSpacingMs(job: Job, { resetsPerSecond, readsPerSecond }: Rates): number {
  const { options } = job;
  const perChunk = chunkCost(job, 0);
  if (options.dryRun === true) return (perChunk * 1000) / readsPerSecond;
  const own = options.maxPerMinute === undefined ? Infinity : minuteBucket(options.maxPerMinute).perSecond;
  return (perChunk * 1000) / Math.min(resetsPerSecond, own);
}

/**
 * The latest time at which a dispatched chunk may have its first slot. Its row does not tell: dispatch writes no rows.
 * @param index of the chunk, before the job's cursor
 */
export function latestFirstSlot(job: Job, index: number, rates: Rates): number {
  const behind = job.lane === 'priority' ? 0 : job.cursor - 1 - index;
  return (job.lastSlotAt ?? 0) - behind * leastSpacingMs(job, rates);
}

/** For clocks that differ, and wakes that are handled a moment early. */
const MARGIN_MS = 5_000;

/** One moment on both clocks, in ms. */
export interface Moment {
  readonly now: number;
  readonly monotonic: number;
}

/**
 * Whether a job, or its canary, may be over with this chunk: only then is it worth folding its counts. It is not while
 * a chunk of it has not had its slot: that one's visit will ask again. A chunk that waits for its slot
 * anew ends later still.
 * @param job as it was read
 * @param readAt when it was read, on the monotonic clock: dispatch may have gone on since, along the pace
 */
export function mayBeLast(job: Job, rates: Rates, readAt: number, { now, monotonic }: Moment): boolean {
  const planned = dispatchable(job);
  if (job.cursor >= planned) return now + MARGIN_MS >= (job.lastSlotAt ?? 0);
  if (job.lane === 'priority' || job.options.dryRun === true || job.cancel !== undefined) return true;
  return (planned - job.cursor - 1) * leastSpacingMs(job, rates) <= monotonic - readAt + MARGIN_MS;
}
