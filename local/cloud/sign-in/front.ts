/**
 * App Service authentication in front of the local API: whoever has no valid token gets a bare 401, and the app is told
 * who calls. `docs/simulator-differences.md` says what of it is a guess.
 */
import type { IncomingMessage } from 'node:http';
import { mayBeExcluded } from '../../../shared/entry/http/excluded-paths.ts';
import { provenClaims } from './bearer-token.ts';
import { isPlatformHeader, principalHeaders } from './principal.ts';
import { signingKeysOf } from './signing-keys.ts';

/** Set on the request that goes on to a host, or the answer that it gets at once. */
export type Admission =
  | { readonly kind: 'admitted'; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly kind: 'refused';
      readonly status: 401 | 431;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };

/** Decides about a request, and takes away what its caller may not say. */
export type Front = (request: IncomingMessage, path: string) => Promise<Admission>;

/** All headers of a request together. Source: the default of Node's HTTP server, which the library's streams end at. */
const HEADERS_MAX_BYTES = 16 * 1024;
/** What is on its way to the app beside: the host's own headers. */
const ROOM_FOR_OTHERS = 1024;

export interface FrontOptions {
  readonly tenantId: string;
  readonly clientId: string;
  /** Where the tenant's OpenID document lies, without the tenant. */
  readonly loginUrl: string;
  readonly now?: () => number;
}

export function startFront({ tenantId, clientId, loginUrl, now = Date.now }: FrontOptions): Front {
  const keysFor = signingKeysOf(`${loginUrl}/${tenantId}/v2.0`);
  const audiences = [clientId, `api://${clientId}`];
  const unknown: Admission = {
    kind: 'refused',
    status: 401,
    headers: {
      'content-type': 'text/html',
      'www-authenticate':
        `Bearer realm="localhost" authorization_uri="https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/` +
        `authorize" resource_id="${clientId}"`,
    },
    body: 'You do not have permission to view this directory or page.',
  };
  return async (request, path) => {
    for (const name of Object.keys(request.headers)) if (isPlatformHeader(name)) delete request.headers[name];
    if (mayBeExcluded(path)) return { kind: 'admitted', headers: {} };
    const token = bearerOf(request);
    // Keys that cannot be had prove nothing.
    const proving = token === undefined ? undefined : provenClaims(token, keysFor, audiences, now() / 1000);
    const claims = await proving?.catch(() => undefined);
    if (claims === undefined) return unknown;
    const headers = principalHeaders(claims);
    const bytes = lengthOf(headers) + lengthOf(request.headers) + ROOM_FOR_OTHERS;
    return bytes > HEADERS_MAX_BYTES
      ? { kind: 'refused', status: 431, headers: {}, body: '' }
      : { kind: 'admitted', headers };
  };
}

/** Of one header: two leave open who is meant. */
function bearerOf({ rawHeaders, headers }: IncomingMessage): string | undefined {
  const isNamed = (name: string, at: number): boolean => at % 2 === 0 && name.toLowerCase() === 'authorization';
  if (rawHeaders.filter(isNamed).length !== 1) return undefined;
  return /^Bearer +([\w.-]+)$/i.exec(headers.authorization ?? '')?.[1];
}

const lengthOf = (headers: Readonly<Record<string, string | readonly string[] | undefined>>): number =>
  Object.entries(headers).reduce((bytes, [name, value]) => bytes + name.length + String(value ?? '').length + 4, 0);
