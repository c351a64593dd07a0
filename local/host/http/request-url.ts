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
  return URL.parse(`http://${host}${withPercents(url)}`) ?? undefined;
}

/** The real host reads a `%` that encodes nothing as itself, and its forwarder encodes it again. */
function withPercents(url: string): string {
  const [path = '', ...query] = url.split('?');
  const segments = path.replaceAll(/%(?![0-9a-f]{2})/gi, '%25').split('/');
  return [segments.map((text) => (isEncoded(text) ? text : text.replaceAll('%', '%25'))).join('/'), ...query].join('?');
}

function isEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}
