/**
 * How an ended job is deleted. Nobody is shown a job that has a deletion.
 *
 * | from      | to        | by               | reason |
 * |-----------|-----------|------------------|--------|
 * | kept      | stripping | `beginToStrip`   | somebody's wish |
 * | stripping | stripped  | `stripped`       | of every chunk only what histories of guests keep is left |
 * | kept, stripped | removing | `beginToRemove` | the job ended longer ago than jobs are kept: all of it goes |
 *
 * Times are milliseconds since the epoch.
 */
import { SERVICE, withAction, withoutNames, type Actor } from '../actions.ts';
import type { Chunk } from '../chunk/chunk.ts';
import { isEndedJob, type Deletion, type Job } from './job.ts';
import type { ResetRecord } from '../reset/reset.ts';

/** The deletion whose steps over the chunks are under way. */
export function deletionUnderWay({ deletion }: Job): Exclude<Deletion, { kind: 'stripped' }> | undefined {
  return deletion?.kind === 'stripped' ? undefined : deletion;
}

export function beginToStrip(job: Job, by: Actor, now: number): Job {
  if (!isEndedJob(job) || job.deletion !== undefined) return job;
  const stripping: Job = { ...job, deletion: { kind: 'stripping', cursor: 0, movedAt: now } };
  return withAction(stripping, { action: 'deleted', at: now, by });
}

/** The code of what the service deletes by itself. */
export const RETENTION = 'retention';

/** @param keptSince a job that ended before then goes; unless it is being stripped, and goes after that */
export function beginToRemove(job: Job, keptSince: number, now: number): Job {
  const isOld = job.endedAt !== undefined && job.endedAt < keptSince;
  if (!isOld || deletionUnderWay(job) !== undefined) return job;
  const removing: Job = { ...job, deletion: { kind: 'removing', movedAt: now } };
  return withAction(removing, { action: 'deleted', at: now, by: SERVICE, code: RETENTION });
}

/** Whether a job only rehearses. Undefined of one that an older build has stripped: that did not keep it. */
export function isRehearsal({ options: { dryRun }, deletion, actions }: Job): boolean | undefined {
  const wasWished = actions?.list.some(({ action, by }) => action === 'deleted' && by.id !== SERVICE.id) === true;
  const isStripped = deletion?.kind === 'stripped' || (deletion?.kind === 'removing' && wasWished);
  return dryRun ?? (isStripped ? undefined : false);
}

/** Moves the cursor on over some chunks, once. */
export function stripMoved(job: Job, from: number, to: number, now: number): Job {
  return job.deletion?.kind === 'stripping' && job.deletion.cursor === from
    ? { ...job, deletion: { kind: 'stripping', cursor: to, movedAt: now } }
    : job;
}

/**
 * The job once its chunks are stripped: whose it was and why, what was done to it, when, and its key. The name of a
 * caller may be an address.
 */
export function stripped(job: Job): Job {
  if (job.deletion?.kind !== 'stripping') return job;
  const { id, status, lane, createdAt, committedAt, startedAt, endedAt, retryOf, options, submitter, idempotency } =
    job;
  const { actions, approval } = job;
  return {
    id,
    status,
    lane,
    createdAt,
    ...(committedAt !== undefined && { committedAt }),
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
    ...(retryOf !== undefined && { retryOf }),
    submitter: { id: submitter.id },
    options: {
      ...(options.reason !== undefined && { reason: options.reason }),
      dryRun: options.dryRun === true,
      skipIfResetWithinHours: options.skipIfResetWithinHours,
      defaults: {},
    },
    warnings: [],
    total: job.total,
    chunkCount: job.chunkCount,
    cursor: job.cursor,
    snapshot: job.snapshot,
    idempotency,
    ...(approval !== undefined && { approval: { by: { id: approval.by.id }, at: approval.at } }),
    ...(actions !== undefined && { actions: withoutNames(actions) }),
    deletion: { kind: 'stripped' },
  };
}

/** @returns undefined where nothing of it is kept; stripping once more changes nothing */
export function strippedChunk({ jobId, index, wake, dueAt, resets }: Chunk): Chunk | undefined {
  const kept = resets.flatMap((record) => strippedReset(record) ?? []);
  return kept.length === 0 ? undefined : { jobId, index, wake, dueAt, resets: kept };
}

/**
 * What the guest's history keeps of a reset: which guest, what became of it and when, and the submitter's reference.
 * Names and addresses are in none of that, unless a submitter has written them into the reference.
 * @returns undefined for a reset that was never tried: no history tells of it
 */
export function strippedReset(record: ResetRecord): ResetRecord | undefined {
  const { request, status, dueAt, attempts, guestId, startedAt, endedAt, verdict } = record;
  if (guestId === undefined || startedAt === undefined) return undefined;
  return {
    request: {
      row: request.row,
      selector: { by: 'id', value: guestId },
      ...(request.reference !== undefined && { reference: request.reference }),
    },
    status,
    dueAt,
    attempts,
    guestId,
    startedAt,
    ...(endedAt !== undefined && { endedAt }),
    ...(verdict !== undefined && { verdict: { code: verdict.code, message: '' } }),
  };
}
