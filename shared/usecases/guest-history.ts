/** The resets that a guest has had: every one that was tried, newest first. */
import type { Job } from '../domain/job.ts';
import type { ResetRecord } from '../domain/reset.ts';
import type { Deps } from './deps.ts';
import { HISTORY_TIME_CHARS, type HistoryEntry } from './ports.ts';
import { pageOfVisible } from './visible-page.ts';

export interface PastReset {
  readonly entry: HistoryEntry;
  /** Absent once the job was deleted, or where its row cannot be read. */
  readonly job?: Job;
  readonly record?: ResetRecord;
}

/**
 * @param after where the page before ended
 * @returns `next` names no job but those of the page
 */
export async function guestHistory(
  { guests, jobs, chunks }: Pick<Deps, 'guests' | 'jobs' | 'chunks'>,
  guestId: string,
  after: string | undefined,
  size: number,
  isVisible: (past: PastReset) => boolean = () => true,
): Promise<{ readonly resets: PastReset[]; readonly next?: string }> {
  const read = async (entry: HistoryEntry): Promise<PastReset> => {
    const [job, chunk] = await Promise.all([jobs.peek(entry.jobId), chunks.read(entry.jobId, entry.chunk)]);
    const record = chunk?.value.resets.find(({ request }) => request.row === entry.row);
    return {
      entry,
      ...(job !== undefined && job.deleting === undefined && { job }),
      ...(record !== undefined && { record }),
    };
  };
  const list = {
    read: (from: string | undefined, count: number) => guests.history(guestId, from, count),
    keyOf: ({ key }: HistoryEntry) => key,
    timeChars: HISTORY_TIME_CHARS,
    show: async (entry: HistoryEntry) => {
      const past = await read(entry);
      return isVisible(past) ? past : undefined;
    },
  };
  const { shown, next } = await pageOfVisible(list, after, size);
  return { resets: shown, ...(next !== undefined && { next }) };
}
