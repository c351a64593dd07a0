/**
 * The canary of a job (`pauseAfter`): its first resets, by row. When they have ended the job stops by itself, and
 * nothing of the others is looked up or sent before somebody resumes it. Pure.
 */
import type { Chunk, IsBehindCanary } from '../chunk/chunk.ts';
import type { Job } from './job.ts';
import { sumOf, type Counts } from '../reset/counts.ts';
import { isTerminal } from '../reset/reset.ts';
import { CANARY_ENDED, stop } from '../stops/stop.ts';

/** Adds the canary, where the job has more resets than that. @param sizes resets of each chunk, in order */
export function withCanary(job: Job, sizes: readonly number[]): Job {
  const { pauseAfter } = job.options;
  if (pauseAfter === undefined || pauseAfter >= job.total) return job;
  let chunks = 0;
  for (let resets = 0; resets < pauseAfter; chunks++) resets += sizes[chunks] ?? Infinity;
  return { ...job, canary: { resets: pauseAfter, chunks } };
}

/**
 * Whether only the canary may be worked on. A row that was read a while ago errs on this side: once over, a canary
 * stays so.
 */
const isRunning = ({ canary, cancel }: Job): boolean =>
  canary !== undefined && canary.isOver !== true && cancel === undefined;

/** Which resets of the job wait for the end of its canary, and a resume. */
export function behindCanary(job: Job): IsBehindCanary {
  const last = isRunning(job) ? (job.canary?.resets ?? Infinity) : Infinity;
  return ({ request }) => request.row > last;
}

/** Chunks that may be dispatched now: all, or those with a reset of the canary. */
export const dispatchable = (job: Job): number =>
  isRunning(job) ? (job.canary?.chunks ?? job.chunkCount) : job.chunkCount;

/** Whether nothing in the chunk may be sent now or later, unless the job is resumed after its canary. */
export function hasNothingToSend(job: Job, { resets }: Chunk): boolean {
  const isBehindCanary = behindCanary(job);
  return resets.every((record) => isTerminal(record.status) || isBehindCanary(record));
}

/** Whether anything in the chunk is to be done before that; what waits behind it only verifies. */
export const hasWorkNow = (job: Job, chunk: Chunk): boolean =>
  !hasNothingToSend(job, chunk) || chunk.resets.some(({ verifyAt }) => verifyAt !== undefined);

/** Whether resets behind a canary that is over are due, although the chunk's own wake comes later. */
export const hasWaitedBehind = (job: Job, chunk: Chunk, now: number): boolean =>
  job.canary?.isOver === true &&
  chunk.dueAt > now &&
  chunk.resets.some(
    ({ request, status, dueAt }) =>
      request.row > (job.canary?.resets ?? Infinity) && status === 'pending' && dueAt <= now,
  );

/**
 * Stops the job when its canary has ended; the same job comes back while it has not. A job that is stopped for another
 * reason stays so: whoever resumes from that has not seen this, so whoever lifts it comes here again.
 */
export function endCanary(job: Job, counts: Counts, now: number): Job {
  if (!isRunning(job) || job.canary === undefined || job.stop !== undefined) return job;
  const { pending, sending, ...ended } = counts;
  // The resets behind the canary are all pending, so what has ended is of the canary.
  if (sumOf(counts) - pending - sending < job.canary.resets) return job;
  const told = Object.entries(ended)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');
  const message =
    `pauseAfter: the first ${job.canary.resets} of ${job.total} resets have ended: ${told}. Look at the results, ` +
    `then go on with POST /api/jobs/${job.id}/resume, or cancel the rest with POST /api/jobs/${job.id}/cancel.`;
  return stop({ ...job, canary: { ...job.canary, isOver: true } }, { code: CANARY_ENDED, message }, now);
}
