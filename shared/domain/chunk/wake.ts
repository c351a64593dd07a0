/** What to do with a message that wakes a chunk. Pure: the row, the message and the time decide. */
import { hasLiveAttempt, hasWork, isEnded, type Chunk } from './chunk.ts';
import { CLOCK_TOLERANCE_MS } from '../clocks.ts';
import { isInDoubt } from '../reset/reset.ts';
import type { JobId } from '../ids.ts';
import { parseJobId } from '../ids.ts';
import { parseTraceparent } from '../traceparent.ts';

/** The body of a wake message. It carries no personal data and no decision, only where to look. */
export interface Wake {
  readonly version: 1;
  readonly jobId: JobId;
  readonly chunk: number;
  readonly wake: number;
  /** The trace that its work is shown in; W3C Trace Context. */
  readonly traceparent?: string;
  /** When it was planned for. */
  readonly at?: number;
}

/** The wake in a message body, or undefined for anything else. */
export function parseWake(body: unknown): Wake | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { version, jobId, chunk, wake, traceparent, at } = body as Record<string, unknown>;
  const id = parseJobId(jobId);
  if (version !== 1 || id === undefined || !isCount(chunk, 0) || !isCount(wake, 1)) return undefined;
  return {
    version,
    jobId: id,
    chunk,
    wake,
    // Only for telemetry: nonsense there is no reason to refuse a wake.
    ...(parseTraceparent(traceparent) !== undefined && { traceparent: String(traceparent) }),
    ...(typeof at === 'number' && { at }),
  };
}

const isCount = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least;

export type WakeDecision =
  /** Nothing is left to do here, or whoever resumes will wake the chunk again. */
  | { readonly kind: 'complete'; readonly reason: 'chunkGone' | 'chunkEnded' | 'parked' }
  /** The message is late: the row's own wake may have been lost with its sender, so it is sent again. */
  | { readonly kind: 'resendCurrent'; readonly wake: number; readonly at: number }
  /** Too early: a copy with a fresh id comes back at that time. */
  | { readonly kind: 'comeBack'; readonly at: number }
  | { readonly kind: 'work' };

/**
 * A wake this little too early waits in place instead of travelling once more. It is more than the clocks of this
 * service and the broker's may differ while they count as equal: or a wake would come back at once until they agree.
 */
export const EARLY_MS = CLOCK_TOLERANCE_MS + 1_000;

/** A wake, or the message for the next step through a job, that is this long overdue is taken for lost. */
export const LOST_AFTER_MS = 15 * 60_000;

/**
 * A stop stops sending, not looking: others may be waiting to hear what became of a request in doubt, or of a canary.
 */
function decideParked(chunk: Chunk, now: number): WakeDecision {
  const looks = chunk.resets.flatMap((record) => (isInDoubt(record) ? record.dueAt : (record.verifyAt ?? [])));
  if (looks.length === 0) return { kind: 'complete', reason: 'parked' };
  const first = Math.min(...looks);
  return first > now ? { kind: 'comeBack', at: first } : { kind: 'work' };
}

/**
 * Decides about one wake.
 * @param parked true while the tenant or the job is stopped, and this chunk is no trial
 */
export function decideWake(chunk: Chunk | undefined, message: Wake, parked: boolean, now: number): WakeDecision {
  if (chunk === undefined) return { kind: 'complete', reason: 'chunkGone' };
  if (!hasWork(chunk)) return { kind: 'complete', reason: 'chunkEnded' };
  const readyAt = hasLiveAttempt(chunk, now) ? Math.max(chunk.quietUntil ?? 0, chunk.dueAt) : chunk.dueAt;
  if (message.wake < chunk.wake) return { kind: 'resendCurrent', wake: chunk.wake, at: Math.max(readyAt, now) };
  if (hasLiveAttempt(chunk, now) || chunk.dueAt > now + EARLY_MS) return { kind: 'comeBack', at: readyAt };
  return parked && !isEnded(chunk) ? decideParked(chunk, now) : { kind: 'work' };
}
