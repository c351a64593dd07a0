/**
 * Who can be tried in a trial: what can say whether a stop may be lifted. Never a guest in doubt, of whom only a look
 * tells, some minutes later. Pure. Times are milliseconds since the epoch.
 */
import { behindCanary } from './canary.ts';
import { hasLiveAttempt, type Chunk } from '../chunk/chunk.ts';
import { isEndedJob, type Job } from './job.ts';
import { wasRefused } from './refusals.ts';
import { isInDoubt, type ResetRecord } from '../reset/reset.ts';

/** A dry run or a canceled job sends nothing, so it proves nothing. */
export function mayBeTried(job: Job, now: number): boolean {
  const { dryRun, notBefore = 0 } = job.options;
  const isJob = job.status !== 'receiving' && !isEndedJob(job) && job.cancel === undefined;
  return isJob && dryRun !== true && notBefore <= now;
}

/** Those who may be sent, now or later, unless the job is resumed after its canary. */
function candidates(job: Job, { resets }: Chunk): ResetRecord[] {
  const isBehindCanary = behindCanary(job);
  return resets.filter((record) => record.status === 'pending' && !isBehindCanary(record));
}

/**
 * 3: waits for something of its own, such as a look-up, another job or a retry, which says nothing of the stop. Who was
 * begun with and has no verdict waits because Graph asks to, as everybody then does.
 */
function rankOf({ dueAt, verdict, startedAt }: ResetRecord, now: number): 0 | 1 | 2 | 3 {
  if (dueAt > now && (startedAt === undefined || verdict !== undefined)) return 3;
  return wasRefused(verdict) ? 2 : startedAt === undefined ? 1 : 0;
}

/**
 * The guest of a trial: one whom Graph wants to wait, or who was begun with, rather than a fresh one; one who was
 * refused before only after those; one who waits for something else at last.
 */
export function guestToTry(job: Job, chunk: Chunk, now: number): ResetRecord | undefined {
  return candidates(job, chunk).toSorted((one, other) => rankOf(one, now) - rankOf(other, now))[0];
}

/** Whether the chunk's next visit tries somebody, or waits only because Graph asks to. */
export function canTryNow(job: Job, chunk: Chunk, now: number): boolean {
  const guest = guestToTry(job, chunk, now);
  return guest !== undefined && rankOf(guest, now) < 3;
}

/** Whether a trial of this chunk can still say anything: of somebody who is to be sent, or whose answer it has lost. */
export const canBeTried = (job: Job, chunk: Chunk, stoppedAt: number): boolean =>
  candidates(job, chunk).length > 0 || chunk.resets.some((record) => wasLostInTrial(record, stoppedAt));

/**
 * What is sent after a stop is sent in a trial; what is in doubt from before says nothing of the stop. Nor does an odd
 * answer, whatever the look at its guest finds.
 */
export const wasLostInTrial = (record: ResetRecord, stoppedAt: number): boolean =>
  isInDoubt(record) && record.oddAnswer === undefined && (record.sent?.at ?? 0) >= stoppedAt;

/**
 * Which of several chunks to try: the lowest, the earliest of those that have to wait.
 * @returns a rank, and when the wait is over
 */
export function preference(job: Job, chunk: Chunk, now: number): readonly [rank: number, waitsUntil: number] {
  const guest = guestToTry(job, chunk, now);
  if (guest === undefined) return [3, chunk.dueAt];
  const waitsUntil = Math.max(guest.dueAt, chunk.dueAt, chunk.quietUntil ?? 0);
  if (waitsUntil > now || hasLiveAttempt(chunk, now)) return [2, waitsUntil];
  return [wasRefused(guest.verdict) ? 1 : 0, 0];
}
