/** Going on after a stop: at once, or after one chunk has tried a single guest, whose answer lifts the stop or not. */
import { liftFromJob } from '../../domain/job/approval.ts';
import { canBeTried, mayBeTried, preference } from '../../domain/job/trial.ts';
import type { Actor } from '../../domain/actions.ts';
import type { Chunk } from '../../domain/chunk/chunk.ts';
import type { JobId } from '../../domain/ids.ts';
import { isEndedJob, type Job } from '../../domain/job/job.ts';
import {
  beginTrial,
  endTrial,
  isTrialOf,
  lift,
  needsTrial,
  type ChunkName,
  type Gate,
  type StandingStop,
  type Stoppable,
} from '../../domain/stops/stop.ts';
import { GATE_MAX_AGE_MS } from '../../domain/policy.ts';
import { EARLY_MS } from '../../domain/chunk/wake.ts';
import { changeGate, changeJob } from '../change-job.ts';
import type { Deps } from '../deps.ts';
import { dispatch } from '../dispatch.ts';
import type { Versioned } from '../ports.ts';
import { closeIfDone } from '../jobs/progress-and-close.ts';
import { wakeOverdue } from '../repair/wake-overdue.ts';
import { wakeParked } from './wake-parked.ts';
import { wakeTrial } from './wake-trial.ts';

/** What is stopped: the tenant, or one job. */
export type Scope = { readonly kind: 'tenant' } | { readonly kind: 'job'; readonly jobId: JobId };

/** A stop that tries a chunk, as whoever visits that chunk knows it. */
export interface TrialSeen {
  readonly scope: Scope;
  readonly stop: StandingStop;
}

/** For a read of the gate that was on its way while it changed, and for wakes that were handled early. */
const GATE_MARGIN_MS = 500 + EARLY_MS;
/** Beyond the quiet time of the attempt itself. */
const TRIAL_MARGIN_MS = 120_000;
/** Chunks looked through for one that can be tried. */
const CANDIDATES = 20;
/** Chunks woken at once by a lifted stop; the timer wakes the rest. */
const MAX_WOKEN = 1_000;

/**
 * Resumes by hand, from the stop that is shown: lifts it, or begins a trial, in place of one that is on its way. Does
 * nothing where there is no stop, or one that `may` says is not the caller's to lift.
 */
export async function resume(
  deps: Deps,
  scope: Scope,
  by: Actor,
  may: (seen: StandingStop) => boolean = () => true,
): Promise<void> {
  const seen = (await readNow(deps, scope))?.stop;
  if (seen !== undefined && may(seen))
    await (needsTrial(seen) ? startTrial(deps, scope, seen, by) : goOn(deps, scope, seen, by));
}

/**
 * Begins a trial, or lifts the stop where no guest is left to be tried, now or later.
 * @param seen the stop that is meant: one that has come since is for whoever has seen it
 * @param by whose wish that is; nobody's where a trial goes on
 */
export async function startTrial(deps: Deps, scope: Scope, seen: StandingStop, by?: Actor): Promise<void> {
  // Nobody of the job may be sent while the tenant is stopped: that is resumed first, and then the job.
  if (scope.kind === 'job' && (await readNow(deps, { kind: 'tenant' }))?.stop !== undefined) {
    await changeStop(deps, scope, (current) => endTrial(current, seen));
    return;
  }
  const picked = await pickChunk(deps, scope, seen);
  if (picked === undefined) return goOn(deps, scope, seen, by);
  const { jobId, index, wake, dueAt } = picked.read.value;
  const trial = { jobId, chunk: index, until: deps.clock.now() + deps.policy.quietSeconds * 1000 + TRIAL_MARGIN_MS };
  const resumedAt = deps.clock.now();
  let wasNamed = false;
  const target = await changeStop(deps, scope, (current) => {
    wasNamed = isTrialOf(current, picked.read.value);
    return beginTrial(current, seen, trial, by && { by, at: resumedAt });
  });
  if (target === undefined || !isTrialOf(target, picked.read.value)) return;
  deps.log.info('trialBegun', { scope: scope.kind, jobId, chunk: index });
  // Instances that do not see the trial yet would park the wake.
  await deps.clock.sleep(GATE_MAX_AGE_MS + GATE_MARGIN_MS);
  // A chunk that was named before has a wake, which would come too late if it were raised again and again. That wake
  // may be lost, and so may one of a chunk that somebody has changed meanwhile.
  if (wasNamed || (await wakeOverdue(deps, picked.job, [picked.read])) === 0)
    await wakeTrial(deps, picked.job, trial, wake, Math.max(deps.clock.now(), dueAt));
}

