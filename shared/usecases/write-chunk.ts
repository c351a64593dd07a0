/** The compare-and-set of a chunk's row in which resets may end, and what it tells of that. */
import type { Chunk } from '../domain/chunk/chunk.ts';
import { rowChange } from '../domain/chunk/row-change.ts';
import type { Job } from '../domain/job/job.ts';
import { TERMINAL_RESET_STATUSES } from '../domain/reset/reset.ts';
import type { Deps } from './deps.ts';
import type { Changed, Versioned } from './ports.ts';

export type WriteDeps = Pick<Deps, 'chunks' | 'log' | 'measure'>;
/** What is told of the job. */
export type ToldJob = Pick<Job, 'lane' | 'options'>;

/**
 * Alerts add up what the line `resets` says, so it is written once for each change, by whoever has made it. A dry run
 * resets nobody: what it found is told by a line of its own, and measured nowhere.
 */
export async function writeChunk(
  { chunks, log, measure }: WriteDeps,
  { lane, options }: ToldJob,
  read: Versioned<Chunk>,
  next: Chunk,
): Promise<{ readonly version: string } | Changed> {
  const written = await chunks.replace(next, read.version);
  if (written === 'changed') return written;
  const { endings, attempts, inDoubt } = rowChange(read.value, next);
  const isRehearsal = options.dryRun === true;
  if (!isRehearsal) {
    for (const { status, code } of endings) measure('resets', 1, { outcome: status, code: code ?? 'none', lane });
    if (attempts > 0) measure('attempts', attempts, { lane });
    if (inDoubt > 0) measure('inDoubt', inDoubt, { lane });
  }
  if (endings.length + attempts + inDoubt > 0) {
    const counts = TERMINAL_RESET_STATUSES.map((status) => [
      status,
      endings.filter((ending) => ending.status === status).length,
    ]);
    const about = { jobId: next.jobId, chunk: next.index, ...Object.fromEntries(counts) };
    if (isRehearsal) log.info('rehearsed', about);
    else log.info('resets', { ...about, attempts, inDoubt });
  }
  return written;
}
