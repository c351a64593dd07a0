/** The simulator's sign-in of people in a browser: codes with PKCE, as a single-page application gets them. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_CLIENT_ID } from '../../../local/graph/api-tokens.ts';
import { startGraphSimulator, type GraphSimulator } from '../../../local/graph/simulator.ts';
import { TENANT_ID } from '../../../local/graph/tenant.ts';

const REDIRECT = 'http://localhost:7071/api/console/';
const SCOPE = `api://${API_CLIENT_ID}/access_as_user openid profile offline_access`;
const VERIFIER = 'v'.repeat(43);
const ADA = { name: 'ada@contoso.example', oid: '66666666-6666-4666-8666-666666666666' };
const ORIGIN = { origin: 'http://localhost:7071' };

let clock = new Date();
let graph: GraphSimulator;
beforeAll(async () => {
  graph = await startGraphSimulator({ port: 0, guests: 1, seed: 1, now: () => clock });
});
afterAll(async () => {
  await graph?.close();
});

const endpoint = (name: string): string => `${graph.url}/${TENANT_ID}/oauth2/v2.0/${name}`;

function asked(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const all = {
    client_id: API_CLIENT_ID,
    redirect_uri: REDIRECT,
    response_type: 'code',
    response_mode: 'fragment',
    scope: SCOPE,
    state: 'where I was',
    nonce: 'once',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  return new URLSearchParams(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : []))).toString();
}

const send = (url: string, form: readonly (readonly [string, string])[], headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: new URLSearchParams(form.map(([name, value]) => [name, value])),
  });

/** What the page was sent back with. */
function broughtBack(answer: Response): URLSearchParams {
  const { hash, origin, pathname } = new URL(answer.headers.get('location') ?? '');
  expect(`${origin}${pathname}`).toBe(REDIRECT);
  return new URLSearchParams(hash.slice(1));
}

async function signIn(roles: readonly string[] = ['Read']): Promise<string> {
  const answer = await send(endpoint('authorize'), [
    ['asked', asked()],
    ...Object.entries(ADA),
    ...roles.map((role) => ['role', role] as const),
  ]);
  expect(answer.status).toBe(302);
  const back = broughtBack(answer);
  expect(back.get('state')).toBe('where I was');
  return back.get('code') ?? '';
}

const redeemed = (code: string, changes: Readonly<Record<string, string>> = {}): (readonly [string, string])[] =>
  Object.entries({
    grant_type: 'authorization_code',
    client_id: API_CLIENT_ID,
    redirect_uri: REDIRECT,
    code,
    code_verifier: VERIFIER,
    ...changes,
  });

interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
  readonly scope: string;
  readonly error_description?: string;
}
const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

test('one chooses who to be, and the page gets the tokens of that person', async () => {
  const page = await fetch(`${endpoint('authorize')}?${asked()}`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain(ADA.name);

  const answer = await send(endpoint('token'), redeemed(await signIn(['Submit', 'Read'])), ORIGIN);
  expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN.origin);
  const tokens = (await answer.json()) as Tokens;
  expect(tokens.scope).toBe(SCOPE);
  expect(claimsOf(tokens.access_token)).toMatchObject({
    aud: API_CLIENT_ID,
    oid: ADA.oid,
    preferred_username: ADA.name,
    roles: ['Submit', 'Read'],
    scp: 'access_as_user',
    azp: API_CLIENT_ID,
  });
  expect(claimsOf(tokens.id_token)).toMatchObject({ aud: API_CLIENT_ID, oid: ADA.oid, nonce: 'once' });
  expect(claimsOf(tokens.id_token)).not.toHaveProperty('roles');
});

