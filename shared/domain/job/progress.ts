/** A job's progress, folded from the counters of its chunks. Pure. */
import { addEndTimes, type Endings, type EndTime } from '../reset/endings.ts';
import { addOutcomeCounts, type OutcomeCounts } from '../reset/outcome-counts.ts';
import type { Job, JobStatus, Snapshot } from './job.ts';
import { addCounts, sumOf, type Counts } from '../reset/counts.ts';

/** The sums of one chunk row. */
export interface ChunkCounts {
  readonly index: number;
  readonly counts: Counts;
  readonly outcomeCounts: OutcomeCounts;
  /** Absent where an older build has written the row. */
  readonly endTimes?: readonly EndTime[];
  readonly sentTimes?: readonly EndTime[];
}

export interface Progress {
  /** Every reset of the job under its status; chunks not dispatched yet count as pending. */
  readonly counts: Counts;
  readonly outcomeCounts: OutcomeCounts;
  /** When resets ended, and were sent, as far as that is known; undefined as long as of none. */
  readonly endings?: Endings;
  readonly sendings?: Endings;
  /** The job's snapshot, moved on over the chunks that have ended without a gap. */
  readonly snapshot: Snapshot;
  readonly allEnded: boolean;
}

/**
 * Folds the counters of the chunks from the snapshot up to the cursor, in order of index.
 * @throws when a chunk is missing: progress must never be invented
 */
export function foldProgress(job: Job, rows: readonly ChunkCounts[]): Progress {
  let { counts, outcomeCounts } = job.snapshot;
  let { snapshot } = job;
  const [inSnapshot, behind]: [ChunkCounts[], ChunkCounts[]] = [[], []];
  for (const [position, row] of rows.entries()) {
    if (row.index !== job.snapshot.upTo + position)
      throw new Error(`job ${job.id}: chunk ${job.snapshot.upTo + position} is missing`);
    counts = addCounts(counts, row.counts);
    outcomeCounts = addOutcomeCounts(outcomeCounts, row.outcomeCounts);
    const hasEnded = row.counts.pending === 0 && row.counts.sending === 0;
    const isNext = hasEnded && snapshot.upTo === row.index;
    if (isNext) snapshot = { upTo: row.index + 1, counts, outcomeCounts };
    (isNext ? inSnapshot : behind).push(row);
  }
  const last = job.snapshot.upTo + rows.length;
  if (last < job.cursor) throw new Error(`job ${job.id}: chunk ${last} is missing`);
  const undispatched = job.total - sumOf(counts);
  const kept = addTimes(job.snapshot, inSnapshot);
  return {
    counts: { ...counts, pending: counts.pending + undispatched },
    outcomeCounts,
    ...addTimes(kept, behind),
    snapshot: { ...snapshot, ...kept },
    allEnded: snapshot.upTo === job.chunkCount,
  };
}

function addTimes(known: Pick<Progress, 'endings' | 'sendings'>, rows: readonly ChunkCounts[]): typeof known {
  const endings = addEndTimes(
    known.endings,
    rows.flatMap(({ endTimes = [] }) => endTimes),
  );
  const sendings = addEndTimes(
    known.sendings,
    rows.flatMap(({ sentTimes = [] }) => sentTimes),
  );
  return { ...(endings !== undefined && { endings }), ...(sendings !== undefined && { sendings }) };
}

/**
 * How a job ends whose resets have all ended. Only of a `failed` or a `canceled` one nobody was reset for certain, so
 * that it may be sent again.
 */
export function endStatus(
  counts: Counts,
): Extract<JobStatus, 'completed' | 'completedWithErrors' | 'failed' | 'canceled'> {
  const total = sumOf(counts);
  if (counts.canceled === total) return 'canceled';
  if (counts.succeeded + counts.skipped === total) return 'completed';
  return counts.failed === total ? 'failed' : 'completedWithErrors';
}
