/**
 * Every change of a job's status, each with its reason. The only code that moves a job on.
 *
 * | from       | to         | by        | reason |
 * |------------|------------|-----------|--------|
 * | receiving  | queued     | `commit`  | the idempotency row names this try: it is a job now |
 * | queued     | inProgress | `advance` | dispatch has sent its first wakes |
 * | queued, inProgress | canceling | `requestCancel` | somebody's wish, or `notAfter` has passed: nothing more is
 * dispatched |
 * | queued, inProgress, canceling | an end | `progressed` | every reset has ended |
 *
 * `paused` is not stored: a job shows it while the tenant's gate is shut, or it is stopped itself, as `progressed` does
 * when its canary has ended.
 */
import { SERVICE, withAction, type Actor } from '../actions.ts';
import { newCheck } from '../reset/redemption.ts';
import { endStatus, type Progress } from './progress.ts';
import { isEndedJob, type CancelCode, type CsvSeparator, type Job, type JobOptions } from './job.ts';
import { laneOf } from './lane.ts';
import { endCanary } from './canary.ts';
import type { JobWarning } from '../reset/warnings.ts';
import { joinWaits, waitsWithin, type Wait } from '../waits.ts';

/** What is known of a submission once its whole body was read. */
export interface SubmissionSummary {
  readonly options: JobOptions;
  /** Names of the CSV's columns in their order, `result.*` left out; absent for JSON and NDJSON. */
  readonly columns?: readonly string[];
  /** Of the CSV. */
  readonly separator?: CsvSeparator;
  /** Things worth knowing that stop nothing: unknown columns, for one. */
  readonly warnings: readonly JobWarning[];
  readonly total: number;
}

/** What a try must write into its row before the commit, so that anyone can finish the commit after a crash. */
export function received(job: Job, summary: SubmissionSummary, chunkCount: number): Job {
  const { options, columns, separator, warnings, total } = summary;
  return {
    ...job,
    options,
    warnings,
    total,
    chunkCount,
    lane: laneOf(total),
    ...(columns !== undefined && { columns }),
    ...(separator !== undefined && { separator }),
  };
}

/**
 * With who submitted it, and why; the first of its actions, and the same whoever finishes the commit. Then the stop of
 * one that awaits approval.
 */
export function commit(job: Job, now: number): Job {
  if (job.status !== 'receiving') return job;
  const { options, stop } = job;
  const submitted = withAction(
    { ...job, status: 'queued' as const, committedAt: now },
    {
      action: 'submitted',
      at: job.createdAt,
      by: job.submitter,
      ...(options.reason !== undefined && { reason: options.reason }),
    },
  );
  return stop === undefined
    ? submitted
    : withAction(submitted, { action: 'stopped', at: stop.since, by: SERVICE, code: stop.code });
}

/** Moves the dispatch cursor, forward only. */
export function advance(job: Job, cursor: number, lastSlotAt: number, now: number): Job {
  if (isEndedJob(job) || job.cancel !== undefined || cursor <= job.cursor) return job;
  return { ...job, cursor, lastSlotAt, status: 'inProgress', startedAt: job.startedAt ?? now };
}

/**
 * Takes a newer snapshot over, stops the job when its canary has ended, closes it when everything has. The same job
 * comes back when nothing changed.
 */
export function progressed(job: Job, progress: Progress, now: number): Job {
  if (isEndedJob(job)) return job;
  const moved = progress.snapshot.upTo > job.snapshot.upTo ? { ...job, snapshot: progress.snapshot } : job;
  if (!progress.allEnded || job.status === 'receiving') return endCanary(moved, progress.counts, now);
  const verifying = progress.counts.succeeded > 0 && job.options.verify !== false && job.options.dryRun !== true;
  return {
    ...moved,
    status: endStatus(progress.counts),
    endedAt: now,
    ...(verifying && { verifying }),
  };
}

/** The job keeps those times of the tenant that were its own. */
export function keepWaits(job: Job, waits: readonly Wait[] | undefined, now: number): Job {
  const own = joinWaits(job.waits, waitsWithin(waits, job.startedAt ?? job.createdAt, job.endedAt ?? now));
  return own.length === 0 ? job : { ...job, waits: own };
}

/** No success has to be looked at any more. */
export function verified(job: Job): Job {
  if (job.verifying === undefined) return job;
  const { verifying: _over, ...rest } = job;
  return rest;
}

/** @param code why, where it is nobody's wish, but the service's own */
export function requestCancel(job: Job, by: Actor, now: number, code?: CancelCode): Job {
  if (isEndedJob(job) || job.cancel !== undefined || job.status === 'receiving') return job;
  const why = code !== undefined && { code };
  return withAction(
    {
      ...job,
      status: 'canceling',
      cancel: {
        requestedAt: now,
        by: code === undefined ? (by.name ?? by.id) : 'notAfter',
        ...why,
        cursor: 0,
        movedAt: now,
      },
    },
    { action: 'canceled', at: now, by, ...why },
  );
}

/** Begins to look who has redeemed, unless somebody's look is on its way. */
export function requestCheck(job: Job, by: Actor, now: number): Job {
  const isChecking = job.check !== undefined && job.check.endedAt === undefined;
  if (!isEndedJob(job) || job.deletion !== undefined || isChecking) return job;
  return withAction({ ...job, check: newCheck(now) }, { action: 'checked', at: now, by });
}

/** Notes that a new job tries once more what did not succeed. By a rehearsal nothing is tried, nor done to the job. */
export function retried(job: Job, { id, createdAt, submitter, options }: Job): Job {
  if (job.deletion !== undefined || options.dryRun === true) return job;
  return withAction(job, { action: 'retried', at: createdAt, by: submitter, newJobId: id });
}

/** Moves the cancel on over some chunks, once; at the last one every chunk counts as dispatched. */
export function cancelMoved(job: Job, from: number, to: number, now: number): Job {
  if (job.cancel === undefined || job.cancel.cursor !== from || isEndedJob(job)) return job;
  return {
    ...job,
    cancel: { ...job.cancel, cursor: to, movedAt: now },
    ...(to === job.chunkCount && { cursor: job.chunkCount }),
  };
}
