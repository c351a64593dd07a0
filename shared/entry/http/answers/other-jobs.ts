/** The jobs that results name beside their own: whether they are there, as far as the caller may know. */
import type { JobId } from '../../../domain/ids.ts';
import type { ResetRecord } from '../../../domain/reset/reset.ts';
import type { OtherJobState } from '../../../domain/api/reset-view.ts';
import type { JobStore } from '../../../usecases/ports.ts';
import { mayRead, seesAll, type Caller } from '../requests/caller.ts';

/** Jobs that are read for one answer. Of a job that comes after those the results tell the time only. */
const MAX_READ = 1_000;
const READ_AT_ONCE = 20;

export interface OtherJobs {
  /** Reads the jobs that these resets name, each once. */
  learn(records: readonly ResetRecord[]): Promise<void>;
  /** Undefined for a job that the caller may not see, or that was not read. */
  stateOf(id: JobId): OtherJobState | undefined;
}

/** For one answer, as it remembers what it has read. */
export function otherJobs({
  caller,
  deps: { jobs },
}: {
  readonly caller: Caller;
  readonly deps: { readonly jobs: Pick<JobStore, 'peek'> };
}): OtherJobs {
  const known = new Map<JobId, OtherJobState | undefined>();
  async function read(id: JobId): Promise<OtherJobState | undefined> {
    const job = await jobs.peek(id);
    // Whose it was nobody knows.
    if (job === undefined || job === 'unreadable')
      return seesAll(caller) ? (job === undefined ? 'deleted' : 'there') : undefined;
    if (!mayRead(caller, job)) return undefined;
    return job.deletion === undefined ? 'there' : 'deleted';
  }
  return {
    async learn(records) {
      const named = new Set(records.flatMap(({ verdict }) => verdict?.otherJob?.id ?? []));
      const fresh = [...named].filter((id) => !known.has(id)).slice(0, MAX_READ - known.size);
      for (let start = 0; start < fresh.length; start += READ_AT_ONCE)
        await Promise.all(
          fresh.slice(start, start + READ_AT_ONCE).map(async (id) => void known.set(id, await read(id))),
        );
    },
    stateOf: (id) => known.get(id),
  };
}
