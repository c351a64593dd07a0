/** Stored times as text and as dates. A row may hold any number; none of these throws. Pure. */

/** Milliseconds from the epoch that a `Date` holds, either way. Source: ECMAScript, "Time Values". */
const LAST_INSTANT = 8_640_000_000_000_000;

/** What tables and queues take for a date. Source: Table Storage documentation, "Understanding the data model". */
const FIRST_STORED = Date.parse('1601-01-01T00:00:00Z');
const LAST_STORED = Date.parse('9999-12-31T23:59:59Z');

/** Undefined for what is no time. */
export const instantOf = (milliseconds: number | undefined): number | undefined =>
  typeof milliseconds === 'number' && Math.abs(milliseconds) <= LAST_INSTANT ? milliseconds : undefined;

/** ISO 8601, UTC; undefined for what is no time. */
export function iso(milliseconds: number | undefined): string | undefined {
  const instant = instantOf(milliseconds);
  return instant === undefined ? undefined : new Date(instant).toISOString();
}

/** A date that tables and queues take: the nearest one; for what is no number the first one, which is long ago. */
export function storedDate(milliseconds: number): Date {
  const bounded = Math.min(Math.max(milliseconds, FIRST_STORED), LAST_STORED);
  return new Date(Number.isNaN(bounded) ? FIRST_STORED : bounded);
}

/** Seconds since a time that was planned; none where a clock, or whoever came early, is ahead of it. */
export const secondsSince = (planned: number, now: number): number => Math.max(0, now - planned) / 1000;
