/**
 * A hold that came from a longer wait than counts (`retry-after.ts`): it is told, and somebody's resume lifts it. Pure.
 * Times are milliseconds since the epoch.
 */
import { CLOCKS_APART_MS } from '../clocks.ts';
import { iso } from '../instant.ts';
import type { Pace } from './pace.ts';
import { MOST_SECONDS } from '../graph/retry-after.ts';

/** Graph asked for a longer silence than counts. */
export interface CutHold {
  /** Seconds that were asked for, and when. */
  readonly asked: number;
  readonly at: number;
  /** Until when the pace stands still for other reasons. */
  readonly otherwiseUntil: number;
}

/** The cut hold of a pace that is held until then as well. @param asked as in `hold` */
export function cutAfter(pace: Pace, until: number, now: number, asked: number | undefined): CutHold | undefined {
  const before = cutOf(pace, now);
  const otherwiseUntil = before?.otherwiseUntil ?? pace.heldUntil;
  if (asked !== undefined) return { asked, at: now, otherwiseUntil };
  return before && { ...before, otherwiseUntil: Math.max(otherwiseUntil, until) };
}

/** The wait that was cut, while the pace stands still because of it. */
const cutOf = ({ cut, heldUntil }: Pace, now: number): CutHold | undefined =>
  cut !== undefined && heldUntil > Math.max(now, cut.otherwiseUntil) ? cut : undefined;

/** A hold that no wait accounts for: none that counts is so long. */
const isAbsurd = (heldUntil: number, now: number): boolean => heldUntil > now + MOST_SECONDS * 1000 + CLOCKS_APART_MS;

/**
 * Somebody resumes: a hold that came from a wait longer than counts is over, and slots behind it come earlier by as
 * much. What else Graph has asked for stays, to the millisecond. The same pace comes back where there is no such hold.
 */
export function liftCutHold(pace: Pace, now: number): Pace {
  const left = cutOf(pace, now)?.otherwiseUntil ?? pace.heldUntil;
  const heldUntil = isAbsurd(left, now) ? now : left;
  if (heldUntil === pace.heldUntil) return pace;
  const by = pace.heldUntil - Math.max(heldUntil, now);
  const earlier = (at: number): number => (at >= pace.heldUntil ? at - by : at);
  const { cut: _lifted, ...rest } = pace;
  return {
    ...rest,
    heldUntil,
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
export function describeCut(pace: Pace, now: number): string {
  const cut = cutOf(pace, now);
  if (cut === undefined) return isAbsurd(pace.heldUntil, now) ? ` No wait that counts is so long. ${HOW_TO_LIFT}` : '';
  const until = untilText(cut.at + cut.asked * 1000);
  return ` Graph asked for ${cut.asked} s${until && `,${until}`}; that counts as 1 h. ${HOW_TO_LIFT}`;
}

const HOW_TO_LIFT = 'POST /api/resume (role Manage) lifts it.';

/** Empty where the time is so late that no date has it. */
export function untilText(at: number): string {
  const text = iso(at);
  return text === undefined ? '' : ` until ${text}`;
}
