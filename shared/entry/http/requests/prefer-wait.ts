/** `Prefer: wait=30`: the caller would rather wait for the end than poll. Source: RFC 7240. */

/** Well below what the front end allows an answer to take. */
const MAX_WAIT_SECONDS = 100;

/** Whole seconds, at most 100; undefined when the caller does not want to wait. */
export function preferredWaitSeconds(header: string | null): number | undefined {
  const wait = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,9})"?/i.exec(header ?? '')?.[1];
  return wait === undefined ? undefined : Math.min(Number(wait), MAX_WAIT_SECONDS);
}
