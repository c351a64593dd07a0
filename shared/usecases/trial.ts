/** Going on after a stop: one chunk tries a single guest, and what becomes of that lifts the stop or leaves it. */
import { hasLiveAttempt, isEnded, type Chunk } from '../domain/chunk.ts';
import type { JobId } from '../domain/ids.ts';
import { isEndedJob, type Job } from '../domain/job.ts';
import { wasRefused } from '../domain/refusals.ts';
import { isTerminal } from '../domain/reset.ts';
import { beginTrial, GATE_MAX_AGE_MS, isTrialOf, lift, type Stoppable } from '../domain/stop.ts';
import { EARLY_MS } from '../domain/wake.ts';
import { changeJob } from './change-job.ts';
import type { Deps } from './deps.ts';
import { dispatch } from './dispatch.ts';
import type { Versioned } from './ports.ts';
import { wakeOverdue } from './wake-overdue.ts';

/** What is stopped: the tenant, or one job. */
export type Scope = { readonly kind: 'tenant' } | { readonly kind: 'job'; readonly jobId: JobId };

/** For a read of the gate that was on its way while it changed, and for wakes that were handled early. */
const GATE_MARGIN_MS = 500 + EARLY_MS;
/** Beyond the quiet time of the attempt itself. */
const TRIAL_MARGIN_MS = 120_000;
/** Chunks looked through for one that can be tried. */
const CANDIDATES = 20;
/** Later than anything is ever due. */
const SOME_DAY_MS = 10 * 365 * 86_400_000;
/** Chunks woken at once by a lifted stop; the timer wakes the rest. */
const MAX_WOKEN = 1_000;

/** Resumes by hand: begins a trial, unless one is on its way. Does nothing where there is no stop. */
export async function resume(deps: Deps, scope: Scope): Promise<void> {
  const target = await changeStop(deps, scope, (current) => current);
  const trial = target?.stop?.trial;
  if (target?.stop !== undefined && (trial === undefined || trial.until < deps.clock.now())) await startTrial(deps, scope);
}

/** Begins a trial, or lifts the stop where no guest is left to be tried, now or later. */
export async function startTrial(deps: Deps, scope: Scope): Promise<void> {
  const picked = await pickChunk(deps, scope);
  if (picked === undefined) return goOn(deps, scope);
  const { jobId, index } = picked.read.value;
  const until = deps.clock.now() + deps.policy.quietSeconds * 1000 + TRIAL_MARGIN_MS;
  const target = await changeStop(deps, scope, (current) => beginTrial(current, { jobId, chunk: index, until }));
  if (target?.stop === undefined) return;
  deps.log.info('trialBegun', { scope: scope.kind, jobId, chunk: index });
  // Instances that do not see the trial yet would put the wake away.
  await deps.clock.sleep(GATE_MAX_AGE_MS + GATE_MARGIN_MS);
  await wakeOverdue(deps, picked.job, [picked.read]);
}

/**
 * Draws the conclusion from a trial's visit.
 * @param isProof whether an invitation was answered, or seen to have happened, and not refused for everybody
 */
export async function concludeTrial(deps: Deps, scope: Scope, left: Chunk, isProof: boolean): Promise<void> {
  if (isProof) return goOn(deps, scope, left);
  if (isEnded(left) && await isStillTrial(deps, scope, left)) await startTrial(deps, scope);
}

async function isStillTrial(deps: Deps, scope: Scope, chunk: Chunk): Promise<boolean> {
  const target = await changeStop(deps, scope, (current) => current);
  return target !== undefined && isTrialOf(target, chunk);
}

/** Lifts the stop (after a trial: only while it is that trial's), wakes what was put away, and dispatches the rest. */
async function goOn(deps: Deps, scope: Scope, trial?: Chunk): Promise<void> {
  let lifted = false;
  await changeStop(deps, scope, (current) => {
    lifted = current.stop !== undefined && (trial === undefined || isTrialOf(current, trial));
    return lifted ? lift(current, deps.clock.now()) : current;
  });
  if (!lifted) return;
  deps.log.info('stopLifted', { scope: scope.kind, ...(scope.kind === 'job' && { jobId: scope.jobId }) });
  // Other instances may still see the stop and put wakes away, also those a moment early: wake what they put away.
  await deps.clock.sleep(GATE_MAX_AGE_MS + GATE_MARGIN_MS);
  let rest = MAX_WOKEN;
  for (const job of await stoppedJobs(deps, scope)) if (rest > 0) rest -= await wakeParked(deps, job, rest);
  await dispatch(deps);
}

async function wakeParked(deps: Deps, job: Job, limit: number): Promise<number> {
  return wakeOverdue(deps, job, await deps.chunks.pastDue(job.id, job.cursor, deps.clock.now(), limit));
}

async function changeStop(deps: Deps, scope: Scope, change: <T extends Stoppable>(target: T) => T): Promise<Stoppable | undefined> {
  return scope.kind === 'tenant' ? deps.control.changeGate(change) : changeJob(deps, scope.jobId, change);
}

/** Jobs that the scope covers and nothing else stops, oldest first. */
async function stoppedJobs({ jobs }: Deps, scope: Scope): Promise<Job[]> {
  if (scope.kind === 'job') {
    const job = (await jobs.read(scope.jobId))?.value;
    return job === undefined || isEndedJob(job) ? [] : [job];
  }
  const open: Job[] = [];
  for await (const { value } of jobs.open()) if (value.status !== 'receiving' && value.stop === undefined && !isEndedJob(value)) open.push(value);
  return open.reverse();
}

/** An open chunk, if possible one with a guest who may be sent now and was not refused yet. */
async function pickChunk(deps: Deps, scope: Scope): Promise<{ readonly job: Job; readonly read: Versioned<Chunk> } | undefined> {
  const now = deps.clock.now();
  for (const job of await stoppedJobs(deps, scope)) {
    // A dry run or a canceled job sends nothing, so it proves nothing.
    if (job.options.dryRun === true || job.cancel !== undefined || (job.options.notBefore ?? 0) > now) continue;
    const next = scope.kind === 'job' && job.cursor < job.chunkCount ? await deps.chunks.read(job.id, job.cursor) : undefined;
    const later = await deps.chunks.pastDue(job.id, job.chunkCount, now + SOME_DAY_MS, CANDIDATES);
    const open = [...(next === undefined ? [] : [next]), ...later].filter(({ value }) => !isEnded(value));
    const free = open.filter(({ value }) => value.dueAt <= now && !hasLiveAttempt(value, now));
    // Where all have to wait, the trial waits with one of them: its own wake will come.
    const [read] = [...free.filter(({ value }) => hasFreshGuest(value)), ...free, ...open];
    if (read !== undefined) return { job, read };
  }
  return undefined;
}

const hasFreshGuest = (chunk: Chunk): boolean => chunk.resets.some(({ status, verdict }) => !isTerminal(status) && !wasRefused(verdict));
