/** The bytes of a request as they come, and how long they may take. */
import type { ArrivedRequest } from './arrived-request.ts';
import type { Config } from '../../../config.ts';
import { refusal } from '../../../domain/submission/problem-list.ts';
import { tooSlow } from '../../../usecases/submit/submit-problems.ts';
import { Refusal } from '../refusal.ts';

/** When a body must have arrived, by the clock of `performance`. */
export interface BodyDeadline {
  readonly at: number;
  readonly maxSeconds: number;
}

/**
 * Counted from now, so a little before the deadline of the submission's key: nobody takes the key over from a body that
 * still comes.
 */
export function bodyDeadline({ policy: { submitMaxSeconds: maxSeconds } }: Pick<Config, 'policy'>): BodyDeadline {
  return { at: performance.now() + maxSeconds * 1000, maxSeconds };
}

/**
 * Whoever stops early, or is stopped by the deadline, leaves the rest unread, for `dropRestOfBody`.
 * @throws Refusal when the deadline passes, also between two bytes, and when the connection ends before the body does
 */
export async function* bodyChunks(
  { body }: Pick<ArrivedRequest, 'body'>,
  deadline: BodyDeadline,
): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  const read = async (): Promise<{ readonly done: boolean; readonly value?: Uint8Array | string }> =>
    reader.read().catch(() => {
      throw new Refusal(
        refusal('incompleteBody', 'The connection ended before the body did. Nothing was queued; send it again.'),
      );
    });
  try {
    for (;;) {
      const next = await before(deadline, read);
      if (next === 'late') throw new Refusal(tooSlow(deadline.maxSeconds));
      if (next.value !== undefined) yield typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
      if (next.done) return;
    }
  } finally {
    // A read that still waits fails by that; the race has been lost, so nobody hears of it.
    reader.releaseLock();
  }
}

async function before<T>({ at }: BodyDeadline, work: () => Promise<T>): Promise<T | 'late'> {
  const leftMs = at - performance.now();
  if (leftMs <= 0) return 'late';
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), leftMs);
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