test('a sign-in is renewed as often as one likes, until it is a day old or nobody may renew', async () => {
  const renew = async ({ refresh_token }: Tokens): Promise<Tokens> => {
    const form = { grant_type: 'refresh_token', client_id: API_CLIENT_ID, refresh_token };
    return (await send(endpoint('token'), Object.entries(form), ORIGIN)).json() as Promise<Tokens>;
  };
  const first = (await (await send(endpoint('token'), redeemed(await signIn()), ORIGIN)).json()) as Tokens;
  const second = await renew(first);
  expect(claimsOf(second.access_token)).toMatchObject({ oid: ADA.oid, roles: ['Read'] });
  expect((await renew(first)).access_token).toBeDefined();
  clock = new Date(clock.getTime() + 24 * 3_600_000);
  expect((await renew(second)).error_description).toContain('AADSTS700084');

  const third = (await (await send(endpoint('token'), redeemed(await signIn()), ORIGIN)).json()) as Tokens;
  expect((await fetch(`${graph.url}/_sim/sign-ins`, { method: 'DELETE' })).status).toBe(204);
  expect((await renew(third)).error_description).toContain('AADSTS700084');
});

test.each([
  ['another verifier', { code_verifier: 'x'.repeat(43) }, ORIGIN, 'AADSTS501481'],
  ['another address to come back to', { redirect_uri: `${REDIRECT}jobs` }, ORIGIN, 'AADSTS500112'],
  ['another application', { client_id: TENANT_ID }, ORIGIN, 'AADSTS700016'],
  ['no page that asks', {}, {}, 'AADSTS9002327'],
  ['another grant', { grant_type: 'password' }, ORIGIN, 'AADSTS70003'],
])('a code is refused with %s', async (_with, changes, headers, code) => {
  const answer = await send(endpoint('token'), redeemed(await signIn(), changes), headers);
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as Tokens).error_description).toContain(code);
});

test('a code is good once, and for ten minutes', async () => {
  const code = await signIn();
  expect((await send(endpoint('token'), redeemed(code), ORIGIN)).status).toBe(200);
  expect((await send(endpoint('token'), redeemed(code), ORIGIN)).status).toBe(400);
  const late = await signIn();
  clock = new Date(clock.getTime() + 600_000);
  expect((await send(endpoint('token'), redeemed(late), ORIGIN)).status).toBe(400);
});

test.each([
  ['another application', { client_id: TENANT_ID }, 'AADSTS700016'],
  ['an address without the slash', { redirect_uri: REDIRECT.slice(0, -1) }, 'AADSTS50011'],
  ['an address on another machine', { redirect_uri: 'http://evil.example/api/console/' }, 'AADSTS50011'],
  ['an address by number', { redirect_uri: 'http://127.0.0.1:7071/api/console/' }, 'AADSTS50011'],
])('nobody is sent back with %s', async (_with, changes, code) => {
  const answer = await fetch(`${endpoint('authorize')}?${asked(changes)}`, { redirect: 'manual' });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(code);
});

test.each([
  ['a scope of somebody else', { scope: `${SCOPE} User.Read` }, 'invalid_scope'],
  ['no scope of the API', { scope: 'openid' }, 'invalid_request'],
  ['no challenge', { code_challenge: undefined }, 'invalid_request'],
  ['a wish for tokens at once', { response_type: 'token' }, 'unsupported_response_type'],
  ['a wish not to be seen', { prompt: 'none' }, 'login_required'],
])('the page is told of %s', async (_of, changes, error) => {
  const answer = await fetch(`${endpoint('authorize')}?${asked(changes)}`, { redirect: 'manual' });
  expect(broughtBack(answer).get('error')).toBe(error);
});

test('whoever thinks better of it comes back with nothing, and whoever signs out comes back to the console', async () => {
  const given = [['asked', asked()] as const, ['cancel', 'yes'] as const];
  expect(broughtBack(await send(endpoint('authorize'), given)).get('error')).toBe('access_denied');
  const out = (back: string) =>
    fetch(`${endpoint('logout')}?post_logout_redirect_uri=${encodeURIComponent(back)}`, { redirect: 'manual' });
  expect((await out(REDIRECT)).headers.get('location')).toBe(REDIRECT);
  expect((await out('https://evil.example/')).headers.get('location')).toBeNull();
});