/** The stops that try this chunk. */
export function trialsOf(gate: Gate, job: Job | undefined, chunk: ChunkName): TrialSeen[] {
  const scoped: readonly [Scope, Stoppable | undefined][] = [
    [{ kind: 'tenant' }, gate],
    [{ kind: 'job', jobId: chunk.jobId }, job],
  ];
  return scoped.flatMap(([scope, target]) =>
    target?.stop !== undefined && isTrialOf(target, chunk) ? [{ scope, stop: target.stop }] : [],
  );
}

/**
 * Draws the conclusion from a trial's visit. Whoever comes too late, after another trial of the same stop has begun,
 * may still prove that nobody is refused any more.
 * @param said `proof`: an invitation was answered, or seen to have happened, and not refused for everybody. `nothing`:
 *   and nobody in the chunk can say more at the moment
 */
export async function concludeTrial(
  deps: Deps,
  { scope, stop }: TrialSeen,
  chunk: ChunkName,
  said: 'proof' | 'nothing' | 'notYet',
): Promise<void> {
  if (said === 'proof') return goOn(deps, scope, stop);
  if (said === 'notYet') return;
  const target = await readNow(deps, scope);
  if (target?.stop !== undefined && isTrialOf(target, chunk)) await startTrial(deps, scope, target.stop);
}

/** Lifts the stop that is meant. Where no other stands, wakes what was parked, and dispatches the rest. */
async function goOn(deps: Deps, scope: Scope, seen: StandingStop, by?: Actor): Promise<void> {
  const now = deps.clock.now();
  const target =
    scope.kind === 'tenant'
      ? await changeGate(deps, (gate) => lift(gate, seen, now, by))
      : await changeJob(deps, scope.jobId, (job) => liftFromJob(job, seen, now, by));
  // Whoever has lifted it goes on, whatever else was written into the row since.
  if (target?.resumedAt !== now) return;
  deps.log.info('stopLifted', {
    scope: scope.kind,
    code: seen.code,
    ...(scope.kind === 'job' && { jobId: scope.jobId }),
  });
  if (target.stop !== undefined) return;
  // Other instances may still see the stop and park wakes, also those a moment early: wake what they parked.
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
  return scope.kind === 'tenant' ? changeGate(deps, change) : changeJob(deps, scope.jobId, change);
}

/** The row as it is now: that nothing is to be done cannot be told from one that is a second old. */
const readNow = (deps: Deps, scope: Scope): Promise<Stoppable | undefined> =>
  changeStop(deps, scope, (current) => current);

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

interface Picked {
  readonly job: Job;
  readonly read: Versioned<Chunk>;
}

/**
 * A chunk that can be tried, if possible one with a guest who may be sent now and was not refused yet. Where all have
 * to wait, the trial waits with the first of them: its own wake will come.
 */
async function pickChunk(deps: Deps, scope: Scope, seen: StandingStop): Promise<Picked | undefined> {
  const now = deps.clock.now();
  let best: (Picked & { readonly preferred: readonly [number, number] }) | undefined;
  for (const job of await stoppedJobs(deps, scope)) {
    if (!mayBeTried(job, now)) continue;
    const isMeant = (chunk: Chunk): boolean => canBeTried(job, chunk, seen.since);
    const next =
      scope.kind === 'job' && job.cursor < job.chunkCount ? await deps.chunks.read(job.id, job.cursor) : undefined;
    const which = { left: 'open', to: job.chunkCount, limit: CANDIDATES, isMeant } as const;
    for (const read of [...(next === undefined ? [] : [next]), ...(await deps.chunks.pastDue(job.id, which))]) {
      if (!isMeant(read.value)) continue;
      const preferred = preference(job, read.value, now);
      if (best === undefined || isBefore(preferred, best.preferred)) best = { job, read, preferred };
    }
    if (best?.preferred[0] === 0) break;
  }
  return best;
}

const isBefore = (one: readonly [number, number], other: readonly [number, number]): boolean =>
  one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);
