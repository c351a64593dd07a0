/** On a developer's machine nobody signs in: a page of another origin must not do what the developer may. */
import type { Authentication } from '../../../authentication.ts';
import { problem, type Problem } from '../../../domain/api/problem.ts';
import type { ArrivedRequest } from './arrived-request.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Whether the host that was asked is this machine, or one that the developer has named. */
export const isOwnHost = ({ hostname }: URL, { allowedHosts }: { readonly allowedHosts: readonly string[] }): boolean =>
  [...LOOPBACK, ...allowedHosts].includes(hostname);

/**
 * Why this request is not the developer's own. A foreign `Host` is a name that leads here and belongs to somebody else;
 * `Origin` and `Sec-Fetch-Site` are what browsers say of the page that asks.
 */
export function foreignCaller(
  { url, headers }: Pick<ArrivedRequest, 'url' | 'headers'>,
  authentication: Authentication,
): Problem | undefined {
  if (authentication.by !== 'development') return undefined;
  const { publicOrigin } = authentication;
  if (!isOwnHost(url, authentication))
    return problem(
      'foreignHost',
      'In local development the service answers at localhost, and at the names in ALLOWED_HOSTS. Nothing was done.',
    );
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  const isOwn = origin === null || origin === url.origin || origin === publicOrigin;
  if (isOwn && (site === null || site === 'none' || site === 'same-origin')) return undefined;
  return problem(
    'foreignOrigin',
    'In local development no page of another origin is answered, for nobody signs in there. Nothing was done.',
  );
}
