/** A message for the chunk of a trial: whoever gets it tries, or finds that nobody can be tried there any more. */
import type { Job } from '../../domain/job/job.ts';
import type { Trial } from '../../domain/stops/stop.ts';
import { GATE_MAX_AGE_MS } from '../../domain/policy.ts';
import type { Deps } from '../deps.ts';

type WakeTrialDeps = Pick<Deps, 'queue' | 'random'>;

/** For a read that was on its way while the row changed. */
const READ_MARGIN_MS = 500;

/** @param wake the chunk's current one; of a lower one only the end of the trial is concluded, or the current sent */
export async function wakeTrial(
  { queue, random }: WakeTrialDeps,
  { lane }: Pick<Job, 'lane'>,
  { jobId, chunk }: Pick<Trial, 'jobId' | 'chunk'>,
  wake: number,
  at: number,
): Promise<void> {
  await queue.sendWakes(lane, [{ wake: { version: 1, jobId, chunk, wake }, at, messageId: random.uuid() }]);
}

/**
 * After a job was paused or canceled: the tenant's trial must not wait for it until its own wake is due. A trial that
 * has begun within the last second is missed; its own wake follows.
 */
export async function wakeTrialOf(
  deps: WakeTrialDeps & Pick<Deps, 'control' | 'clock'>,
  job: Pick<Job, 'id' | 'lane'>,
): Promise<void> {
  const trial = (await deps.control.read()).gate.stop?.trial;
  // By then every instance sees what has become of the job.
  const at = deps.clock.now() + GATE_MAX_AGE_MS + READ_MARGIN_MS;
  if (trial?.jobId === job.id) await wakeTrial(deps, job, trial, 1, at);
}
