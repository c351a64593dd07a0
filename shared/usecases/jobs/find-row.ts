/** Where to begin to read a job from one of its rows on. */
import { chunksOfRow } from '../../domain/job/rows.ts';
import type { Job } from '../../domain/job/job.ts';
import type { Deps } from '../deps.ts';
import type { ResetPosition } from './read-jobs.ts';

/** Chunks before that of the row that may be read in vain: they come in one answer of the tables with those behind. */
const READ_IN_VAIN = 20;

/**
 * No read where chunks are full, as nearly all are; else one for each halving.
 * @param row from 1; behind the last one there is nothing
 */
export async function positionOfRow(
  { chunks }: Pick<Deps, 'chunks'>,
  job: Pick<Job, 'id' | 'total' | 'chunkCount'>,
  row: number,
): Promise<ResetPosition> {
  if (row > job.total) return { chunk: job.chunkCount, row };
  let { first, last } = chunksOfRow(job, row);
  while (last - first > READ_IN_VAIN) {
    const middle = Math.ceil((first + last) / 2);
    const begins = (await chunks.read(job.id, middle))?.value.resets[0]?.request.row;
    // The job is being deleted: whoever reads from there on finds that out.
    if (begins === undefined) break;
    if (begins > row) last = middle - 1;
    else first = middle;
  }
  return { chunk: first, row };
}
