/** Where and when whoever waits for a job asks again. */
import { askAgainSeconds } from '../../../domain/pace/estimate.ts';
import { stopOf } from '../../../domain/job/job-stops.ts';
import type { JobProgress } from '../../../usecases/jobs/progress-and-close.ts';
import type { Call } from '../handler.ts';
import { jobUrl } from '../urls.ts';

/** Headers of a 202 that sends its caller to the end of the job. */
export async function untilCompletion(
  call: Call,
  progress: JobProgress,
  waitsWhilePaused: boolean | undefined,
): Promise<Record<string, string>> {
  const query = waitsWhilePaused === true ? '?waitWhilePaused=true' : '';
  return {
    Location: `${jobUrl(call, progress.job.id)}/completion${query}`,
    'Retry-After': String(await secondsLeft(call, progress)),
  };
}

/** Seconds after which asking for the job again makes sense. */
export async function secondsLeft({ deps }: Call, { job, counts }: JobProgress): Promise<number> {
  const { gate, pace } = await deps.control.read();
  const open = counts.pending + counts.sending;
  return askAgainSeconds(job, { open, pace, rules: deps.policy, stop: stopOf(job, gate), now: deps.clock.now() });
}
