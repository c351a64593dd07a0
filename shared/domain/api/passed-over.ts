/** Names in a query that are not for this service. */

/**
 * The platform's function key with its client id, and what Azure API Management adds. Names are compared without case,
 * as ASP.NET Core compares those of a query.
 */
const NAMES: ReadonlySet<string> = new Set(['code', 'clientid', 'subscription-key', 'api-version']);

/**
 * What a submission's query says of the request: how to answer it, and whether a second job is meant. Everything else
 * in it is an option of the job.
 */
export const OF_THE_REQUEST = ['format', 'waitWhilePaused', 'allowDuplicate'] as const;

export function isPassedOver(name: string): boolean {
  const lower = name.toLowerCase();
  return NAMES.has(lower) || lower.startsWith('x-ms-');
}
