/**
 * Work on every chunk of a job, some of them with each message of the dispatch queue. The job's row has a cursor: it
 * moves on after the chunks before it were visited, and then the next message is sent. A lost message is asked for
 * again by reconcile. A step may be made twice, and two may be made at once: so visits do no harm twice, and whoever
 * finds the cursor elsewhere sends nothing.
 */
import type { Job } from '../../domain/job/job.ts';
import { changeJob, type ChangeJobDeps } from '../change-job.ts';
import type { Deps } from '../deps.ts';

/** Where such work stands: chunks before `cursor` were visited; when that was written. */
export interface StepCursor {
  readonly cursor: number;
  readonly movedAt: number;
}

export interface StepOf {
  readonly kind: 'cancel' | 'check' | 'delete';
  readonly cursorOf: (job: Job) => StepCursor | undefined;
  /** Chunks of one step, and how many of them at the same time; default: one after another. */
  readonly chunks: number;
  readonly atOnce?: number;
  /** @returns `stop` to end the step before this chunk */
  readonly visit: (index: number) => Promise<'stop' | void>;
  /** The job with the cursor moved on; the same where it is not at `from` any more. */
  readonly move: (job: Job, from: StepCursor, to: number, now: number) => Job;
  /**
   * Whether nobody else goes on than whoever has moved the cursor: the steps cost something, and if that one dies
   * reconcile asks for the next. Else two of the same step both do, for one of them may die.
   */
  readonly moverOnly?: boolean;
  /** When the next step is made, after so many chunks of this one; default: at once. */
  readonly nextAt?: (visited: number) => number;
}

/** @returns whether no chunk is left */
export async function stepThroughChunks(
  deps: ChangeJobDeps & Pick<Deps, 'queue' | 'clock'>,
  job: Job,
  { kind, cursorOf, chunks, atOnce = 1, visit, move, moverOnly = false, nextAt = () => deps.clock.now() }: StepOf,
): Promise<boolean> {
  const from = cursorOf(job);
  if (from === undefined) return false;
  const end = Math.min(from.cursor + chunks, job.chunkCount);
  let to = from.cursor;
  while (to < end) {
    const start = to;
    const indexes = Array.from({ length: Math.min(atOnce, end - start) }, (_, position) => start + position);
    if ((await Promise.all(indexes.map(visit))).includes('stop')) break;
    to += indexes.length;
  }
  const now = deps.clock.now();
  const moved = await changeJob(deps, job.id, (current) => move(current, from, to, now));
  if (to >= job.chunkCount) return true;
  const found = moved && cursorOf(moved);
  if (found?.cursor === to && (!moverOnly || found.movedAt === now))
    await deps.queue.sendTask({ kind, jobId: job.id }, nextAt(to - from.cursor));
  return false;
}
