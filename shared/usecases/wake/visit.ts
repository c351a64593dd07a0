/** A visit: one wake's work on its chunk. What it knows, and what it leaves behind. */
import type { Moment } from '../../domain/reset/running-time.ts';
import { changeResets, withNextWake, type Changes, type Chunk } from '../../domain/chunk/chunk.ts';
import { behindCanary } from '../../domain/job/canary.ts';
import { cancelPending, cancelVerdict } from '../../domain/job/cancel.ts';
import type { Job } from '../../domain/job/job.ts';
import type { Deps } from '../deps.ts';
import type { Changed, Versioned } from '../ports.ts';
import { writeChunk, type WriteDeps } from '../write-chunk.ts';

export interface Visit {
  readonly job: Job;
  /** When the tenant or the job was last resumed; 0 for never. */
  readonly resumedAt: number;
  /** False while there is a stop, or when the job is canceled: then only resets in doubt are looked at. */
  readonly maySend: boolean;
  /** When its wake was planned for; absent where the message does not say so. */
  readonly plannedAt?: number;
  /** Where this visit tries, with one guest, whether a stop can be lifted: since when that stands. */
  readonly triesSince?: number;
}

export interface Visited {
  /** The chunk as it was left. */
  readonly left: Chunk;
  /** Whether an invitation was answered in this visit, or seen to have happened, and not refused for everybody. */
  readonly provesStopOver: boolean;
  /** Whether there was no room, or Graph asked to wait: another chunk would have to wait as well. */
  readonly isTurnedAway: boolean;
}

/** What pure decisions need of the moment: the rules, the time, and chance. */
export function momentOf(
  { policy, clock, random }: Pick<Deps, 'policy' | 'clock' | 'random'>,
  { job, resumedAt }: Visit,
): Moment {
  return {
    policy,
    now: clock.now(),
    random: random.fraction(),
    resumedAt,
    verifyAfterSeconds: job.options.verify === false ? 0 : policy.verifyAfterSeconds,
  };
}

/**
 * Writes what a visit made of its chunk that has sent nothing.
 * @param notBefore puts the next wake off
 * @returns `changed` when somebody else changed the chunk meanwhile
 */
export async function leave(
  deps: WriteDeps & Pick<Deps, 'clock'>,
  { job }: Visit,
  read: Versioned<Chunk>,
  changes: Changes,
  notBefore = 0,
): Promise<Chunk | Changed> {
  const next = withNextWake(read.value, changeResets(read.value.resets, changes), notBefore, behindCanary(job));
  const left = job.cancel === undefined ? next : cancelPending(next, deps.clock.now(), cancelVerdict(job));
  return (await writeChunk(deps, job, read, left)) === 'changed' ? 'changed' : left;
}
