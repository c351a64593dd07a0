/** Cuts the resets of a submission into chunks and writes them as they come. */
import { CHUNK_MAX_CHARS, CHUNK_MAX_RESETS, newChunk, type Chunk } from '../domain/chunk.ts';
import type { Job } from '../domain/job.ts';
import type { ResetRequest } from '../domain/reset.ts';
import type { Deps } from './deps.ts';

export interface ChunkWriter {
  add(request: ResetRequest): Promise<void>;
  /** Writes the rest. @returns how many chunks there are */
  finish(): Promise<number>;
}

/** Chunks kept in memory before they are written; also the most of one table transaction. */
const CHUNKS_AT_ONCE = 100;
const MAX_UNWRITTEN_CHARS = 3_000_000;

export function chunkWriter(deps: Pick<Deps, 'jobs' | 'chunks'>, job: Job): ChunkWriter {
  let requests: ResetRequest[] = [];
  let chars = 0;
  let chunks: Chunk[] = [];
  let count = 0;
  let unwrittenChars = 0;
  let isJobWritten = false;

  const flush = async (): Promise<void> => {
    // The row first: whoever finds chunks after a crash must find whose they are.
    if (!isJobWritten) await deps.jobs.insert(job);
    isJobWritten = true;
    if (chunks.length > 0) await deps.chunks.insert(chunks);
    chunks = [];
    unwrittenChars = 0;
  };
  const closeChunk = (): void => {
    chunks.push(newChunk(job.id, count++, requests, job.createdAt));
    requests = [];
    chars = 0;
  };
  return {
    async add(request) {
      const size = JSON.stringify(request).length;
      if (requests.length === CHUNK_MAX_RESETS || (requests.length > 0 && chars + size > CHUNK_MAX_CHARS)) closeChunk();
      requests.push(request);
      chars += size;
      unwrittenChars += size;
      if (chunks.length >= CHUNKS_AT_ONCE || unwrittenChars > MAX_UNWRITTEN_CHARS) await flush();
    },
    async finish() {
      if (requests.length > 0) closeChunk();
      await flush();
      return count;
    },
  };
}
