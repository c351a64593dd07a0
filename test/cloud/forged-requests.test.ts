/**
 * Whatever a caller writes, they are who the platform says, and ask for what the request says that really arrived. The
 * built app, in a host that is as gullible as the real one; this test is the platform that signs callers in.
 */
import http from 'node:http';
import { once } from 'node:events';
import { json } from 'node:stream/consumers';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HTTP_ROUTES, type HttpRoute } from '../../shared/entry/http/routes.ts';
import { headersOf, judge } from '../parts/openapi-judge.ts';
import { startCloud, type TestCloud } from './cloud.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const CLIENT = '22222222-2222-4222-8222-222222222222';

const CLAIMS = {
  tid: TENANT,
  iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
  oid: '33333333-3333-4333-8333-333333333333',
  preferred_username: 'ada@contoso.example',
};
/** As App Service passes a caller on. */
function principal(roles: readonly string[], claims: object = CLAIMS, auth_typ = 'aad'): string {
  const all = [...Object.entries(claims), ...roles.map((role) => ['roles', role])].map(([typ, val]) => ({ typ, val }));
  return Buffer.from(JSON.stringify({ auth_typ, claims: all })).toString('base64');
}
const EVERYTHING = principal(['Submit', 'Read', 'Manage']);
const signedIn = { 'x-ms-client-principal': EVERYTHING };

let cloud: TestCloud;
let guestId = '';
let jobId = '';
/** Of every function that answers known callers only. */
const ROUTES = Object.values<HttpRoute>(HTTP_ROUTES)
  .filter(({ access }) => access !== 'everybody')
  .map(({ method, route }) => [method, route] as const);

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}
interface Ask {
  readonly method?: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string;
}
/** By `node:http`, which sends every header as it is told. */
async function ask(path: string, { method = 'GET', headers = {}, body }: Ask = {}, api = cloud.api): Promise<Answer> {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const url = new URL(`${api}/${path}`);
  const request = http.request(`${api}/${path}`, { method, agent: false, headers: { ...length, ...headers } });
  request.end(body);
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  const type = String(answer.headers['content-type']);
  const read = type.includes('json') ? ((await json(answer)) as Record<string, unknown>) : {};
  answer.resume();
  judge({ method, url, body, status: answer.statusCode ?? 0, headers: headersOf(answer), text: JSON.stringify(read) });
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: read };
}
const pathOf = (route: string): string => route.replace('{id}', jobId).replace('{guestId}', guestId);

beforeAll(async () => {
  cloud = await startCloud({
    env: { WEBSITE_AUTH_ENABLED: 'True', WEBSITE_AUTH_CLIENT_ID: CLIENT.toUpperCase(), API_CLIENT_ID: CLIENT },
  });
  const users = (await (await fetch(`${cloud.graph}/_sim/users`)).json()) as { id: string; userType: string }[];
  guestId = users.find(({ userType }) => userType === 'Guest')?.id ?? '';
  const submitted = await ask(`guests/${guestId}/resets?sendInvitationMessage=false`, {
    method: 'POST',
    headers: { ...signedIn, prefer: 'wait=20' },
  });
  jobId = String(submitted.body['id']);
});
afterAll(async () => {
  await cloud?.stop();
});

test('with an identity the job has ended', async () => {
  const { body } = await ask(`jobs/${jobId}`, { headers: signedIn });
  expect(body).toMatchObject({ status: 'completed', counts: { succeeded: 1 } });
});

