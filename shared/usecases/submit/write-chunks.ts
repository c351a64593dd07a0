/** Cuts the resets of a submission into chunks and writes them as they come. */
import { CHUNK_MAX_CHARS, CHUNK_MAX_RESETS, newChunk } from '../../domain/chunk/chunk.ts';
import { jsonLength } from '../../domain/reset/json-length.ts';
import { RowChoices, type RowsSay } from '../../domain/job/rows-say.ts';
import type { Job } from '../../domain/job/job.ts';
import type { ResetRequest } from '../../domain/reset/reset.ts';
import type { Deps } from '../deps.ts';

export interface ChunkWriter {
  add(requests: readonly ResetRequest[]): Promise<void>;
  /** Writes the rest. */
  finish(): Promise<Written>;
  /** Waits until nothing is on its way any more, however that ends. */
  settle(): Promise<void>;
}

export interface Written {
  /** How many resets each chunk has. */
  readonly sizes: readonly number[];
  readonly rowsSay: RowsSay | undefined;
}

/** The submitter has too many jobs that have not ended, this one included. */
export class TooManyOpenJobs extends Error {
  override readonly name = 'TooManyOpenJobs';
}

/** What it writes fails with `TooManyOpenJobs` where that is so. */
export function chunkWriter(deps: Pick<Deps, 'jobs' | 'chunks' | 'policy'>, job: Job): ChunkWriter {
  // The row first: whoever finds chunks after a crash must find whose they are.
  const inserts = deps.chunks.inserts(async () => {
    await deps.jobs.insert(job);
    // Counted with this one in it: of several that come at once each sees those that were there before its count, so
    // never more than the limit are taken, and at the limit perhaps none.
    const most = deps.policy.maxOpenJobsPerCaller;
    if ((await deps.jobs.countOpenOf(job.submitter.id, most + 1)) > most) throw new TooManyOpenJobs();
  });
  let requests: ResetRequest[] = [];
  let chars = 0;
  const sizes: number[] = [];
  const choices = new RowChoices();

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
        choices.note(request);
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
      return { sizes, rowsSay: choices.said };
    },
    settle: () => inserts.settle(),
  };
}
