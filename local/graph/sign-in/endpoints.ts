/** The sign-in service of the simulated tenant, over HTTP. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readText } from '../http.ts';
import { TENANT_ID } from '../tenant.ts';
import { HTML, type SignInAnswer } from './answer.ts';
import { authorize } from './authorize.ts';
import { signedOutPage } from './page.ts';
import type { SignIns } from './sign-ins.ts';
import { redeem } from './token.ts';

const PREFIX = `/${TENANT_ID}/oauth2/v2.0/`;

/** @returns false where the request is for somebody else */
export async function serveSignIn(
  signIns: SignIns,
  now: Date,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const url = new URL(request.url ?? '/', 'http://login.example');
  if (!url.pathname.startsWith(PREFIX)) return false;
  const origin = request.headers.origin;
  const call = `${request.method} ${url.pathname.slice(PREFIX.length)}`;
  const form = new URLSearchParams(await readText(request));
  const { status, headers, body } = answered(signIns, now, { call, query: url.searchParams, form, origin });
  response.writeHead(status, { ...headers, ...crossOrigin(call, origin) }).end(body);
  return true;
}

interface Call {
  readonly call: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly origin: string | undefined;
}

function answered(signIns: SignIns, now: Date, { call, query, form, origin }: Call): SignInAnswer {
  switch (call) {
    case 'GET authorize':
      return authorize(signIns, query, undefined, now);
    case 'POST authorize':
      return authorize(signIns, query, form, now);
    case 'OPTIONS token':
      return { status: 204, headers: {} };
    case 'POST token':
      return redeem(signIns, form, origin, now);
    case 'GET logout':
      return signOut(query.get('post_logout_redirect_uri'));
    default:
      return { status: 404, headers: {} };
  }
}

/** Only the token endpoint is asked by pages of other origins. */
const crossOrigin = (call: string, origin: string | undefined): Record<string, string> =>
  origin === undefined || !call.endsWith(' token')
    ? {}
    : { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Headers': '*', Vary: 'Origin' };

/** Back to a page of the console, and to nobody else's. */
const signOut = (back: string | null): SignInAnswer =>
  back !== null && /^http:\/\/localhost(?::\d+)?\/api\/console\/$/.test(back)
    ? { status: 302, headers: { Location: back } }
    : { status: 200, headers: HTML, body: signedOutPage() };
