/** What a chunk costs in the plan, before anybody has looked into it. Pure. */
import { CHUNK_MAX_RESETS } from '../chunk/chunk.ts';
import type { Job } from '../job/job.ts';

/**
 * Writes that a chunk costs at least. Chunks of very long rows are not full: then all count as the average. So no chunk
 * but the last one counts less than the first.
 */
export function chunkCost({ total, chunkCount }: Pick<Job, 'total' | 'chunkCount'>, chunk: number): number {
  const areFull = Math.ceil(total / CHUNK_MAX_RESETS) === chunkCount;
  return areFull ? Math.min(CHUNK_MAX_RESETS, total - chunk * CHUNK_MAX_RESETS) : Math.ceil(total / chunkCount);
}
