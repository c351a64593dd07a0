/** Graph throttles: the pace stands still for as long as it asks, and is slower for a while after that. Pure. */
import { slowDown } from './budget.ts';
import { cappedWaitAfter, describeCappedWait, untilText } from './capped-wait.ts';
import type { Pace } from './pace.ts';
import { joinWaits, waitsWithin } from '../waits.ts';

/** Each time Graph throttles, the rate sinks to this much of what it is then, */
const SLOWER = 0.7;
/** but not below this much of what was asked for, */
const SLOWEST = 0.25;
/** and comes back to that within so much time. */
export const RECOVERY_MS = 10 * 60_000;
/** Answers to requests that were on their way together tell of one throttling. */
const ONE_THROTTLING_MS = 10_000;

/** A job takes those of its time over whenever its snapshot is written: the timer does so, too. */
const WAITS_KEPT_MS = 2 * 24 * 3_600_000;

/**
 * Nothing more until then, and after that more slowly for a while.
 * @param asked seconds that Graph asked for, where they are more than count
 */
export function throttle(pace: Pace, until: number, now: number, asked?: number): Pace {
  const { cappedWait: _before, ...rest } = pace;
  const throttledUntil = Math.max(pace.throttledUntil, until);
  const isToldAlready = pace.slowed !== undefined && now < pace.slowed.since + ONE_THROTTLING_MS;
  const before = rateFactor(pace, now);
  const factor = isToldAlready ? pace.slowed.factor : Math.max(SLOWEST, SLOWER * before);
  const cappedWait = cappedWaitAfter(pace, until, now, asked);
  return {
    ...rest,
    throttledUntil,
    waits: joinWaits(waitsWithin(pace.waits, now - WAITS_KEPT_MS, Infinity), until > now ? [[now, until]] : []),
    ...(cappedWait !== undefined && { cappedWait }),
    spent: slowDown(pace.spent, before / factor, now),
    slowed: { factor, since: isToldAlready ? Math.max(pace.slowed.since, until) : throttledUntil },
  };
}

/** Of the rate that was asked for, what is in force now. */
export function rateFactor({ slowed }: Pace, now: number): number {
  if (slowed === undefined) return 1;
  const recovered = Math.max(0, now - slowed.since) / RECOVERY_MS;
  return Math.min(1, slowed.factor + (1 - slowed.factor) * recovered);
}

/** When the rate that was asked for is back; undefined where it is in force. */
export const fullRateAt = ({ slowed }: Pace, now: number): number | undefined =>
  slowed !== undefined && now < slowed.since + RECOVERY_MS ? slowed.since + RECOVERY_MS : undefined;

/** For whoever watches the service: that Graph throttles, or did a short while ago; undefined where it did not. */
export function describeThrottling(pace: Pace, now: number): string | undefined {
  const percent = Math.round(100 * rateFactor(pace, now));
  if (pace.throttledUntil > now)
    return (
      `Graph throttles: nothing is sent${untilText(pace.throttledUntil)}, and then at ${percent} % of the usual ` +
      `rate.${describeCappedWait(pace, now)}`
    );
  return percent < 100
    ? `Graph throttled a short while ago: resets are sent at ${percent} % of the usual rate, which rises.`
    : undefined;
}
