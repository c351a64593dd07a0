/**
 * How many invitations a day: the tenant's own cap. Counted by the hour, so that all of a day's may go at once and no
 * 24 hours ever have more. What was paid for counts, whether it was sent or not; a reset of which nothing
 * has gone out is not counted once more in the same hour. Pure. Times are milliseconds since the epoch.
 */

/** Invitations by hour since the epoch. */
export type DayCount = Readonly<Record<string, number>>;

const HOUR_MS = 3_600_000;
/** Any 24 hours lie within so many whole ones. */
const HOURS = 25;

/** What was paid for counts for so long, or up to an hour less. */
export const DAY_COUNT_MS = HOURS * HOUR_MS;

/**
 * What is paid for now may go out later: after a wait in place, at the end of the send window, or when Graph takes as
 * long as it may.
 * It counts in the hour in which that is over, or the count would end before 24 hours are.
 */
const LATEST_MS = 2 * 60_000;
const hourOf = (paidOn: number): number => Math.floor((paidOn + LATEST_MS) / HOUR_MS);

/** How many more may be sent now. */
export function leftToday(count: DayCount, maxPerDay: number, now: number): number {
  return Math.max(0, maxPerDay - spentOfDay(count, now));
}

/** How many count against the cap now. */
export const spentOfDay = (count: DayCount, now: number): number =>
  Object.values(recent(count, now)).reduce((sum, each) => sum + each, 0);

/** When the first hour that counts no longer counts; now where none does. */
export function nextOfDayAt(count: DayCount, now: number): number {
  const hours = Object.keys(recent(count, now)).map(Number);
  return hours.length === 0 ? now : (Math.min(...hours) + HOURS) * HOUR_MS;
}

export function countOfDay(count: DayCount, paid: number, now: number): DayCount {
  const hour = hourOf(now);
  return paid === 0 ? count : { ...recent(count, now), [hour]: (count[hour] ?? 0) + paid };
}

/**
 * Whether what was counted then need not be counted now: in the same hour only, for a count ends before what goes out
 * later is a day old.
 */
export const isCounted = (countedAt: number | undefined, now: number): boolean =>
  countedAt !== undefined && hourOf(countedAt) === hourOf(now);

/** How many of these, from the first, may be sent where so many more may be counted. */
export function withinDay(
  costs: readonly { readonly paidOn?: number | undefined }[],
  left: number,
  now: number,
): number {
  const uncounted = costs.flatMap(({ paidOn }, position) => (isCounted(paidOn, now) ? [] : [position]));
  return uncounted[left] ?? costs.length;
}

/** Clocks may differ by minutes: an hour that has not begun here counts as well. */
function recent(count: DayCount, now: number): DayCount {
  const oldest = Math.floor(now / HOUR_MS) - HOURS + 1;
  return Object.fromEntries(Object.entries(count).filter(([hour]) => Number(hour) >= oldest));
}
