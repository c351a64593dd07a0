/**
 * Which errors of the SDKs say that a service this one depends on is away for a while, rather than that we made a
 * mistake.
 */

/** Names of the errors of the Azure SDKs' time-outs, connections, tokens and refused requests. */
const NAMES = new Set([
  'RestError',
  'AbortError',
  'ServiceBusError',
  'MessagingError',
  'AggregateError',
  'AuthenticationError',
  'AggregateAuthenticationError',
  'CredentialUnavailableError',
]);

/** Answers that come of waiting; every other 4xx is a mistake of ours. */
const PASSING = new Set([408, 429]);

export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error) || !NAMES.has(error.name)) return false;
  const status = 'statusCode' in error ? Number(error.statusCode) : Number.NaN;
  return !(status >= 400 && status < 500) || PASSING.has(status);
}
