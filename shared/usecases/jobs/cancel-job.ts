/**
 * Canceling a job: its resets that were not sent end as canceled, chunk by chunk. What is being sent is left to its
 * owner, and what is in doubt is still looked at.
 */
import type { Actor } from '../../domain/actions.ts';
import { cancelPending, cancelVerdict, awaitsFirstCancelStep } from '../../domain/job/cancel.ts';
import { hasLiveAttempt, hasWork, type Chunk } from '../../domain/chunk/chunk.ts';
import type { JobId } from '../../domain/ids.ts';
import type { CancelCode, Job } from '../../domain/job/job.ts';
import { cancelMoved, requestCancel } from '../../domain/job/changes.ts';
import { changeJob } from '../change-job.ts';
import type { Deps } from '../deps.ts';
import { wakeOf } from '../../domain/job/wake-of.ts';
import { writeChunk } from '../write-chunk.ts';
import { closeIfDone } from './progress-and-close.ts';
import { stepThroughChunks } from './step-through-chunks.ts';
import { wakeTrialOf } from '../stops/wake-trial.ts';

export type CancelDeps = Pick<Deps, 'jobs' | 'chunks' | 'queue' | 'clock' | 'audit' | 'log' | 'measure'>;

/** Chunks of one message, and how many of them at the same time. */
const CHUNKS_AT_ONCE = 200;
const GROUP = 20;

/**
 * Begins to cancel, unless that was done or the job has ended. Asks for the first step until it is done: an answer or a
 * message may have been lost, and the same step done twice is harmless.
 * @param code why, where it is nobody's wish
 */
export async function cancelJob(deps: CancelDeps, id: JobId, by: Actor, code?: CancelCode): Promise<Job | undefined> {
  const job = await changeJob(deps, id, (current) => requestCancel(current, by, deps.clock.now(), code));
  if (job !== undefined && awaitsFirstCancelStep(job))
    await deps.queue.sendTask({ kind: 'cancel', jobId: id }, deps.clock.now());
  return job;
}

/** Cancels in the next chunks, and asks for its own next run. Two at once are harmless. */
export async function continueCancel(deps: CancelDeps & Pick<Deps, 'control' | 'random'>, id: JobId): Promise<void> {
  const job = (await deps.jobs.read(id))?.value;
  if (job?.cancel === undefined || job.endedAt !== undefined) return;
  await wakeTrialOf(deps, job);
  const isLast = await stepThroughChunks(deps, job, {
    kind: 'cancel',
    cursorOf: ({ cancel }) => cancel,
    chunks: CHUNKS_AT_ONCE,
    atOnce: GROUP,
    visit: (index) => cancelChunk(deps, job, index),
    move: (current, { cursor }, to, now) => cancelMoved(current, cursor, to, now),
  });
  if (isLast) await closeIfDone(deps, id);
}

/** A chunk that is being sent, or that somebody changes meanwhile, is canceled by its own next visit. */
async function cancelChunk(deps: CancelDeps, job: Job, index: number): Promise<void> {
  const { chunks, queue, clock } = deps;
  const read = await chunks.read(job.id, index);
  if (read === undefined || hasLiveAttempt(read.value, clock.now())) return;
  const canceled: Chunk = cancelPending(read.value, clock.now(), cancelVerdict(job));
  if (canceled === read.value || (await writeChunk(deps, job, read, canceled)) === 'changed') return;
  if (hasWork(canceled))
    await queue.sendWakes(job.lane, [{ wake: wakeOf(job, index, canceled.wake), at: canceled.dueAt }]);
}
