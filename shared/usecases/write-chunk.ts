/** The compare-and-set of a chunk's row in which resets may end, and what it tells of that. */
import type { Chunk } from '../domain/chunk/chunk.ts';
import { rowChange } from '../domain/chunk/row-change.ts';
import type { Lane } from '../domain/job/lane.ts';
import { TERMINAL_RESET_STATUSES } from '../domain/reset/reset.ts';
import type { Deps } from './deps.ts';
import type { Changed, Versioned } from './ports.ts';

export type WriteDeps = Pick<Deps, 'chunks' | 'log' | 'measure'>;

/**
 * Alerts add up what the line `resets` says, so it is written once for each change, by whoever has made it.
 * @param lane of the job
 */
export async function writeChunk(
  { chunks, log, measure }: WriteDeps,
  lane: Lane,
  read: Versioned<Chunk>,
  next: Chunk,
): Promise<{ readonly version: string } | Changed> {
  const written = await chunks.replace(next, read.version);
  if (written === 'changed') return written;
  const { endings, attempts, inDoubt } = rowChange(read.value, next);
  for (const { status, code } of endings) measure('resets', 1, { outcome: status, code: code ?? 'none', lane });
  if (attempts > 0) measure('attempts', attempts, { lane });
  if (inDoubt > 0) measure('inDoubt', inDoubt, { lane });
  if (endings.length + attempts + inDoubt > 0) {
    const counts = TERMINAL_RESET_STATUSES.map((status) => [
      status,
      endings.filter((ending) => ending.status === status).length,
    ]);
    log.info('resets', { jobId: next.jobId, chunk: next.index, ...Object.fromEntries(counts), attempts, inDoubt });
  }
  return written;
}
