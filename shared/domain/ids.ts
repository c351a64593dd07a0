/** Ids. A job id sorts newest first, so that it can be the row key of its own listing. */

declare const brand: unique symbol;
export type JobId = string & { readonly [brand]: 'JobId' };

/** Crockford's base 32 in lower case: no letters that look like digits, safe in URLs, table keys and file names. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** Characters of a job id that tell its time. */
export const JOB_ID_TIME_CHARS = 10;
const RANDOM_CHARS = 16;
const MAX_TIME = 2 ** 48 - 1;
/** What every job id looks like, as a regular expression. */
export const JOB_ID_PATTERN = `^[${ALPHABET}]{${JOB_ID_TIME_CHARS + RANDOM_CHARS}}$`;
const JOB_ID = new RegExp(JOB_ID_PATTERN);

/**
 * A job id: ten characters of inverted time, then sixteen random ones.
 * @param now milliseconds since the epoch
 * @param random at least 16 random bytes
 */
export function newJobId(now: number, random: Uint8Array): JobId {
  const time = jobIdTime(now);
  const tail = Array.from(random.subarray(0, RANDOM_CHARS), (byte) => ALPHABET.charAt(byte % 32)).join('');
  return (time + tail) as JobId;
}

/** How the ids of jobs begin that are made at that time. Later ones sort before it, earlier ones after it. */
export function jobIdTime(now: number): string {
  let time = '';
  for (let rest = MAX_TIME - now, i = 0; i < JOB_ID_TIME_CHARS; i++, rest = Math.floor(rest / 32))
    time = ALPHABET.charAt(rest % 32) + time;
  return time;
}

/** The id in a path or a message, or undefined when it cannot be one. */
export function parseJobId(text: unknown): JobId | undefined {
  return typeof text === 'string' && JOB_ID.test(text) ? (text as JobId) : undefined;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for a directory object id in its usual form. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}
