/** What there is to read of jobs: one, a page of them, their resets. */
import type { Chunk } from '../../domain/chunk/chunk.ts';
import { JOB_ID_TIME_CHARS, jobIdTime, type JobId } from '../../domain/ids.ts';
import { shownStatus, stopOf } from '../../domain/job/job-stops.ts';
import { isEndedJob, type Job, type JobStatus } from '../../domain/job/job.ts';
import { PRIORITY_MAX_RESETS } from '../../domain/job/lane.ts';
import { problem } from '../../domain/api/problem.ts';
import type { ResetCode } from '../../domain/reset/codes.ts';
import type { Redemption, ResetRecord, ResetStatus } from '../../domain/reset/reset.ts';
import type { Deps } from '../deps.ts';
import { endIfLate } from './cancel-late-job.ts';
import { finishCommit } from '../submit/finish-commit.ts';
import { readProgress, type JobProgress } from './progress-and-close.ts';
import { pageOfVisible } from './visible-page.ts';

export type ReadDeps = Pick<
  Deps,
  'jobs' | 'chunks' | 'control' | 'idempotency' | 'queue' | 'clock' | 'audit' | 'log' | 'measure'
>;

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

/** Which jobs are listed; times are milliseconds since the epoch. */
export interface JobFilter {
  /** As they are shown. */
  readonly statuses?: readonly JobStatus[] | undefined;
  readonly dryRun?: boolean | undefined;
  readonly createdAfter?: number | undefined;
  readonly createdBefore?: number | undefined;
  /** In any case, as object ids are compared. */
  readonly submittedBy?: string | undefined;
  /** What else decides, such as who may see it; asked before anything is read of the job's resets. */
  readonly isVisible?: (job: Job) => boolean | Promise<boolean>;
}

/** A job's id tells when it was made, up to this much earlier than its row. */
const ID_IS_EARLIER_MS = 60_000;

/**
 * Jobs newest first, those that are asked for. `next` is where to go on after, when there may be more: a job of the
 * page, or a time.
 */
export async function listJobs(
  deps: ReadDeps,
  after: string | undefined,
  size: number,
  filter: JobFilter = {},
): Promise<{ readonly jobs: JobProgress[]; readonly next?: string }> {
  const { createdAfter = 0, createdBefore, statuses } = filter;
  const { gate } = await deps.control.read();
  const hasStatus = (job: Job): boolean => statuses?.includes(shownStatus(job, gate)) ?? true;
  const list = {
    read: async (from: string | undefined, count: number) => {
      const jobs = await deps.jobs.page(from, count);
      const tooOld = jobs.findIndex((job) => job.createdAt < createdAfter - ID_IS_EARLIER_MS);
      return tooOld === -1 ? jobs : jobs.slice(0, tooOld);
    },
    keyOf: ({ id }: Job) => id,
    timeChars: JOB_ID_TIME_CHARS,
    async show(job: Job) {
      // The status of an ended job stays; only of others their resets must be read.
      if (!isAskedFor(job, filter) || (isEndedJob(job) && !hasStatus(job))) return undefined;
      if (filter.isVisible !== undefined && !(await filter.isVisible(job))) return undefined;
      const progress = await readJob(deps, job.id);
      return progress !== undefined && hasStatus(progress.job) ? progress : undefined;
    },
  };
  const begin = after ?? (createdBefore === undefined ? undefined : jobIdTime(createdBefore));
  const { shown, next } = await pageOfVisible(list, begin, size);
  return { jobs: shown, ...(next !== undefined && { next }) };
}

function isAskedFor(
  { createdAt, options, submitter }: Job,
  { dryRun, createdAfter = -Infinity, createdBefore = Infinity, submittedBy = submitter.id }: JobFilter,
): boolean {
  return (
    (dryRun === undefined || (options.dryRun === true) === dryRun) &&
    createdAt >= createdAfter &&
    createdAt < createdBefore &&
    submitter.id.toLowerCase() === submittedBy.toLowerCase()
  );
}

/** Which resets are taken, by what is known of them. */
export interface ResetFilter {
  readonly statuses?: readonly ResetStatus[] | undefined;
  readonly codes?: readonly ResetCode[] | undefined;
  readonly redemption?: Redemption | undefined;
  /** Where to begin: the chunk, and the first row in it. */
  readonly from?: ResetPosition | undefined;
}

export interface ResetPosition {
  readonly chunk: number;
  readonly row: number;
}

/** Of a chunk, those that are taken. */
function takenOf(chunk: Chunk, { statuses, codes, redemption, from }: ResetFilter): readonly ResetRecord[] {
  return chunk.resets.filter(
    ({ request, status, verdict, redemption: found }) =>
      request.row >= (from?.row ?? 0) &&
      (statuses?.includes(status) ?? true) &&
      (codes === undefined || codes.some((code) => code === verdict?.code)) &&
      (redemption === undefined || redemption === found),
  );
}

/** What was read of a job may lack some of it. */
export class JobGone extends Error {
  override readonly name = 'JobGone';
}

export const JOB_NOT_FOUND = problem(
  'jobNotFound',
  'No job has this id, or it is not yours to see. The list of jobs (GET /api/jobs) has those you may see.',
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
  for await (const chunk of deps.chunks.from(id, filter.from?.chunk ?? 0)) yield* takenOf(chunk, filter);
  await expectKept(deps, id);
}

/** Chunks that one page looks at: as many as a large answer of the tables has. */
const PAGE_MAX_CHUNKS = 1_000;

/**
 * A page of resets, and where the next one begins. Where few are taken it may have fewer than `size`, or none, and a
 * next one all the same.
 * @throws JobGone
 */
export async function pageResets(
  deps: ReadDeps,
  id: JobId,
  filter: ResetFilter,
  size: number,
  maxChunks = PAGE_MAX_CHUNKS,
): Promise<{ readonly resets: ResetRecord[]; readonly next?: ResetPosition }> {
  const resets: ResetRecord[] = [];
  let next: ResetPosition | undefined;
  let chunks = 0;
  for await (const chunk of deps.chunks.from(id, filter.from?.chunk ?? 0)) {
    const taken = chunks === maxChunks ? [] : takenOf(chunk, filter);
    const left = taken[size - resets.length];
    resets.push(...taken.slice(0, size - resets.length));
    if (left !== undefined || chunks === maxChunks) next = { chunk: chunk.index, row: left?.request.row ?? 0 };
    if (next !== undefined) break;
    chunks++;
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
export async function waitForEnd(deps: ReadDeps, id: JobId, seconds: number): Promise<JobProgress | undefined> {
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
