/** Which chunks are woken when. Pure. Times are milliseconds since the epoch. */
import { CHUNK_MAX_RESETS } from './chunk.ts';
import type { JobId } from './ids.ts';
import type { Job } from './job.ts';
import { reserve, reserveRead, type Pace } from './pace.ts';
import type { Policy } from './policy.ts';

export interface Slot {
  readonly jobId: JobId;
  readonly chunk: number;
  readonly at: number;
}

export interface DispatchPlan {
  readonly slots: readonly Slot[];
  readonly pace: Pace;
  /** When dispatch must run again; undefined when no chunk waits. */
  readonly nextRunAt?: number;
}

type Rules = Pick<Policy, 'dispatchHorizonSeconds' | 'resetsPerSecond' | 'readsPerSecond'>;

/** First wakes planned in one run; the rest follows in the next. */
const MAX_SLOTS = 5_000;

/**
 * Takes slots of the pace for the next chunks: those of the priority lane at once, then the bulk jobs in turn, one chunk
 * each, up to the horizon. So a cancel, a pause or a new rate reaches everything else.
 * @param jobs committed jobs with chunks not dispatched yet, oldest first
 */
export function planSlots(pace: Pace, jobs: readonly Job[], rules: Rules, now: number): DispatchPlan {
  const due = jobs.filter((job) => (job.options.notBefore ?? 0) <= now);
  const cursors = new Map(due.map((job) => [job, job.cursor]));
  const slots: Slot[] = [];
  const horizon = now + rules.dispatchHorizonSeconds * 1000;
  let current = pace;

  const takeOne = (job: Job): boolean => {
    const chunk = cursors.get(job) ?? job.chunkCount;
    if (chunk >= job.chunkCount || slots.length >= MAX_SLOTS) return false;
    const cost = chunkCost(job, chunk);
    const reserved = job.options.dryRun === true ? reserveRead(current, cost, rules.readsPerSecond, now) : reserve(current, cost, job.lane, rules.resetsPerSecond, now);
    if (reserved.slotAt > horizon) return false;
    slots.push({ jobId: job.id, chunk, at: Math.ceil(reserved.slotAt) });
    cursors.set(job, chunk + 1);
    current = reserved.pace;
    return true;
  };

  for (const job of due) if (job.lane === 'priority') while (takeOne(job));
  for (let turn = due.filter((job) => job.lane === 'bulk'); turn.length > 0;) turn = turn.filter(takeOne);

  const waitsForPace = due.some((job) => (cursors.get(job) ?? 0) < job.chunkCount);
  const starts = jobs.flatMap((job) => (job.options.notBefore !== undefined && job.options.notBefore > now ? [job.options.notBefore] : []));
  const nextRunAt = Math.min(...(waitsForPace ? [now + (rules.dispatchHorizonSeconds * 1000) / 2] : []), ...starts);
  return { slots, pace: current, ...(Number.isFinite(nextRunAt) && { nextRunAt }) };
}

/** Writes that a chunk costs at least. Chunks of very long rows are not full: then all count as the average. */
function chunkCost(job: Job, chunk: number): number {
  const left = job.total - chunk * CHUNK_MAX_RESETS;
  const areFull = Math.ceil(job.total / CHUNK_MAX_RESETS) === job.chunkCount;
  return areFull ? Math.min(CHUNK_MAX_RESETS, left) : Math.ceil(job.total / job.chunkCount);
}
