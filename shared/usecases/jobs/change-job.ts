/** Changes a job's row by compare-and-set. */
import type { JobId } from '../../domain/ids.ts';
import type { Job } from '../../domain/job/job.ts';
import type { Deps } from '../deps.ts';

/** Compare-and-sets in a row before something must be wrong. */
const MAX_TRIES = 20;

/**
 * @param change gives the same object back where nothing is to be changed
 * @returns the job as it is now, or undefined when it is gone
 */
export async function changeJob(
  { jobs }: Pick<Deps, 'jobs'>,
  id: JobId,
  change: (job: Job) => Job,
): Promise<Job | undefined> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const read = await jobs.read(id);
    if (read === undefined) return undefined;
    const next = change(read.value);
    if (next === read.value || (await jobs.replace(next, read.version)) !== 'changed') return next;
  }
  throw new Error(`job ${id} was changed by others ${MAX_TRIES} times in a row`);
}
