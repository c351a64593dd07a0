/**
 * How many invitations a day: the tenant's own cap. Counted by the hour, so that all of a day's may go at once and no 24 hours ever
 * have more. Pure. Times are milliseconds since the epoch.
 */

/** Invitations by hour since the epoch. */
export type DayCount = Readonly<Record<string, number>>;

const HOUR_MS = 3_600_000;
/** Any 24 hours lie within so many whole ones. */
const HOURS = 25;

/** What was sent counts for so long, or up to an hour less. */
export const DAY_COUNT_MS = HOURS * HOUR_MS;

/** How many more may be sent now. */
export function leftToday(count: DayCount, maxPerDay: number, now: number): number {
  return Math.max(0, maxPerDay - Object.values(recent(count, now)).reduce((sum, each) => sum + each, 0));
}

/** When the first hour that counts no longer counts; now where none does. */
export function nextOfDayAt(count: DayCount, now: number): number {
  const hours = Object.keys(recent(count, now)).map(Number);
  return hours.length === 0 ? now : (Math.min(...hours) + HOURS) * HOUR_MS;
}

export function countOfDay(count: DayCount, sent: number, now: number): DayCount {
  const hour = String(Math.floor(now / HOUR_MS));
  return sent === 0 ? count : { ...recent(count, now), [hour]: (count[hour] ?? 0) + sent };
}

/** Takes back what was counted within the last minutes and not sent: of this hour, and what that does not hold of the one before. */
export function uncountOfDay(count: DayCount, unsent: number, now: number): DayCount {
  const hour = Math.floor(now / HOUR_MS);
  const [ofThis, ofLast] = [count[hour] ?? 0, count[hour - 1] ?? 0];
  const left = Math.max(0, unsent - ofThis);
  return { ...count, [hour]: Math.max(0, ofThis - unsent), ...(left > 0 && { [hour - 1]: Math.max(0, ofLast - left) }) };
}

/** Clocks may differ by minutes: an hour that has not begun here counts as well. */
function recent(count: DayCount, now: number): DayCount {
  const oldest = Math.floor(now / HOUR_MS) - HOURS + 1;
  return Object.fromEntries(Object.entries(count).filter(([hour]) => Number(hour) >= oldest));
}
