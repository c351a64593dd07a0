import type { IncomingMessage } from 'node:http';

/** A name, an IPv4 address or an IPv6 one in brackets, and maybe a port. */
const HOST = /^(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * What was asked for; undefined where the `Host` or the path is none, which is a 400. Put together as text: a path that
 * begins with two slashes names no host.
 */
export function requestUrl({ headers, url = '/' }: Pick<IncomingMessage, 'headers' | 'url'>): URL | undefined {
  const { host = '' } = headers;
  if (!HOST.test(host) || !url.startsWith('/')) return undefined;
  return URL.parse(`http://${host}${url}`) ?? undefined;
}
