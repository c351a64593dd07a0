/** Going on after a stop: one chunk tries a single guest, and what becomes of that lifts the stop or leaves it. */
import { mayStillSend } from '../domain/canary.ts';
import { hasLiveAttempt, type Chunk } from '../domain/chunk.ts';
import type { JobId } from '../domain/ids.ts';
import { isEndedJob, type Job } from '../domain/job.ts';
import { wasRefused } from '../domain/refusals.ts';
import { isTerminal } from '../domain/reset.ts';
import { beginTrial, GATE_MAX_AGE_MS, isSameStop, isTrialOf, lift, type Stop, type Stoppable } from '../domain/stop.ts';
import { EARLY_MS } from '../domain/wake.ts';
import { changeJob } from './change-job.ts';
import type { Deps } from './deps.ts';
import { dispatch } from './dispatch.ts';
import type { Versioned } from './ports.ts';
import { closeIfDone } from './progress.ts';
import { wakeOverdue } from './wake-overdue.ts';
import { wakeParked } from './wake-parked.ts';

/** What is stopped: the tenant, or one job. */
export type Scope = { readonly kind: 'tenant' } | { readonly kind: 'job'; readonly jobId: JobId };

/** For a read of the gate that was on its way while it changed, and for wakes that were handled early. */
const GATE_MARGIN_MS = 500 + EARLY_MS;
/** Beyond the quiet time of the attempt itself. */
const TRIAL_MARGIN_MS = 120_000;
/** Chunks looked through for one that can be tried. */
const CANDIDATES = 20;
/** Chunks woken at once by a lifted stop; the timer wakes the rest. */
const MAX_WOKEN = 1_000;

/** Resumes by hand: begins a trial, unless one is on its way. Does nothing where there is no stop. */
export async function resume(deps: Deps, scope: Scope): Promise<void> {
  const target = await changeStop(deps, scope, (current) => current);
  const trial = target?.stop?.trial;
  if (target?.stop !== undefined && (trial === undefined || trial.until < deps.clock.now()))
    await startTrial(deps, scope, target.stop);
}

/**
 * Begins a trial, or lifts the stop where no guest is left to be tried, now or later.
 * @param seen the stop that is meant: one that has come since is for whoever has seen it
 */
export async function startTrial(deps: Deps, scope: Scope, seen: Stop): Promise<void> {
  const isMeant = ({ stop }: Stoppable): boolean => isSameStop(stop, seen);
  const picked = await pickChunk(deps, scope);
  if (picked === undefined) return goOn(deps, scope, isMeant);
  const { jobId, index } = picked.read.value;
  const until = deps.clock.now() + deps.policy.quietSeconds * 1000 + TRIAL_MARGIN_MS;
  const target = await changeStop(deps, scope, (current) =>
    isMeant(current) ? beginTrial(current, { jobId, chunk: index, until }) : current,
  );
  if (target?.stop === undefined || !isMeant(target)) return;
  deps.log.info('trialBegun', { scope: scope.kind, jobId, chunk: index });
  // Instances that do not see the trial yet would put the wake away.
  await deps.clock.sleep(GATE_MAX_AGE_MS + GATE_MARGIN_MS);
  await wakeOverdue(deps, picked.job, [picked.read]);
}

/**
 * Draws the conclusion from a trial's visit.
 * @param said `proof`: an invitation was answered, or seen to have happened, and not refused for everybody. `nothing`:
 *   and no
 *   guest is left in the chunk who could say more
 */
export async function concludeTrial(
  deps: Deps,
  scope: Scope,
  left: Chunk,
  said: 'proof' | 'nothing' | 'notYet',
): Promise<void> {
  const isItsTrial = (current: Stoppable): boolean => isTrialOf(current, left);
  if (said === 'proof') return goOn(deps, scope, isItsTrial);
  if (said === 'notYet') return;
  const target = await changeStop(deps, scope, (current) => current);
  if (target?.stop !== undefined && isItsTrial(target)) await startTrial(deps, scope, target.stop);
}

/** Lifts the stop if it is the one that is meant, wakes what was put away, and dispatches the rest. */
async function goOn(deps: Deps, scope: Scope, isMeant: (current: Stoppable) => boolean): Promise<void> {
  let wasMeant = false;
  const target = await changeStop(deps, scope, (current) => {
    if (current.stop === undefined || !isMeant(current)) return current;
    wasMeant = true;
    return lift(current, deps.clock.now());
  });
  // A lost answer shows our own write as somebody else's: what counts is that the stop was there, and is gone.
  if (!wasMeant || target === undefined || target.stop !== undefined) return;
  deps.log.info('stopLifted', { scope: scope.kind, ...(scope.kind === 'job' && { jobId: scope.jobId }) });
  // Other instances may still see the stop and put wakes away, also those a moment early: wake what they put away.
  await deps.clock.sleep(GATE_MAX_AGE_MS + GATE_MARGIN_MS);
  let rest = MAX_WOKEN;
  for (const job of await stoppedJobs(deps, scope)) if (rest > 0) rest -= await wakeParked(deps, job, rest);
  await dispatch(deps);
  // Its canary may have ended while it was stopped for another reason.
  if (scope.kind === 'job') await closeIfDone(deps, scope.jobId);
}

async function changeStop(
  deps: Deps,
  scope: Scope,
  change: <T extends Stoppable>(target: T) => T,
): Promise<Stoppable | undefined> {
  return scope.kind === 'tenant' ? deps.control.changeGate(change) : changeJob(deps, scope.jobId, change);
}

/** Jobs that the scope covers and nothing else stops, oldest first. */
async function stoppedJobs({ jobs }: Deps, scope: Scope): Promise<Job[]> {
  if (scope.kind === 'job') {
    const job = (await jobs.read(scope.jobId))?.value;
    return job === undefined || isEndedJob(job) ? [] : [job];
  }
  const open: Job[] = [];
  for await (const { value } of jobs.open())
    if (value.status !== 'receiving' && value.stop === undefined && !isEndedJob(value)) open.push(value);
  return open.reverse();
}

/** An open chunk, if possible one with a guest who may be sent now and was not refused yet. */
async function pickChunk(
  deps: Deps,
  scope: Scope,
): Promise<{ readonly job: Job; readonly read: Versioned<Chunk> } | undefined> {
  const now = deps.clock.now();
  for (const job of await stoppedJobs(deps, scope)) {
    // A dry run or a canceled job sends nothing, so it proves nothing.
    if (job.options.dryRun === true || job.cancel !== undefined || (job.options.notBefore ?? 0) > now) continue;
    const next =
      scope.kind === 'job' && job.cursor < job.chunkCount ? await deps.chunks.read(job.id, job.cursor) : undefined;
    const later = await deps.chunks.pastDue(job.id, { left: 'open', to: job.chunkCount, limit: CANDIDATES });
    const open = [...(next === undefined ? [] : [next]), ...later].filter(({ value }) => mayStillSend(job, value));
    const free = open.filter(({ value }) => value.dueAt <= now && !hasLiveAttempt(value, now));
    // Where all have to wait, the trial waits with one of them: its own wake will come.
    const [read] = [...free.filter(({ value }) => hasFreshGuest(value)), ...free, ...open];
    if (read !== undefined) return { job, read };
  }
  return undefined;
}

const hasFreshGuest = (chunk: Chunk): boolean =>
  chunk.resets.some(({ status, verdict }) => !isTerminal(status) && !wasRefused(verdict));
