/** How one request is made: with a token, and as often as its manners allow. */
import { answerOf, type Answer, type Exchange, type Failure } from './answer.ts';
import { pauseBeforeRepeat } from './repeat.ts';
import { sleep } from './sleep.ts';

export interface Circumstances {
  /**
   * The token to send; undefined where nobody signs in. Asked before each request. Where it rejects with `NoTokenNow`,
   * the request is as one whose answer was lost.
   * @param renewed true where the one that was given last has been refused
   */
  readonly token?: ((renewed: boolean) => Promise<string | undefined>) | undefined;
  /** Ends whatever is waited for; what is under way rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told before a request is sent once more. */
  readonly onRepeat?: ((failure: Failure, pauseMs: number) => void) | undefined;
  readonly sleep?: typeof sleep;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
  /** From 0 to 1. */
  readonly random?: () => number;
}

/** Whoever gives tokens cannot be reached, so nothing was sent. */
export class NoTokenNow extends Error {
  override readonly name = 'NoTokenNow';
}

function noTokenNow(error: unknown): NoTokenNow {
  if (error instanceof NoTokenNow) return error;
  throw error;
}

export type Send<T> = (also: {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | null;
}) => Promise<Exchange<T>>;

/**
 * `repeat`: `false` where twice is more than once, so that a request whose answer was lost is not sent again. `has`:
 * members of each of its answers.
 */
export interface Manner<K extends string> {
  readonly repeat: boolean;
  readonly has: readonly K[];
}
type MembersOf<T> = T extends object ? keyof T & string : never;
export type Ask = <T>(send: Send<T>, manner: Manner<MembersOf<T>>) => Promise<Answer<T>>;

/** @param at where the API is */
export function asker(circumstances: Circumstances, at: string): Ask {
  const { token, signal, onRepeat, now = () => performance.now(), random = Math.random } = circumstances;
  const wait = circumstances.sleep ?? sleep;

  async function once<T>(send: Send<T>, has: readonly string[], renewed: boolean): Promise<Answer<T>> {
    const proof = await token?.(renewed).catch(noTokenNow);
    if (proof instanceof NoTokenNow) return { kind: 'lost', cause: proof, at };
    const headers = proof === undefined ? {} : { Authorization: `Bearer ${proof}` };
    try {
      const answer = answerOf(await send({ headers, signal: signal ?? null }), has);
      return answer.kind === 'foreign' ? { ...answer, at } : answer;
    } catch (cause) {
      signal?.throwIfAborted();
      return { kind: 'lost', cause, at };
    }
  }

  return async (send, { repeat, has }) => {
    const startedAt = now();
    for (let sent = 1; ; sent++) {
      let answer = await once(send, has, false);
      // Refused before anybody looked at the request: a token that ended earlier than its time.
      if (token !== undefined && statusOf(answer) === 401) answer = await once(send, has, true);
      if (answer.kind === 'answered' || !repeat) return answer;
      const pauseMs = pauseBeforeRepeat(answer, sent, now() - startedAt, random());
      if (pauseMs === undefined) return answer;
      onRepeat?.(answer, pauseMs);
      await wait(pauseMs, signal);
    }
  };
}

/** Undefined where no answer came. */
export function statusOf(answer: Answer<unknown>): number | undefined {
  if (answer.kind === 'refused') return answer.problem.status;
  return answer.kind === 'lost' ? undefined : answer.status;
}
