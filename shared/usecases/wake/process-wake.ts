/**
 * One wake of one chunk, from the message to the next wake. The rules are pure and live in `domain/`; this is their
 * order.
 */
import { hasWorkNow, isAtRest } from '../../domain/job/canary.ts';
import { isEnded, type Chunk } from '../../domain/chunk/chunk.ts';
import type { Job } from '../../domain/job/job.ts';
import { mayBeLast } from '../../domain/pace/slots-of-job.ts';
import { isParked, type Gate } from '../../domain/stops/stop.ts';
import { stopsFor } from '../../domain/stops/job-stops.ts';
import { canBeTried, canTryNow, mayBeTried } from '../../domain/stops/trial.ts';
import { decideWake, type Wake } from '../../domain/chunk/wake.ts';
import { endIfLate } from '../jobs/end-late-job.ts';
import { closeIfDone } from '../jobs/progress.ts';
import { rehearseChunk } from './rehearse-chunk.ts';
import type { Deps } from '../deps.ts';
import { concludeTrial, trialsOf, type TrialSeen } from '../stops/trial.ts';
import type { Visit } from './visit.ts';
import { visitChunk } from './visit-chunk.ts';

/**
 * What became of the message; for the log. The message is complete in every case: whatever is left has a wake of its
 * own.
 */
export type WakeResult = 'chunkGone' | 'chunkEnded' | 'parked' | 'resentCurrent' | 'comesBack' | 'worked';

/** Visits that meet a chunk changed by somebody else before something must be wrong. */
const MAX_VISITS = 5;

/** Handles one wake. A throw means that infrastructure failed; the message is then delivered again. */
export async function processWake(deps: Deps, wake: Wake): Promise<WakeResult> {
  for (let visit = 0; visit < MAX_VISITS; visit++) {
    const [read, known, { gate }] = await Promise.all([
      deps.chunks.read(wake.jobId, wake.chunk),
      deps.jobs.recent(wake.jobId),
      deps.control.read(),
    ]);
    const job = known && (await endIfLate(deps, known.job));
    const name = { jobId: wake.jobId, index: wake.chunk };
    // A stop that is a second old puts a wake away which whoever has lifted the stop then brings again.
    const parked = isParked(job === undefined ? [gate] : stopsFor(job, gate), name);
    const trials = trialsOf(gate, job, name);
    const canSay = ({ stop }: TrialSeen): boolean =>
      !parked &&
      job !== undefined &&
      mayBeTried(job, deps.clock.now()) &&
      read !== undefined &&
      canBeTried(job, read.value, stop.since);
    for (const trial of trials) if (!canSay(trial)) await concludeTrial(deps, trial, name, 'nothing');
    const isHeld = job !== undefined && read !== undefined && !hasWorkNow(job, read.value);
    const decision = decideWake(job === undefined ? undefined : read?.value, wake, parked || isHeld, deps.clock.now());
    if (known === undefined || job === undefined || read === undefined) return 'chunkGone';
    const { lane } = job;
    const closeWithLast = async (): Promise<void> => {
      if (mayBeLast(job, deps.policy, known.at, { now: deps.clock.now(), monotonic: deps.clock.monotonic() }))
        await closeIfDone(deps, job.id);
    };
    if (decision.kind === 'complete') {
      // Such as the wake of a dispatch that was repeated, or after a worker that died: nobody else may come later to
      // close the job, or to end the canary that this chunk waits behind.
      if (decision.reason === 'chunkEnded' || isHeld) await closeWithLast();
      return decision.reason;
    }
    if (decision.kind === 'resendCurrent') {
      await deps.queue.sendWakes(lane, [{ wake: { ...wake, wake: decision.wake }, at: decision.at }]);
      return 'resentCurrent';
    }
    if (decision.kind === 'comeBack') {
      await deps.queue.sendWakes(lane, [{ wake, at: decision.at, messageId: deps.random.uuid() }]);
      return 'comesBack';
    }
    await deps.clock.sleep(Math.max(0, read.value.dueAt - deps.clock.now()));
    const visit = visitOf(job, gate, !parked, trials, deps.clock.now());
    const visited = await (job.options.dryRun === true
      ? rehearseChunk(deps, visit, read)
      : visitChunk(deps, visit, read));
    if (visited === 'changed') continue;
    const { left, isProof, isTurnedAway } = visited;
    const mayStillSay = isTurnedAway || canTryNow(job, left, deps.clock.now());
    for (const trial of trials)
      await concludeTrial(deps, trial, name, isProof ? 'proof' : mayStillSay ? 'notYet' : 'nothing');
    if (isAtRest(job, left) && !isAtRest(job, read.value)) await closeWithLast();
    if (hasWorkNow(job, left) || (!isEnded(left) && (await isResumed(deps, left))))
      await deps.queue.sendWakes(lane, [{ wake: { ...wake, wake: left.wake }, at: left.dueAt }]);
    return 'worked';
  }
  throw new Error(`chunk ${wake.chunk} of job ${wake.jobId} was changed by others ${MAX_VISITS} times in a row`);
}

/**
 * What waits behind the canary has no wake, and whoever resumes looks for it; unless that was before we wrote the
 * chunk.
 */
async function isResumed({ jobs }: Deps, chunk: Chunk): Promise<boolean> {
  const job = (await jobs.read(chunk.jobId))?.value;
  return job !== undefined && hasWorkNow(job, chunk);
}

const visitOf = (job: Job, gate: Gate, isRunning: boolean, trials: readonly TrialSeen[], now: number): Visit => ({
  job,
  maySend: isRunning && job.cancel === undefined,
  // While a stop stands, in its trial too, no running time passes.
  resumedAt: isRunning && trials.length === 0 ? Math.max(gate.resumedAt ?? 0, job.resumedAt ?? 0) : now,
  ...(trials.length > 0 && { triesSince: Math.max(...trials.map(({ stop }) => stop.since)) }),
});
