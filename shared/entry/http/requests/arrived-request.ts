/**
 * The request that really arrived. The library's `HttpRequest` has its headers and parameters from what the host says
 * of a request, and there members of the query and of a JSON body stand in for them: a caller can write them all. So
 * nobody reads them but this file, which reads nothing of them but the body.
 */
import type { IncomingMessage } from 'node:http';
import type { HttpRequest } from '@azure/functions';

export interface ArrivedRequest {
  readonly method: string;
  /** Scheme and host as the functions host was asked for them; no header of a caller changes them. */
  readonly url: URL;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The route's, percent-decoded; of a path that does not fit, none. */
  readonly params: Readonly<Record<string, string>>;
  /** Read once. */
  readonly body: HttpRequest['body'];
}

/** Of a caller who is not asked who they are: so no header can say it. */
export type OpenRequest = Omit<ArrivedRequest, 'headers'>;

/** Of a caller who wants a file: what of it the caller can read, and has already. */
export interface FileRequest extends OpenRequest {
  readonly accepts: { readonly encoding: string | null; readonly known: string | null };
}

const arrived = new WeakMap<HttpRequest, ArrivedRequest>();

/** @throws Error for a request that nobody has seen arrive: that is a mistake of this app, and nobody is answered */
export function arrivedRequest(request: HttpRequest): ArrivedRequest {
  const found = arrived.get(request);
  if (found === undefined) throw new Error('The invocation has a request that has not been seen to arrive.');
  return found;
}

/** Remembers of the library's request what has arrived. */
export function rememberArrived(request: HttpRequest, head: Omit<ArrivedRequest, 'body'>): void {
  arrived.set(request, { ...head, body: request.body });
}

/** A name, an IPv4 address or an IPv6 one in brackets, and maybe a port. */
const HOST = /^(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * What was asked for, from the forwarded request. The host's forwarder sets `X-Forwarded-Host` and `X-Forwarded-Proto`
 * to what it saw, over what a caller sent. Source: YARP's documentation, "Request and Response Transforms".
 */
export function arrivedUrl({ headers, url = '' }: Pick<IncomingMessage, 'headers' | 'url'>): URL | undefined {
  const [host, protocol] = [headers['x-forwarded-host'], headers['x-forwarded-proto']];
  if (typeof host !== 'string' || !HOST.test(host) || !url.startsWith('/')) return undefined;
  if (protocol !== 'http' && protocol !== 'https') return undefined;
  return URL.parse(`${protocol}://${host}${url}`) ?? undefined;
}

/** Headers as Node has read them: of names that must not come twice the first, of others all, with commas between. */
export function arrivedHeaders({ headers }: Pick<IncomingMessage, 'headers'>): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers))
    for (const each of Array.isArray(value) ? value : value === undefined ? [] : [value]) all.append(name, each);
  return all;
}
