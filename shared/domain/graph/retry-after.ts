/** How long Graph asks to wait: the only reading of `Retry-After`, and the only default and bounds of it. Pure. */

/** Seconds that count, and what was asked for where that is longer. */
export interface RetryAfter {
  readonly seconds: number;
  /** Seconds that Graph asked for, where they are more than count. */
  readonly asked?: number;
}

/** A 429 that does not say how long. Source: Graph's own middleware waits 10 s or less. */
export const NOT_SAID: RetryAfter = { seconds: 10 };

const LEAST_SECONDS = 1;
/** Our own choice: longer than any wait that Graph is known to have asked for. */
export const MOST_SECONDS = 3_600;

/** Some programs write large numbers with an exponent. */
const NUMBER = /^(\d+\.?\d*|\.\d+)(e\+?\d+)?$/i;
/** The two forms with a time zone. Source: RFC 9110, "Date/Time Formats". */
const DATE = /^[a-z]+, .* GMT$/i;

/**
 * Reads the header: seconds, maybe fractional, or a date.
 * @param text of the header
 * @param date Graph's clock in the same answer, in ms; NaN where it says none
 */
export function readRetryAfter(text: string, date: number): RetryAfter {
  const asked = askedSeconds(text.trim(), date);
  if (Number.isNaN(asked)) return NOT_SAID;
  const seconds = Math.min(Math.max(asked, LEAST_SECONDS), MOST_SECONDS);
  // JSON has no infinity.
  return asked > MOST_SECONDS ? { seconds, asked: Math.min(asked, Number.MAX_SAFE_INTEGER) } : { seconds };
}

function askedSeconds(text: string, date: number): number {
  if (NUMBER.test(text)) return Number(text);
  return DATE.test(text) ? (Date.parse(text) - date) / 1000 : Number.NaN;
}
