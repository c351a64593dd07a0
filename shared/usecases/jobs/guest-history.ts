/** The resets that a guest has had: every one that was tried, newest first. */
import { strippedReset } from '../../domain/job/deletion.ts';
import type { Job } from '../../domain/job/job.ts';
import type { ResetRecord } from '../../domain/reset/reset.ts';
import type { Deps } from '../deps.ts';
import { HISTORY_TIME_CHARS, type HistoryEntry } from '../ports.ts';
import { pageOfVisible } from './visible-page.ts';

export interface PastReset {
  readonly entry: HistoryEntry;
  /** Absent where its row cannot be read, or is gone. */
  readonly job?: Job;
  /** Absent where its row cannot be read, or is gone. Of a deleted job only what is kept of it. */
  readonly record?: ResetRecord;
  readonly isJobDeleted: boolean;
}

type HistoryDeps = Pick<Deps, 'guests' | 'jobs' | 'chunks'>;

/**
 * @param after where the page before ended
 * @returns `next` names no job but those of the page
 */
export async function guestHistory(
  deps: HistoryDeps,
  guestId: string,
  after: string | undefined,
  size: number,
  isVisible: (past: PastReset) => boolean = () => true,
): Promise<{ readonly resets: PastReset[]; readonly next?: string }> {
  const list = {
    read: (from: string | undefined, count: number) => deps.guests.history(guestId, from, count),
    keyOf: ({ key }: HistoryEntry) => key,
    timeChars: HISTORY_TIME_CHARS,
    show: async (entry: HistoryEntry) => {
      const past = await readPast(deps, entry);
      return isVisible(past) ? past : undefined;
    },
  };
  const { shown, next } = await pageOfVisible(list, after, size);
  return { resets: shown, ...(next !== undefined && { next }) };
}

async function readPast({ jobs, chunks }: HistoryDeps, entry: HistoryEntry): Promise<PastReset> {
  const [job, chunk] = await Promise.all([jobs.peek(entry.jobId), chunks.peek(entry.jobId, entry.chunk)]);
  const isJobDeleted = job === undefined || (job !== 'unreadable' && job.deletion !== undefined);
  const found =
    chunk === undefined || chunk === 'unreadable'
      ? undefined
      : chunk.resets.find(({ request }) => request.row === entry.row);
  const record = found !== undefined && isJobDeleted ? strippedReset(found) : found;
  return {
    entry,
    isJobDeleted,
    ...(job !== undefined && job !== 'unreadable' && { job }),
    ...(record !== undefined && { record }),
  };
}
