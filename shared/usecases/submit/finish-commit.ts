/**
 * The end of a commit that whoever received the job did not come to: the key names the try, so it is a job. Anybody may
 * do it.
 */
import { commit, retried } from '../../domain/job/changes.ts';
import type { Job } from '../../domain/job/job.ts';
import { AWAITING_APPROVAL } from '../../domain/stops/stop.ts';
import { writeJobAudit } from '../audit/write-audit.ts';
import { changeJob, type ChangeJobDeps } from '../change-job.ts';
import type { Deps } from '../deps.ts';
import type { IdempotencyEntry, Versioned } from '../ports.ts';

type CommitDeps = Pick<Deps, 'jobs' | 'idempotency' | 'queue' | 'clock' | 'audit' | 'log'>;

/** @returns the job; undefined while its try is not decided, or was lost to another */
export async function finishCommit(deps: CommitDeps, read: Versioned<Job>): Promise<Versioned<Job> | undefined> {
  const { caller, key } = read.value.idempotency;
  const entry = await deps.idempotency.read(caller, key);
  return isDecided(entry?.value, read.value) ? finishDecided(deps, read) : undefined;
}

/** Whether the key's entry says that this try is the job. */
export function isDecided(entry: IdempotencyEntry | undefined, { id }: Job): boolean {
  return entry?.state === 'committed' && entry.jobId === id;
}

/**
 * What a decided try has told before its row says that it is a job: to the job that it retries, to the audit, and to
 * the log where somebody must approve it. So whoever dies here leaves that to the next, who does the same. A failure of
 * the audit costs nobody the job: reconcile writes what is missing.
 * @returns the job as it must be written
 */
export async function announced(deps: ChangeJobDeps, job: Job): Promise<Job> {
  const source = job.retryOf === undefined ? undefined : await deps.jobs.peek(job.retryOf);
  if (source !== undefined && source !== 'unreadable')
    await changeJob(deps, source.id, (current) => retried(current, job));
  if (job.stop?.code === AWAITING_APPROVAL) deps.log.info('jobHeld', { jobId: job.id, resets: job.total });
  return writeJobAudit(deps, job).catch((error: unknown) => {
    deps.log.warn('auditPutOff', { jobId: job.id }, error);
    return job;
  });
}

/** As `finishCommit`, for whoever has seen that the try is decided. */
export async function finishDecided(
  deps: CommitDeps,
  { value: job, version }: Versioned<Job>,
): Promise<Versioned<Job> | undefined> {
  const written = await deps.jobs.replace(await announced(deps, commit(job, deps.clock.now())), version);
  if (written === 'changed') return deps.jobs.read(job.id);
  deps.log.warn('commitFinished', { jobId: job.id });
  // Failing that, the timer dispatches.
  await deps.queue
    .sendTask({ kind: 'dispatch' }, deps.clock.now())
    .catch((error: unknown) => deps.log.warn('dispatchPutOff', { jobId: job.id }, error));
  return written;
}
