/**
 * One wake of one chunk, from the message to the next wake. The rules are pure and live in `domain/`; this is their
 * order: where the message leads, and what follows after a visit.
 */
import { hasWorkNow, hasNothingToSend } from '../../domain/job/canary.ts';
import { isEnded, type Chunk } from '../../domain/chunk/chunk.ts';
import type { Job } from '../../domain/job/job.ts';
import { mayBeLast } from '../../domain/pace/slots-of-job.ts';
import { isParked, type ChunkName, type Gate } from '../../domain/stops/stop.ts';
import { stopsFor } from '../../domain/job/job-stops.ts';
import { canBeTried, canTryNow, mayBeTried } from '../../domain/job/trial.ts';
import { decideWake, type Wake } from '../../domain/chunk/wake.ts';
import { endIfLate } from '../jobs/cancel-late-job.ts';
import { closeIfDone } from '../jobs/progress-and-close.ts';
import { whileChanged } from '../change-row.ts';
import type { Deps } from '../deps.ts';
import type { Changed, Versioned } from '../ports.ts';
import { secondsSince } from '../../domain/instant.ts';
import { concludeTrial, trialsOf, type TrialSeen } from '../stops/trial.ts';
import { rehearseChunk } from './rehearse-chunk.ts';
import type { Visit, Visited } from './visit.ts';
import { visitChunk } from './visit-chunk.ts';

/**
 * What became of the message; for the log. The message is complete in every case: whatever is left has a wake of its
 * own.
 */
export type WakeResult = 'chunkGone' | 'chunkEnded' | 'parked' | 'resentCurrent' | 'comesBack' | 'worked';

/** Handles one wake. A throw means that infrastructure failed; the message is then delivered again. */
export async function processWake(deps: Deps, wake: Wake): Promise<WakeResult> {
  return whileChanged(`chunk ${wake.chunk} of job ${wake.jobId}`, async () => {
    const seen = await readAndConclude(deps, wake);
    if (seen === undefined) return 'chunkGone';
    const decision = decideWake(seen.read.value, wake, seen.isParked || seen.hasNoWork, deps.clock.now());
    switch (decision.kind) {
      case 'complete':
        // Such as the wake of a dispatch that was repeated, or after a worker that died: nobody else may come later to
        // close the job, or to end the canary that this chunk waits behind.
        if (decision.reason === 'chunkEnded' || seen.hasNoWork) await closeWithLast(deps, seen);
        return decision.reason;
      case 'resendCurrent':
        await sendWake(deps, seen.job, { ...wake, wake: decision.wake }, decision.at);
        return 'resentCurrent';
      case 'comeBack':
        await sendWake(deps, seen.job, wake, decision.at, deps.random.uuid());
        return 'comesBack';
      case 'work': {
        const visited = await work(deps, wake, seen);
        if (visited === 'changed') return visited;
        await followUp(deps, wake, seen, visited);
        return 'worked';
      }
    }
  });
}

/** Where a wake leads: the rows as they were read for it. */
interface Seen {
  readonly job: Job;
  /** When the job was read, on the monotonic clock. */
  readonly readAt: number;
  readonly gate: Gate;
  readonly read: Versioned<Chunk>;
  readonly name: ChunkName;
  /** A stop that is a second old parks a wake which whoever has lifted the stop then brings again. */
  readonly isParked: boolean;
  /** All that is open waits behind the canary, or nothing is open. */
  readonly hasNoWork: boolean;
  /** The stops that try this chunk. */
  readonly trials: readonly TrialSeen[];
}

