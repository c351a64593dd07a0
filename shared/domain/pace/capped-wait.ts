/**
 * A wait that Graph asked for and that is longer than counts (`retry-after.ts`): it is told, and somebody's resume
 * lifts it. Pure. Times are milliseconds since the epoch.
 */
import { CLOCKS_APART_MS } from '../clocks.ts';
import { iso } from '../instant.ts';
import type { CappedWait, Pace } from './pace.ts';
import { MOST_SECONDS } from '../graph/retry-after.ts';
import { waitsWithin } from '../waits.ts';

/** The capped wait of a pace that is throttled until then as well. @param asked as in `throttle` */
export function cappedWaitAfter(
  pace: Pace,
  until: number,
  now: number,
  asked: number | undefined,
): CappedWait | undefined {
  const before = cappedWaitOf(pace, now);
  const otherwiseUntil = before?.otherwiseUntil ?? pace.throttledUntil;
  if (asked !== undefined) return { asked, at: now, otherwiseUntil };
  return before && { ...before, otherwiseUntil: Math.max(otherwiseUntil, until) };
}

/** The wait that was cut, while the pace stands still because of it. */
const cappedWaitOf = ({ cappedWait, throttledUntil }: Pace, now: number): CappedWait | undefined =>
  cappedWait !== undefined && throttledUntil > Math.max(now, cappedWait.otherwiseUntil) ? cappedWait : undefined;

/** Until when Graph has asked to wait, where that is longer than counts. */
export function askedUntil(pace: Pace, now: number): number | undefined {
  const cappedWait = cappedWaitOf(pace, now);
  return cappedWait && cappedWait.at + cappedWait.asked * 1000;
}

/** Throttled until a time that no wait accounts for: none that counts is so long. */
const isAbsurd = (throttledUntil: number, now: number): boolean =>
  throttledUntil > now + MOST_SECONDS * 1000 + CLOCKS_APART_MS;

/**
 * Somebody resumes: a wait longer than counts is over, and slots behind it come earlier by as much. What else Graph has
 * asked for stays, to the millisecond. The same pace comes back where there is no such wait.
 */
export function withoutCappedWait(pace: Pace, now: number): Pace {
  const left = cappedWaitOf(pace, now)?.otherwiseUntil ?? pace.throttledUntil;
  const throttledUntil = isAbsurd(left, now) ? now : left;
  if (throttledUntil === pace.throttledUntil) return pace;
  const by = pace.throttledUntil - Math.max(throttledUntil, now);
  const earlier = (at: number): number => (at >= pace.throttledUntil ? at - by : at);
  const { cappedWait: _lifted, ...rest } = pace;
  return {
    ...rest,
    throttledUntil,
    ...(pace.waits !== undefined && { waits: waitsWithin(pace.waits, -Infinity, Math.max(throttledUntil, now)) }),
    nextFreeAt: earlier(pace.nextFreeAt),
    nextReadAt: earlier(pace.nextReadAt),
    nextPriorityAt: earlier(pace.nextPriorityAt),
    ...(pace.slowed !== undefined && { slowed: { ...pace.slowed, since: earlier(pace.slowed.since) } }),
    ...(pace.jobs !== undefined && {
      jobs: Object.fromEntries(
        Object.entries(pace.jobs).map(([id, { nextFreeAt, nextTurnAt = 0, ...mine }]) => [
          id,
          { ...mine, nextFreeAt: earlier(nextFreeAt), nextTurnAt: earlier(nextTurnAt) },
        ]),
      ),
    }),
  };
}

/** For whoever watches the service: what was cut, and how to go on; empty where nothing was. */
export function describeCappedWait(pace: Pace, now: number): string {
  const asked = cappedWaitOf(pace, now)?.asked;
  if (asked === undefined)
    return isAbsurd(pace.throttledUntil, now) ? ` No wait that counts is so long. ${HOW_TO_LIFT}` : '';
  const until = untilText(askedUntil(pace, now) ?? 0);
  return ` Graph asked for ${asked} s${until && `,${until}`}; that counts as 1 h. ${HOW_TO_LIFT}`;
}

const HOW_TO_LIFT = 'POST /api/resume (role Manage) lifts it.';

/** Empty where the time is so late that no date has it. */
export function untilText(at: number): string {
  const text = iso(at);
  return text === undefined ? '' : ` until ${text}`;
}
