/** The resets that a guest has had: every one that was tried, newest first. */
import type { Job } from '../domain/job.ts';
import type { ResetRecord } from '../domain/reset.ts';
import type { Deps } from './deps.ts';
import type { HistoryEntry } from './ports.ts';

export interface PastReset {
  readonly entry: HistoryEntry;
  /** Both absent once the job was deleted. */
  readonly job?: Job;
  readonly record?: ResetRecord;
}

/** @param after where the page before ended */
export async function guestHistory(
  { guests, jobs, chunks }: Pick<Deps, 'guests' | 'jobs' | 'chunks'>,
  guestId: string,
  after: string | undefined,
  size: number,
): Promise<{ readonly resets: PastReset[]; readonly next?: string }> {
  const entries = await guests.history(guestId, after, size);
  const resets = await Promise.all(
    entries.map(async (entry): Promise<PastReset> => {
      const [job, chunk] = await Promise.all([jobs.read(entry.jobId), chunks.read(entry.jobId, entry.chunk)]);
      const record = chunk?.value.resets.find(({ request }) => request.row === entry.row);
      return {
        entry,
        ...(job !== undefined && job.value.deleting === undefined && { job: job.value }),
        ...(record !== undefined && { record }),
      };
    }),
  );
  const last = entries.length === size ? entries.at(-1)?.key : undefined;
  return { resets, ...(last !== undefined && { next: last }) };
}
