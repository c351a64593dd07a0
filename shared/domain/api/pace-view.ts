/** How fast the tenant's resets go, as callers see it. Pure. */
import { askedUntil } from '../pace/capped-wait.ts';
import { nextOfDayAt, spentOfDay, type DayCount } from '../pace/day-count.ts';
import type { Pace } from '../pace/pace.ts';
import type { PaceRules } from '../pace/pay.ts';
import { describeThrottling, fullRateAt, rateFactor } from '../pace/throttling.ts';
import type { Gate } from '../stops/stop.ts';
import type { Wait } from '../waits.ts';
import { iso } from '../instant.ts';
import { defined } from './reset-view.ts';

/** JSON of it. Nothing is sent while the tenant is stopped or throttled, or has had its day's invitations. */
export function paceView({ stop }: Gate, pace: Pace, rules: PaceRules, now: number): Record<string, unknown> {
  const isThrottled = pace.throttledUntil > now;
  const lastDay = dayView(pace.day, rules.maxInvitationsPerDay, now);
  const isHeldBack = stop !== undefined || isThrottled || lastDay?.['moreAt'] !== undefined;
  return defined({
    perSecond: isHeldBack ? 0 : hundredths(rules.resetsPerSecond * rateFactor(pace, now)),
    limitPerSecond: hundredths(rules.resetsPerSecond),
    throttledUntil: isThrottled ? iso(pace.throttledUntil) : undefined,
    askedToWaitUntil: iso(askedUntil(pace, now)),
    fullRateAt: iso(fullRateAt(pace, now)),
    lastWait: waitView(pace.waits?.at(-1)),
    note: describeThrottling(pace, now),
    lastDay,
  });
}

/** Undefined also where a time is so late that no date has it. */
function waitView(wait: Wait | undefined): Record<string, unknown> | undefined {
  const [from, until] = [iso(wait?.[0]), iso(wait?.[1])];
  return from === undefined || until === undefined ? undefined : { from, until };
}

/** What counts against the cap of a day, and when it will be less where nothing is left. */
function dayView(count: DayCount = {}, limit: number | undefined, now: number): Record<string, unknown> | undefined {
  if (limit === undefined) return undefined;
  const invitations = spentOfDay(count, now);
  return defined({ invitations, limit, moreAt: invitations < limit ? undefined : iso(nextOfDayAt(count, now)) });
}

/** Of resets a second: nobody reads more places. */
export const hundredths = (rate: number): number => Math.round(100 * rate) / 100;
