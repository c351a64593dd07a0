/** Cuts the resets of a submission into chunks and writes them as they come. */
import { CHUNK_MAX_CHARS, CHUNK_MAX_RESETS, newChunk } from '../../domain/chunk/chunk.ts';
import { jsonLength } from '../../domain/reset/json-length.ts';
import type { Job } from '../../domain/job/job.ts';
import type { ResetRequest } from '../../domain/reset/reset.ts';
import type { Deps } from '../deps.ts';

export interface ChunkWriter {
  add(requests: readonly ResetRequest[]): Promise<void>;
  /** Writes the rest. @returns how many resets each chunk has */
  finish(): Promise<readonly number[]>;
  /** Waits until nothing is on its way any more, however that ends. */
  settle(): Promise<void>;
}

export function chunkWriter(deps: Pick<Deps, 'jobs' | 'chunks'>, job: Job): ChunkWriter {
  // The row first: whoever finds chunks after a crash must find whose they are.
  const inserts = deps.chunks.inserts(() => deps.jobs.insert(job));
  let requests: ResetRequest[] = [];
  let chars = 0;
  const sizes: number[] = [];

  const closeChunk = async (): Promise<void> => {
    const chunk = newChunk(job.id, sizes.length, requests, job.createdAt);
    sizes.push(requests.length);
    requests = [];
    chars = 0;
    await inserts.add(chunk);
  };
  return {
    async add(added) {
      for (const request of added) {
        const size = jsonLength(request);
        if (requests.length === CHUNK_MAX_RESETS || (requests.length > 0 && chars + size > CHUNK_MAX_CHARS))
          await closeChunk();
        requests.push(request);
        chars += size;
      }
    },
    async finish() {
      if (requests.length > 0) await closeChunk();
      await inserts.flush();
      return sizes;
    },
    settle: () => inserts.settle(),
  };
}
