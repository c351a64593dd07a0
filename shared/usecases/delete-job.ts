/**
 * Deleting an ended job with all that is known of it, in bounded steps. From the wish on nobody sees it; a crash leaves
 * work for the next step. What stays for a while is that a guest was reset, so that nobody is reset again too soon.
 */
import { claimAfterDelete } from '../domain/claim.ts';
import type { Chunk } from '../domain/chunk.ts';
import type { JobId } from '../domain/ids.ts';
import { isEndedJob, type Job } from '../domain/job.ts';
import type { ResetRecord } from '../domain/reset.ts';
import { changeJob } from './change-job.ts';
import type { Deps } from './deps.ts';

type DeleteDeps = Pick<Deps, 'jobs' | 'chunks' | 'guests' | 'idempotency' | 'queue' | 'clock' | 'policy' | 'log'>;

/** Chunks of one step. */
const CHUNKS_AT_ONCE = 20;
/** Old jobs that one run begins to delete. */
const JOBS_AT_ONCE = 5;

/** Begins to delete. A job that has not ended stays. @returns whether it is being deleted */
export async function deleteJob(deps: DeleteDeps, id: JobId): Promise<boolean> {
  let isNew = false;
  const job = await changeJob(deps, id, (current) => {
    isNew = isEndedJob(current) && current.deleting === undefined;
    return isNew ? { ...current, deleting: { movedAt: deps.clock.now() } } : current;
  });
  if (isNew) await deps.queue.sendErrand({ kind: 'delete', jobId: id }, deps.clock.now());
  return job?.deleting !== undefined;
}

/** Deletes the next chunks, each after what refers to it; the key and the job's own row last. */
export async function continueDelete(deps: DeleteDeps, id: JobId): Promise<void> {
  const job = (await deps.jobs.read(id))?.value;
  if (job?.deleting === undefined) return;
  let deleted = 0;
  for await (const chunk of deps.chunks.from(id, 0)) {
    await forgetChunk(deps, chunk);
    if (++deleted === CHUNKS_AT_ONCE) break;
  }
  if (deleted === CHUNKS_AT_ONCE) {
    await changeJob(deps, id, (current) =>
      current.deleting === undefined ? current : { ...current, deleting: { movedAt: deps.clock.now() } },
    );
    await deps.queue.sendErrand({ kind: 'delete', jobId: id }, deps.clock.now());
    return;
  }
  await forgetKey(deps, job);
  await deps.jobs.remove(id);
  deps.log.info('jobDeleted', { jobId: id });
}

/** What ended before then is no longer kept. */
const keptSince = ({ clock, policy }: DeleteDeps): number => clock.now() - policy.retentionDays * 86_400_000;

async function forgetChunk(deps: DeleteDeps, chunk: Chunk): Promise<void> {
  const { guests, chunks } = deps;
  const known = chunk.resets.flatMap((record) =>
    record.guestId === undefined ? [] : [{ record, guestId: record.guestId }],
  );
  await Promise.all(
    known.map(async ({ record, guestId }) => forgetReset(guests, chunk, record, guestId, keptSince(deps))),
  );
  await chunks.remove(chunk.jobId, chunk.index);
}

async function forgetReset(
  guests: Deps['guests'],
  chunk: Chunk,
  record: ResetRecord,
  guestId: string,
  keptSince: number,
): Promise<void> {
  const reference = { jobId: chunk.jobId, chunk: chunk.index, row: record.request.row };
  await guests.forget(guestId, reference);
  const current = await guests.current(guestId);
  if (current === undefined) return;
  const next = claimAfterDelete(current.value, reference, record, keptSince);
  // Whoever changes the claim meanwhile has read the chunk, or writes a claim of its own.
  if (next !== current.value) await guests.settle(guestId, next, current.version);
}

async function forgetKey({ idempotency }: DeleteDeps, { id, idempotency: { caller, key } }: Job): Promise<void> {
  const entry = await idempotency.read(caller, key);
  if (entry?.value.jobId === id) await idempotency.remove(caller, key, entry.version);
}

/** Begins to delete jobs that ended longer ago than they are kept. */
export async function deleteOldJobs(deps: DeleteDeps): Promise<void> {
  const since = keptSince(deps);
  let begun = 0;
  for await (const job of deps.jobs.createdBefore(since)) {
    if (job.endedAt === undefined || job.endedAt >= since || job.deleting !== undefined) continue;
    await deleteJob(deps, job.id);
    if (++begun >= JOBS_AT_ONCE) return;
  }
}