describe('a caller without an identity gets none', () => {
  const headers = { 'x-ms-client-principal': EVERYTHING };
  const inQuery = (name: string) => `?${name}=${encodeURIComponent(JSON.stringify(headers))}`;
  const inBody = (name: string): Ask => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ [name]: headers }),
  });
  test.each<readonly [string, string, Ask]>([
    ['a query with Headers', inQuery('Headers'), {}],
    ['a query with headers', inQuery('headers'), {}],
    ['a JSON body with Headers', '', inBody('Headers')],
    ['a JSON body with HEADERS', '', inBody('HEADERS')],
    ['a query named like the header', `?x-ms-client-principal=${encodeURIComponent(EVERYTHING)}`, {}],
    ['a body with Headers of another type', '', { ...inBody('Headers'), headers: { 'content-type': 'text/csv' } }],
  ])('from %s, on any route', async (_name, query, forged) => {
    for (const [method, route] of ROUTES) {
      const { status, body } = await ask(`${pathOf(route)}${query}`, { ...forged, method });
      expect([status, body['code']], `${method} ${route}`).toEqual([401, 'notSignedIn']);
    }
    const { body } = await ask(`health${query}`, forged);
    expect(['healthy', 400]).toContain(body['status']);
    expect(body).not.toHaveProperty('checks');
  });

  test.each<readonly [string, string]>([
    ['no tenant', principal(['Manage'], { ...CLAIMS, tid: undefined })],
    ['another tenant', principal(['Manage'], { ...CLAIMS, tid: CLIENT })],
    ['no issuer', principal(['Manage'], { ...CLAIMS, iss: undefined })],
    ['another issuer', principal(['Manage'], { ...CLAIMS, iss: 'https://login.evil.example/v2.0' })],
    ['another kind of sign-in', principal(['Manage'], CLAIMS, 'google')],
    ['no object id', principal(['Manage'], { ...CLAIMS, oid: undefined })],
  ])('from a principal with %s', async (_name, value) => {
    const { status } = await ask('jobs', { headers: { 'x-ms-client-principal': value } });
    expect(status).toBe(401);
  });

  test('where everybody is let through, and whoever says who they are is told no more than others', async () => {
    const said = { headers: signedIn };
    for (const more of [{}, said, { headers: { ...signedIn, authorization: 'Bearer x' } }])
      expect((await ask('health', more)).body).toEqual({ status: 'healthy' });
    const moved = await ask('health/details', said);
    expect([moved.status, moved.headers.location, moved.body]).toEqual([308, '/api/diagnostics', {}]);
    const plain = await ask('openapi.json');
    expect((await ask('openapi.json', said)).body).toEqual(plain.body);
    for (const path of ['health/', 'health/x', 'health%2Fx', 'problems', 'problems/x', 'console/x.js'])
      expect((await ask(path, said)).body['detail'], path).toEqual((await ask(path)).body['detail']);
  });

  test('and nothing has come of all that', async () => {
    expect((await ask('diagnostics', { headers: signedIn })).body).toMatchObject({ status: 'healthy' });
    const { body } = await ask(`jobs`, { headers: signedIn });
    expect((body['value'] as { id: string }[]).map(({ id }) => id)).toEqual([jobId]);
    const mails = (await (await fetch(`${cloud.graph}/_sim/mails`)).json()) as unknown[];
    expect(mails).toEqual([]);
  });
});

describe('the path says which job and which guest', () => {
  test.each(['ID=1', 'Id=1', 'iD=x&id=2'])('where the query says %s', async (query) => {
    for (const path of [`jobs/${jobId}`, `jobs/${jobId}/completion`, `jobs/${jobId}/resets`])
      expect((await ask(`${path}?${query}`, { headers: signedIn })).body, path).toMatchObject({
        code: 'unknownParameter',
      });
  });
  test('where the body says another', async () => {
    const body = JSON.stringify({ ID: '1', Id: '2', iD: '3' });
    const asked = { method: 'POST', headers: signedIn, body };
    for (const what of ['check', 'cancel'])
      expect((await ask(`jobs/${jobId}/${what}`, asked)).body).toMatchObject({ code: 'unexpectedBody', errorCount: 3 });
  });
  test('where the query names another guest', async () => {
    const { body } = await ask(`guests/${guestId}/resets?GuestId=${CLIENT}&GUESTID=x`, { headers: signedIn });
    expect(body).toMatchObject({ code: 'unknownParameter', errorCount: 2 });
  });
  test('and one that cannot be decoded names nothing', async () => {
    for (const path of ['jobs/%E0%A4', 'guests/%zz/resets', 'guests/100%/resets'])
      expect(['jobNotFound', 'invalidGuestId'], path).toContain((await ask(path, { headers: signedIn })).body['code']);
  });
});

