/** Compare-and-set: a row is read, changed and written, anew whenever somebody else has written it meanwhile. */
import type { Chunk } from '../domain/chunk/chunk.ts';
import type { JobId } from '../domain/ids.ts';
import type { Job } from '../domain/job/job.ts';
import type { Deps } from './deps.ts';
import type { Changed, Versioned } from './ports.ts';
import { writeChunk, type ToldJob, type WriteDeps } from './write-chunk.ts';

/** One row of a store. */
export interface RowOf<T> {
  /** For an error, such as `job 7…`. */
  readonly name: string;
  readonly read: () => Promise<Versioned<T> | undefined>;
  /** Replaces what was read, if it still stands there. */
  readonly replace: (value: T, read: Versioned<T>) => Promise<{ readonly version: string } | Changed>;
}

/** Others that come first before something must be wrong. */
const MAX_TRIES = 20;

/**
 * Tries until nobody else has written the row meanwhile.
 * @param name of the row, for the error
 * @throws where others have come first twenty times
 */
export async function whileChanged<R>(name: string, attempt: () => Promise<R | Changed>): Promise<R> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const result = await attempt();
    if (result !== 'changed') return result;
  }
  throw new Error(`${name} was changed by others ${MAX_TRIES} times in a row`);
}

/**
 * @param change gives the same value back where nothing is to be changed. It may be asked more than once, and then once
 *   may have stood in the row for a moment already: so it must make of what it has changed what it made of the first
 * @param first what was read already
 * @returns the row as it is now; undefined when it is gone
 */
export function changeRow<T>(
  row: RowOf<T>,
  change: (value: T) => T | Promise<T>,
  first?: Versioned<T>,
): Promise<T | undefined> {
  let known = first;
  return whileChanged(row.name, async () => {
    const read = known ?? (await row.read());
    known = undefined;
    if (read === undefined) return undefined;
    const next = await change(read.value);
    return next !== read.value && (await row.replace(next, read)) === 'changed' ? 'changed' : next;
  });
}

/** Others change a job by `changeJob`, which sees to the audit. */
export const rowOfJob = ({ jobs }: Pick<Deps, 'jobs'>, id: JobId): RowOf<Job> => ({
  name: `job ${id}`,
  read: () => jobs.read(id),
  replace: (job, { version }) => jobs.replace(job, version),
});

/** As `changeRow`, of a chunk that was read already. */
export function changeChunk(
  deps: WriteDeps,
  job: ToldJob,
  first: Versioned<Chunk>,
  change: (chunk: Chunk) => Chunk | Promise<Chunk>,
): Promise<Chunk | undefined> {
  const { jobId, index } = first.value;
  const row = {
    name: `chunk ${index} of job ${jobId}`,
    read: () => deps.chunks.read(jobId, index),
    replace: (chunk: Chunk, read: Versioned<Chunk>) => writeChunk(deps, job, read, chunk),
  };
  return changeRow(row, change, first);
}
