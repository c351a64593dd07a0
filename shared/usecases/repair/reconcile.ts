/** Repairs what a crash left behind. Never decides an outcome. Safe to run twice at once, bounded in each run. */
import type { Job } from '../../domain/job/job.ts';
import type { Lane } from '../../domain/job/lane.ts';
import { stopOf } from '../../domain/job/job-stops.ts';
import type { Stoppable } from '../../domain/stops/stop.ts';
import { LOST_AFTER_MS } from '../../domain/chunk/wake.ts';
import type { Deps } from '../deps.ts';
import { removeOldJobs } from '../jobs/delete-job.ts';
import { dispatch } from '../dispatch.ts';
import { finishDecided, isDecided } from '../submit/finish-commit.ts';
import type { LogFields, Versioned } from '../ports.ts';
import { readProgress } from '../jobs/progress-and-close.ts';
import { repeatLostErasures } from '../erasure/erase-guest.ts';
import { keepAudit } from './keep-audit.ts';
import { repeatLostSteps } from './repeat-lost-steps.ts';
import { startTrial, type Scope } from '../stops/trial.ts';
import { wakeForgotten, wakeUnverified } from './wake-forgotten.ts';

/** A try that has not committed by now never will: the submitter stops itself much earlier. */
const EXPIRED_TRY_MS = 15 * 60_000;
const MAX_REPAIRS = 100;
/** Most of them have nothing left to look at, and are asked once. */
const MAX_VERIFYING_JOBS = 500;

/**
 * One run: finish commits, drop expired tries, wake what was forgotten, close jobs, delete old ones, keep the audit,
 * dispatch. A step that fails, or a job that cannot be repaired, keeps no other from it; the failures are thrown at
 * the end. The line `heartbeat` tells alerts that the timer runs, and whether there is anything to wait for.
 */
export async function reconcile(deps: Deps): Promise<void> {
  const { gate } = await deps.control.read();
  const failures: unknown[] = [];
  const attempt = (what: LogFields, work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => {
      failures.push(error);
      deps.log.error('repairFailed', what, error);
    });
  await attempt({ step: 'restartTrial' }, restartTrial(deps, { kind: 'tenant' }, gate));
  let repairsLeft = MAX_REPAIRS;
  const backlog = new Map<Lane, boolean>();
  const hasBacklog = async (lane: Lane): Promise<boolean> => {
    const known = backlog.get(lane) ?? (await deps.queue.hasBacklog(lane));
    backlog.set(lane, known);
    return known;
  };
  const wakeIn = async (lane: Lane, wake: (limit: number) => Promise<number>): Promise<void> => {
    if (repairsLeft > 0 && !(await hasBacklog(lane))) repairsLeft -= await wake(repairsLeft);
  };
  const repair = async (read: Versioned<Job>): Promise<void> => {
    const job = read.value;
    if (job.status === 'receiving') return settleTry(deps, read);
    await readProgress(deps, read);
    await restartTrial(deps, { kind: 'job', jobId: job.id }, job);
    await repeatLostSteps(deps, job);
    const isStopped = stopOf(job, gate) !== undefined;
    await wakeIn(job.lane, (limit) => wakeForgotten(deps, job, isStopped, limit));
  };
  const open = { openJobs: 0, stoppedJobs: 0 };
  for await (const read of deps.jobs.open()) {
    const job = read.value;
    if (isUnderWay(job)) open.openJobs++;
    if (isUnderWay(job) && stopOf(job, gate) !== undefined) open.stoppedJobs++;
    await attempt({ jobId: job.id }, repair(read));
  }
  for await (const job of longVerifying(deps))
    await attempt(
      { jobId: job.id },
      wakeIn(job.lane, (limit) => wakeUnverified(deps, job, limit)),
    );
  await attempt({ step: 'removeOldJobs' }, removeOldJobs(deps));
  await attempt({ step: 'repeatLostErasures' }, repeatLostErasures(deps));
  await attempt({ step: 'keepAudit' }, keepAudit(deps, attempt));
  await attempt({ step: 'dispatch' }, dispatch(deps));
  deps.log.info('heartbeat', { ...open, failures: failures.length });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} repairs failed`);
}

/** Whether something of the job is still to be sent or looked at; by the row as it was found. */
const isUnderWay = ({ status, endedAt, deletion }: Job): boolean =>
  status !== 'receiving' && endedAt === undefined && deletion === undefined;

/** A try whose commit is decided becomes a job; one that is too old disappears with its chunks. */
async function settleTry(deps: Deps, read: Versioned<Job>): Promise<void> {
  const job = read.value;
  const { caller, key } = job.idempotency;
  const entry = await deps.idempotency.read(caller, key);
  if (isDecided(entry?.value, job)) {
    await finishDecided(deps, read);
    return;
  }
  if (deps.clock.now() - job.createdAt < EXPIRED_TRY_MS) return;
  // The entry goes first, and only as it was read: without it this try can no longer commit.
  if (entry?.value.jobId === job.id) await deps.idempotency.remove(caller, key, entry.version);
  const again = await deps.idempotency.read(caller, key);
  if (again?.value.jobId === job.id) return;
  await deps.chunks.removeAll(job.id);
  await deps.jobs.remove(job.id);
  deps.log.warn('tryExpired', { jobId: job.id });
}

/** Jobs that ended so long ago that a look at their successes may be overdue; a bounded number of them. */
async function* longVerifying({ jobs, clock }: Deps): AsyncGenerator<Job> {
  let asked = 0;
  for await (const { value: job } of jobs.verifying()) {
    if (job.deletion !== undefined || (job.endedAt ?? 0) >= clock.now() - LOST_AFTER_MS) continue;
    yield job;
    if (++asked >= MAX_VERIFYING_JOBS) return;
  }
}

/** A trial that has not ended in its time was lost with its worker. */
async function restartTrial(deps: Deps, scope: Scope, { stop }: Stoppable): Promise<void> {
  if (stop?.trial !== undefined && stop.trial.until < deps.clock.now()) await startTrial(deps, scope, stop);
}
