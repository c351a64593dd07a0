/** Waiting for the end of a job, as the service asks to: no look comes earlier than `Retry-After` says. */
import { secondsAskedFor, type Failure } from './answer.ts';
import type { Client } from './client.ts';
import { sleep as realSleep } from './sleep.ts';
import type { Job } from './types.ts';

export type Followed =
  | { readonly kind: 'ended'; readonly job: Job }
  /** Nothing is sent until somebody resumes: the reason is in `pausedReason`. */
  | { readonly kind: 'paused'; readonly job: Job }
  | Failure;

/** Where an answer does not say when to look again. */
const USUAL_SECONDS = 5;
/** The API asks for no more; what stands in front of it may. */
const MOST_SECONDS = 300;

export interface Following {
  /** True: a pause is waited out, too. */
  readonly waitWhilePaused?: boolean;
  /** Told of each look at a job that has not ended, and when the next one is. */
  readonly onLook?: (job: Job, nextInSeconds: number) => void;
  readonly signal?: AbortSignal | undefined;
  readonly sleep?: typeof realSleep;
}

/** Resolves when the job has ended, is paused, or cannot be asked any more. */
export async function followJob(client: Client, id: string, following: Following): Promise<Followed> {
  const { waitWhilePaused = false, onLook, signal, sleep = realSleep } = following;
  for (;;) {
    const look = await client.completion(id, { waitWhilePaused });
    if (look.kind === 'refused' && look.problem.code === 'jobPaused') {
      const seen = await client.job(id);
      if (seen.kind !== 'answered') return seen;
      // Somebody may have resumed it between the two.
      if (seen.value.status === 'paused') return { kind: 'paused', job: seen.value };
      continue;
    }
    if (look.kind !== 'answered') return look;
    if (look.status === 200) return { kind: 'ended', job: look.value };
    const seconds = Math.min(secondsAskedFor(look.headers) ?? USUAL_SECONDS, MOST_SECONDS);
    onLook?.(look.value, seconds);
    await sleep(seconds * 1000, signal);
  }
}