/** Concludes the trials in which nobody of the chunk can say anything. @returns undefined where there is no chunk */
async function readAndConclude(deps: Deps, { jobId, chunk }: Wake): Promise<Seen | undefined> {
  const [read, known, { gate }] = await Promise.all([
    deps.chunks.read(jobId, chunk),
    deps.jobs.recent(jobId),
    deps.control.read(),
  ]);
  const job = known && (await endIfLate(deps, known.job));
  const name = { jobId, index: chunk };
  deps.trace.linkTo(job?.traceparent);
  const trials = trialsOf(gate, job, name);
  const isStopped = isParked(job === undefined ? [gate] : stopsFor(job, gate), name);
  const mayTry = !isStopped && job !== undefined && mayBeTried(job, deps.clock.now());
  for (const trial of trials)
    if (!mayTry || read === undefined || !canBeTried(job, read.value, trial.stop.since))
      await concludeTrial(deps, trial, name, 'nothing');
  if (known === undefined || job === undefined || read === undefined) return undefined;
  const hasNoWork = !hasWorkNow(job, read.value);
  return { job, readAt: known.at, gate, read, name, isParked: isStopped, hasNoWork, trials };
}

async function work(deps: Deps, { at: plannedAt }: Wake, seen: Seen): Promise<Visited | Changed> {
  const { job, read } = seen;
  await deps.clock.sleep(Math.max(0, read.value.dueAt - deps.clock.now()));
  const now = deps.clock.now();
  if (plannedAt !== undefined) deps.measure('laneLatency', secondsSince(plannedAt, now), { lane: job.lane });
  const visit = { ...visitOf(seen, now), ...(plannedAt !== undefined && { plannedAt }) };
  return job.options.dryRun === true ? rehearseChunk(deps, visit, read) : visitChunk(deps, visit, read);
}

const visitOf = ({ job, gate, isParked: isStopped, trials }: Seen, now: number): Visit => ({
  job,
  maySend: !isStopped && job.cancel === undefined,
  // While a stop stands, in its trial too, no running time passes.
  resumedAt: !isStopped && trials.length === 0 ? Math.max(gate.resumedAt ?? 0, job.resumedAt ?? 0) : now,
  ...(trials.length > 0 && { triesSince: Math.max(...trials.map(({ stop }) => stop.since)) }),
});

/** After a visit: what it says of the stops that it tried, whether it was the job's last, and the chunk's next wake. */
async function followUp(deps: Deps, wake: Wake, seen: Seen, visited: Visited): Promise<void> {
  const { job, read, name, trials } = seen;
  const { left, provesStopOver, isTurnedAway } = visited;
  const mayStillSay = isTurnedAway || canTryNow(job, left, deps.clock.now());
  for (const trial of trials)
    await concludeTrial(deps, trial, name, provesStopOver ? 'proof' : mayStillSay ? 'notYet' : 'nothing');
  if (hasNothingToSend(job, left) && !hasNothingToSend(job, read.value)) await closeWithLast(deps, seen);
  if (hasWorkNow(job, left) || (!isEnded(left) && (await isResumed(deps, left))))
    await sendWake(deps, job, { ...wake, wake: left.wake }, left.dueAt);
}

async function closeWithLast(deps: Deps, { job, readAt }: Seen): Promise<void> {
  const now = { now: deps.clock.now(), monotonic: deps.clock.monotonic() };
  if (mayBeLast(job, deps.policy, readAt, now)) await closeIfDone(deps, job.id);
}

/**
 * What waits behind the canary has no wake, and whoever resumes looks for it; unless that was before we wrote the
 * chunk.
 */
async function isResumed({ jobs }: Deps, chunk: Chunk): Promise<boolean> {
  const job = (await jobs.read(chunk.jobId))?.value;
  return job !== undefined && hasWorkNow(job, chunk);
}

/** What follows is shown in the trace that the wake came with; of one that came with none, in this one. */
async function sendWake(deps: Deps, { lane }: Job, wake: Wake, at: number, messageId?: string): Promise<void> {
  const traceparent = wake.traceparent ?? deps.trace.traceparent();
  const next = { ...wake, ...(traceparent !== undefined && { traceparent }) };
  await deps.queue.sendWakes(lane, [{ wake: next, at, ...(messageId !== undefined && { messageId }) }]);
}
