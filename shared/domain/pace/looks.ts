/**
 * People who look at single guests, beside all jobs: a bucket of their own for the whole tenant, so that however many
 * pages are open no job's look-ups are throttled. Pure. Times are milliseconds since the epoch.
 */
import { reserveRead, type Pace } from './pace.ts';

/** A second, all people together; where the service may look up less than twice as many, half of that. */
const LOOKS_PER_SECOND = 1;
/** Or at once, after a while without. */
const LOOKS_AT_ONCE = 20;

/**
 * Takes room for one look now, which moves what dry runs and checks look up later back by its turn.
 * @param readsPerSecond look-ups of dry runs and checks
 * @returns the same pace, and how long to wait, where there is no room
 */
export function takeLook(
  pace: Pace,
  readsPerSecond: number,
  now: number,
): { readonly pace: Pace; readonly waitMs: number } {
  const eachMs = 1000 / Math.min(LOOKS_PER_SECOND, readsPerSecond / 2);
  const mostMs = LOOKS_AT_ONCE * eachMs;
  // A clock that was ahead, or a rate that was lower, leaves nobody waiting for longer than a bucket that is used up.
  const fullAt = Math.min(Math.max(pace.looksFullAt ?? 0, now), now + mostMs) + eachMs;
  const waitMs = fullAt - mostMs - now;
  if (waitMs > 0) return { pace, waitMs };
  return { pace: { ...reserveRead(pace, 1, readsPerSecond, now).pace, looksFullAt: fullAt }, waitMs: 0 };
}
