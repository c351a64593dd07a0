/** When a request is sent once more, and after how long. */
import type { Failure } from './answer.ts';
import type { ProblemCode } from './types.ts';

/** A request is sent so often at most, and repeated within so long at most. */
export const SENDINGS_MAX = 6;
export const PATIENCE_MS = 180_000;
/** Where nobody says how long: 1, 2, 4, 8, 16 s, each a little less, so that not all come back at the same moment. */
const FIRST_PAUSE_MS = 1_000;

/** Refusals with 503 that only somebody who sets the service up can change. */
const LASTING: readonly ProblemCode[] = ['notConfigured', 'authenticationNotConfigured'];
/** Refusals that end by themselves within seconds, and have a status that others have for good. */
const PASSING: readonly ProblemCode[] = ['submissionInProgress', 'internalError'];
const BUSY: readonly number[] = [429, 502, 503, 504];

/** Whether the same request can come to something else. */
function mayPass(failure: Failure): boolean {
  switch (failure.kind) {
    case 'lost':
      return true;
    case 'foreign':
      return BUSY.includes(failure.status);
    case 'refused': {
      const { code, status } = failure.problem;
      if (PASSING.includes(code)) return true;
      // Of our own 502 the service says by leaving `Retry-After` out that it would be the same again.
      return BUSY.includes(status) && failure.againAfterSeconds !== undefined && !LASTING.includes(code);
    }
  }
}

/**
 * How long to wait before a request is sent once more; undefined where it is not. Only of requests that may be
 * repeated: those that change nothing, change nothing more by coming twice, or have a key.
 * @param sent how often it was sent
 * @param sinceMs how long ago it was sent first
 * @param random from 0 to 1
 */
export function pauseBeforeRepeat(failure: Failure, sent: number, sinceMs: number, random: number): number | undefined {
  if (sent >= SENDINGS_MAX || !mayPass(failure)) return undefined;
  const asked = failure.kind === 'lost' ? undefined : failure.againAfterSeconds;
  const pauseMs = asked === undefined ? FIRST_PAUSE_MS * 2 ** (sent - 1) * (1 - random / 4) : asked * 1000;
  return sinceMs + pauseMs > PATIENCE_MS ? undefined : pauseMs;
}
