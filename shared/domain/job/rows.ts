/** Where the rows of a job are. Pure. */
import { CHUNK_MAX_RESETS } from '../chunk/chunk.ts';
import type { Job } from './job.ts';

/** Chunks from `first` to `last`, both among them. */
export interface ChunkRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The chunks in which a row can be. Full chunks before and behind it leave one, or two at the end of the job; rows with
 * long texts travel in smaller ones, which leaves more.
 * @param row from 1, not behind the last one
 */
export function chunksOfRow({ total, chunkCount }: Pick<Job, 'total' | 'chunkCount'>, row: number): ChunkRange {
  const first = Math.floor((row - 1) / CHUNK_MAX_RESETS);
  // Behind the row are at least so many chunks, beside what its own chunk may have of them.
  const behind = Math.max(0, Math.ceil((total - row - CHUNK_MAX_RESETS + 1) / CHUNK_MAX_RESETS));
  return { first, last: Math.max(first, chunkCount - 1 - behind) };
}
