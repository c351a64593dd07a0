/** How fast it goes, in words. */
import type { Tenant } from '../../../../client/types.ts';
import { clock, counted, duration, moment } from '../../parts/numbers.ts';

export type Pace = Tenant['pace'];

/**
 * Resets a second that Microsoft documents: 3,000 directory writes of an app in a tenant within 150 s. Source: Graph
 * documentation, "Throttling limits: identity and access". A test holds it against the limits of the service.
 */
export const DOCUMENTED_PER_SECOND = 20;

/** When Microsoft asked to wait, and what comes of it. */
export function waitText({ throttledUntil, fullRateAt, lastWait }: Pace): string {
  const slower =
    fullRateAt === undefined ? '' : ` It is slower after that, and as fast as before at ${clock(fullRateAt)}.`;
  if (throttledUntil !== undefined)
    return `Microsoft has asked to wait until ${clock(throttledUntil)}. All goes on by itself then.${slower}`;
  if (lastWait === undefined) return 'Microsoft has not asked to wait.';
  const length = duration(Date.parse(lastWait.until) - Date.parse(lastWait.from));
  const last = `Microsoft asked to wait last on ${moment(lastWait.from)}, for ${length}.`;
  return fullRateAt === undefined ? last : `${last} It is still slower, and as fast as before at ${clock(fullRateAt)}.`;
}

export const longWaitText = (askedToWaitUntil: string): string =>
  `Microsoft asked to wait even until ${moment(askedToWaitUntil)}; such a wait counts as an hour, and is asked for anew.`;

/** Undefined where a day has no cap. */
export function dayText({ lastDay }: Pace): string | undefined {
  if (lastDay === undefined) return undefined;
  const { invitations, limit, moreAt } = lastDay;
  const said = `${counted(invitations, 'invitation')} of at most ${limit} in the last 24 hours.`;
  return moreAt === undefined ? said : `${said} Nothing is left until ${clock(moreAt)}.`;
}