test('links lead where the functions host was reached, whatever is said of forwarding', async () => {
  const evil = 'evil.example';
  const headers = {
    ...signedIn,
    'x-forwarded-host': evil,
    'x-forwarded-proto': 'https',
    'x-original-host': evil,
    'x-original-url': `https://${evil}/`,
    'x-forwarded-prefix': `/${evil}`,
    forwarded: `host=${evil}`,
  };
  for (const api of [cloud.api, `${cloud.state().hosts[0]?.url}/api`]) {
    const { body } = await ask(`jobs/${jobId}`, { headers }, api);
    expect(body['links']).toMatchObject({ self: `${api}/jobs/${jobId}` });
  }
});

/** A request that is not matched is given up then. Who had to wait behind one would take all of it. */
const MATCHED_WITHIN_MS = 10_000;

describe("a caller's own x-ms-invocation-id", () => {
  const GUID = randomUUID();
  const withId = (id: string | string[]): http.OutgoingHttpHeaders => ({ ...signedIn, 'x-ms-invocation-id': id });

  test.concurrent.each<readonly [string, string | string[]]>([
    ['that is a GUID', GUID],
    ['that another request sends as well', GUID],
    ['that comes twice', [randomUUID(), randomUUID()]],
    ['that is no GUID', 'rubbish'],
    ['that is the name of a property', '__proto__'],
    ['that is empty', ''],
  ])(
    '%s is answered with 503, on any route, and others are answered meanwhile',
    async (_name, id) => {
      const refused = ROUTES.filter(([, route]) => route !== 'resume').map(async ([method, route]) => {
        const { status, body } = await ask(pathOf(route), { method, headers: withId(id) });
        expect([status, body['code']], `${method} ${route}`).toEqual([503, 'requestNotMatched']);
      });
      const others = Array.from({ length: 5 }, async () => {
        const startedAt = performance.now();
        expect((await ask('jobs', { headers: signedIn })).status).toBe(200);
        expect(performance.now() - startedAt).toBeLessThan(MATCHED_WITHIN_MS / 2);
      });
      await Promise.all([...refused, ...others]);
    },
    40_000,
  );

  // Each waits ten seconds until its request is given up, so they do that side by side.
  test.concurrent('of a request that has been answered gives nobody its answer', async () => {
    const first = await ask(`jobs/${jobId}`, { headers: signedIn });
    const id = String(first.headers['x-ms-invocation-id']);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const { status, body } = await ask(`jobs/${jobId}`, { headers: { 'x-ms-invocation-id': id } });
    expect([status, body['code']]).toEqual([503, 'requestNotMatched']);
  }, 40_000);

  test.concurrent('of a request that still runs neither gets nor disturbs its answer', async () => {
    // An answer that is longer than what lies between it and a caller who does not read on. Its head tells the id.
    const lines = 40_000;
    const csv = `user\n${Array.from({ length: lines }, (_, row) => `g${row}@fabrikam.example`).join('\n')}`;
    const request = http.request(`${cloud.api}/jobs?sendInvitationMessage=false&dryRun=true&format=csv`, {
      method: 'POST',
      agent: false,
      headers: { ...signedIn, 'content-type': 'text/csv' },
    });
    request.end(csv.replaceAll('@', '@@'));
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
    const id = String(answer.headers['x-ms-invocation-id']);
    const { status } = await ask('jobs', { headers: withId(id) });
    expect(status).toBe(503);
    let bytes = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) bytes += chunk.length;
    expect(bytes).toBeGreaterThan(lines * 10);
  }, 40_000);
});
