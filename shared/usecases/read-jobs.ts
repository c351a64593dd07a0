/** What there is to read of jobs: one, a page of them, their resets. */
import { JOB_ID_TIME_CHARS, type JobId } from '../domain/ids.ts';
import { stopOf } from '../domain/job-stops.ts';
import { PRIORITY_MAX_RESETS, type Job } from '../domain/job.ts';
import { problem } from '../domain/problem.ts';
import type { Redemption, ResetRecord, ResetStatus } from '../domain/reset.ts';
import type { Deps } from './deps.ts';
import { endIfLate } from './end-late-job.ts';
import { finishCommit } from './finish-commit.ts';
import { readProgress, type JobProgress } from './progress.ts';
import { pageOfVisible } from './visible-page.ts';

export type ReadDeps = Pick<Deps, 'jobs' | 'chunks' | 'idempotency' | 'queue' | 'clock' | 'log'>;

/**
 * A committed job with its counts. Tries that are still being received are nobody's job yet, and one that is being
 * deleted no longer. A job whose key is committed is one, even if its row does not say so yet: it may have been
 * promised to somebody.
 */
export async function readJob(deps: ReadDeps, id: JobId): Promise<JobProgress | undefined> {
  const stored = await deps.jobs.read(id);
  const read = stored?.value.status === 'receiving' ? await finishCommit(deps, stored) : stored;
  return read === undefined || read.value.deletion !== undefined
    ? undefined
    : readProgress(deps, { ...read, value: await endIfLate(deps, read.value) });
}

/** Resets that are shown within their job. */
export async function inlineResets(deps: ReadDeps, job: Job): Promise<ResetRecord[] | undefined> {
  if (job.total > PRIORITY_MAX_RESETS) return undefined;
  return collect(allResets(deps, job.id, {}));
}

/**
 * Jobs newest first, those that may be seen. `next` is where to go on after, when there may be more: a job of the page,
 * or a time.
 */
export async function listJobs(
  deps: ReadDeps,
  after: string | undefined,
  size: number,
  isVisible: (job: Job) => boolean = () => true,
): Promise<{ readonly jobs: JobProgress[]; readonly next?: string }> {
  const list = {
    read: async (from: string | undefined, count: number) => deps.jobs.page(from, count),
    keyOf: ({ id }: Job) => id,
    timeChars: JOB_ID_TIME_CHARS,
    show: async (job: Job) => (isVisible(job) ? readJob(deps, job.id) : undefined),
  };
  const { shown, next } = await pageOfVisible(list, after, size);
  return { jobs: shown, ...(next !== undefined && { next }) };
}

export interface ResetFilter {
  readonly status?: ResetStatus;
  readonly redemption?: Redemption;
  /** Where to begin: the chunk, and the first row in it. */
  readonly from?: ResetPosition;
}

export interface ResetPosition {
  readonly chunk: number;
  readonly row: number;
}

export interface PlacedReset {
  readonly record: ResetRecord;
  readonly position: ResetPosition;
}

/** Resets in the order of their rows, read a page of chunks at a time. */
export async function* placedResets(
  deps: Pick<ReadDeps, 'chunks'>,
  id: JobId,
  { status, redemption, from }: ResetFilter,
): AsyncGenerator<PlacedReset> {
  const isWanted = (record: ResetRecord): boolean =>
    (status === undefined || record.status === status) &&
    (redemption === undefined || record.redemption === redemption);
  for await (const chunk of deps.chunks.from(id, from?.chunk ?? 0)) {
    for (const record of chunk.resets) {
      const { row } = record.request;
      if (row >= (from?.row ?? 0) && isWanted(record)) yield { record, position: { chunk: chunk.index, row } };
    }
  }
}

/** What was read of a job may lack some of it. */
export class JobGone extends Error {
  override readonly name = 'JobGone';
}

export const JOB_NOT_FOUND = problem(
  'jobNotFound',
  'No job has this id, or it is not yours to see. GET /api/jobs lists those you may see.',
);

/**
 * To be asked after the last chunk was read: the wish to delete is written before the first one goes.
 * @throws JobGone
 */
async function expectKept({ jobs }: Pick<Deps, 'jobs'>, id: JobId): Promise<void> {
  const read = await jobs.read(id);
  if (read === undefined || read.value.deletion !== undefined) throw new JobGone(`job ${id} is being deleted`);
}

/** @throws JobGone at the end, where the job is no longer whole */
export async function* allResets(
  deps: Pick<ReadDeps, 'chunks' | 'jobs'>,
  id: JobId,
  filter: ResetFilter,
): AsyncGenerator<ResetRecord> {
  for await (const { record } of placedResets(deps, id, filter)) yield record;
  await expectKept(deps, id);
}

/**
 * A page of resets, and where the next one begins.
 * @throws JobGone
 */
export async function pageResets(
  deps: ReadDeps,
  id: JobId,
  filter: ResetFilter,
  size: number,
): Promise<{ readonly resets: ResetRecord[]; readonly next?: ResetPosition }> {
  const resets: ResetRecord[] = [];
  let next: ResetPosition | undefined;
  for await (const { record, position } of placedResets(deps, id, filter)) {
    if (resets.length === size) {
      next = position;
      break;
    }
    resets.push(record);
  }
  await expectKept(deps, id);
  return { resets, ...(next !== undefined && { next }) };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Waits until the job has ended, at most so long; or until it is stopped, and nobody tries whether it may go on. */
export async function waitForEnd(
  deps: ReadDeps & Pick<Deps, 'control'>,
  id: JobId,
  seconds: number,
): Promise<JobProgress | undefined> {
  const until = deps.clock.monotonic() + seconds * 1000;
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 1.5, 1_000)) {
    const progress = await readJob(deps, id);
    if (progress === undefined || progress.job.endedAt !== undefined || deps.clock.monotonic() + waitMs > until)
      return progress;
    const stop = stopOf(progress.job, (await deps.control.read()).gate);
    if (stop !== undefined && stop.trial === undefined) return progress;
    await deps.clock.sleep(waitMs);
  }
}
