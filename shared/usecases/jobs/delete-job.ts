/**
 * Deleting an ended job, in bounded steps; a crash leaves work for the next one. From the wish on nobody sees the job.
 * By wish it is stripped of all but what the histories of its guests keep; by age that goes too. What stays longer is
 * that a guest was reset, so that nobody is reset again too soon.
 */
import { SERVICE } from '../../domain/actions.ts';
import { claimAfterDelete, withoutAddresses, type ResetReference } from '../../domain/claim/claim.ts';
import type { Chunk } from '../../domain/chunk/chunk.ts';
import {
  beginToRemove,
  beginToStrip,
  deletionUnderWay,
  stripMoved,
  stripped,
  strippedChunk,
} from '../../domain/job/deletion.ts';
import type { JobId } from '../../domain/ids.ts';
import type { Job } from '../../domain/job/job.ts';
import type { ResetRecord } from '../../domain/reset/reset.ts';
import { auditJob } from '../audit/write-audit.ts';
import { changeJob } from '../change-job.ts';
import { whileChanged } from '../change-row.ts';
import type { Deps } from '../deps.ts';
import { forgetContent } from '../submit/forget-content.ts';
import { stepThroughChunks } from './step-through-chunks.ts';

type DeleteDeps = Pick<
  Deps,
  'jobs' | 'chunks' | 'guests' | 'idempotency' | 'queue' | 'clock' | 'policy' | 'audit' | 'log'
>;

/** Chunks of one step. */
const CHUNKS_AT_ONCE = 20;
/** Old jobs that one run begins to delete. */
const JOBS_AT_ONCE = 5;

/** Begins to delete. A job that has not ended stays. @returns whether it is being deleted */
export async function deleteJob(deps: DeleteDeps, id: JobId, by = SERVICE): Promise<boolean> {
  return beginDeletion(deps, id, (job) => beginToStrip(job, by, deps.clock.now()));
}

async function beginDeletion(deps: DeleteDeps, id: JobId, begin: (job: Job) => Job): Promise<boolean> {
  const job = await changeJob(deps, id, begin);
  if (job !== undefined && deletionUnderWay(job) !== undefined) await askForNextStep(deps, id);
  return job?.deletion !== undefined;
}

const askForNextStep = ({ queue, clock }: DeleteDeps, id: JobId): Promise<void> =>
  queue.sendTask({ kind: 'delete', jobId: id }, clock.now());

/** The next step of the deletion that is under way. Two at once are harmless. */
export async function continueDelete(deps: DeleteDeps, id: JobId): Promise<void> {
  const job = (await deps.jobs.read(id))?.value;
  const deletion = job && deletionUnderWay(job);
  if (job === undefined || deletion === undefined) return;
  // What was done to it outlives it. At the end it has no names any more, and then no row.
  await auditJob(deps, job);
  if (deletion.kind === 'stripping') await stripChunks(deps, job);
  else await removeChunks(deps, job);
}

/**
 * Strips the next chunks; the job's own row is the last that still has addresses. The key stays: who repeats the
 * request must not have it done once more.
 */
async function stripChunks(deps: DeleteDeps, job: Job): Promise<void> {
  const isLast = await stepThroughChunks(deps, job, {
    kind: 'delete',
    cursorOf: ({ deletion }) => (deletion?.kind === 'stripping' ? deletion : undefined),
    chunks: CHUNKS_AT_ONCE,
    visit: (index) => stripChunk(deps, job.id, index),
    move: (current, { cursor }, to, now) =>
      to < current.chunkCount ? stripMoved(current, cursor, to, now) : stripped(current),
  });
  if (!isLast) return;
  await forgetContent(deps, job);
  deps.log.info('jobDeleted', { jobId: job.id });
}

/** Claims first: without the chunk nobody would know of whom. */
function stripChunk({ chunks, guests }: DeleteDeps, id: JobId, index: number): Promise<void> {
  return whileChanged(`chunk ${index} of job ${id}`, async () => {
    const read = await chunks.read(id, index);
    if (read === undefined) return;
    await Promise.all(
      tried(read.value).map(async ({ guestId, reference }) => {
        const current = await guests.current(guestId);
        if (current === undefined) return;
        const next = withoutAddresses(current.value, reference);
        if (next !== current.value) await guests.settle(guestId, next, current.version);
      }),
    );
    const kept = strippedChunk(read.value);
    if (kept === undefined) return chunks.remove(id, index);
    if ((await chunks.replace(kept, read.version)) === 'changed') return 'changed';
  });
}

/** Removes the next chunks, each after what refers to it; the key and the job's own row last. */
async function removeChunks(deps: DeleteDeps, job: Job): Promise<void> {
  let removed = 0;
  for await (const chunk of deps.chunks.from(job.id, 0)) {
    await Promise.all(tried(chunk).map(async (reset) => forgetReset(deps, reset)));
    await deps.chunks.remove(job.id, chunk.index);
    if (++removed === CHUNKS_AT_ONCE) break;
  }
  if (removed === CHUNKS_AT_ONCE) {
    await changeJob(deps, job.id, (current) => ({
      ...current,
      deletion: { kind: 'removing', movedAt: deps.clock.now() },
    }));
    return askForNextStep(deps, job.id);
  }
  await forgetContent(deps, job);
  await forgetKey(deps, job);
  await deps.jobs.remove(job.id);
  deps.log.info('jobRemoved', { jobId: job.id });
}

interface TriedReset {
  readonly guestId: string;
  readonly reference: ResetReference;
  readonly record: ResetRecord;
}

/** The resets that rows of guests may refer to. */
const tried = ({ jobId, index, resets }: Chunk): TriedReset[] =>
  resets.flatMap((record) =>
    record.guestId === undefined
      ? []
      : [{ guestId: record.guestId, reference: { jobId, chunk: index, row: record.request.row }, record }],
  );

async function forgetReset(deps: DeleteDeps, { guestId, reference, record }: TriedReset): Promise<void> {
  const { guests } = deps;
  await guests.forget(guestId, reference);
  const current = await guests.current(guestId);
  if (current === undefined) return;
  const next = claimAfterDelete(current.value, reference, record, keptSince(deps));
  // Whoever changes the claim meanwhile has read the chunk, or writes a claim of its own.
  if (next !== current.value) await guests.settle(guestId, next, current.version);
}

async function forgetKey({ idempotency }: DeleteDeps, { id, idempotency: { caller, key } }: Job): Promise<void> {
  const entry = await idempotency.read(caller, key);
  if (entry?.value.jobId === id) await idempotency.remove(caller, key, entry.version);
}

/** What ended before then is no longer kept. */
const keptSince = ({ clock, policy }: DeleteDeps): number => clock.now() - policy.retentionDays * 86_400_000;

/** Begins to remove jobs that ended longer ago than they are kept, and what is left of those that were deleted. */
export async function removeOldJobs(deps: DeleteDeps): Promise<void> {
  const since = keptSince(deps);
  const begin = (job: Job): Job => beginToRemove(job, since, deps.clock.now());
  let begun = 0;
  for await (const job of deps.jobs.createdBefore(since)) {
    if (begin(job) === job) continue;
    await beginDeletion(deps, job.id, begin);
    if (++begun >= JOBS_AT_ONCE) return;
  }
}
