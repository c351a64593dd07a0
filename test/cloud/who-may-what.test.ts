/**
 * Every route, for everybody who may come: with a token of each kind and role, with none, and with what a stranger can
 * forge. The built app behind the local front, which plays App Service authentication. Who may what stands here, and is
 * taken from no code.
 */
import { execFile } from 'node:child_process';
import { createHmac, createPublicKey, generateKeyPairSync, sign, type JsonWebKey } from 'node:crypto';
import http from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HTTP_ROUTES } from '../../shared/entry/http/routes.ts';
import { headersOf, judge } from '../parts/openapi-judge.ts';
import { startCloud, type TestCloud } from './cloud.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const CLIENT_ID = '44444444-4444-4444-8444-444444444444';
const OTHER_TENANT = '99999999-9999-4999-8999-999999999999';
const ADA = '10000000-0000-4000-8000-00000000000a';
const BEN = '20000000-0000-4000-8000-00000000000b';
const CARA = '30000000-0000-4000-8000-00000000000c';

/** What the tests ask of an answer's JSON; nothing of it where there is none. */
interface Said {
  readonly id?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly name?: string;
  readonly roles?: readonly string[];
  readonly value?: readonly { readonly id?: string; readonly jobId?: string; readonly inviteRedeemUrl?: string }[];
}
interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  readonly body: Said;
}
/** A list may have a header twice. */
type Headers = Readonly<Record<string, string>> | readonly (readonly [string, string])[];

let cloud: TestCloud;
let guestId = '';
/** Ada's: one that has ended, and one that waits. */
let ended = '';
let open = '';
const tokens = new Map<string, string>();

async function token(wanted: object): Promise<string> {
  const key = JSON.stringify(wanted);
  const known = tokens.get(key);
  if (known !== undefined) return known;
  const answer = await fetch(`${cloud.graph}/_sim/token`, { method: 'POST', body: key });
  const { access_token } = (await answer.json()) as { access_token: string };
  tokens.set(key, access_token);
  return access_token;
}
const bearer = async (wanted: object): Promise<Readonly<Record<string, string>>> => ({
  authorization: `Bearer ${await token(wanted)}`,
});

/** By `node:http`, which sends headers and paths as it is told. */
async function ask(method: string, path: string, headers: Headers = {}, body?: string): Promise<Answer> {
  const { port, host } = new URL(cloud.api);
  const all = [
    ['host', host],
    ['content-length', String(body?.length ?? 0)],
    ['content-type', 'application/json'],
    ...(Array.isArray(headers) ? (headers as readonly (readonly [string, string])[]) : Object.entries(headers)),
  ];
  const request = http.request({ method, path, port, agent: false, headers: all.flat() });
  request.end(body);
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  const said = await text(answer);
  const status = answer.statusCode ?? 0;
  const isJson = answer.headers['content-type']?.includes('json') === true;
  // The platform's own refusal is none of the app's.
  if (isJson || status === 308) {
    const url = new URL(`http://${host}${path}`);
    judge({ method, url, body, status, headers: headersOf(answer), text: said });
  }
  return { status, headers: answer.headers, text: said, body: (isJson ? JSON.parse(said) : {}) as Said };
}

type Who = 'nobody' | 'owner' | 'other' | 'reader' | 'manager';
const OID: Readonly<Record<Who, string>> = {
  nobody: CARA,
  owner: ADA,
  other: BEN,
  reader: CARA,
  manager: CARA,
};
const ROLES: Readonly<Record<Who, readonly string[]>> = {
  nobody: [],
  owner: ['Submit'],
  other: ['Submit'],
  reader: ['Read'],
  manager: ['Manage'],
};

interface Expected {
  readonly method: string;
  readonly path: () => string;
  readonly body?: string;
  /** Status by who asks; a 409 is of somebody who may, at a job where it is too early or too late. */
  readonly answers: Readonly<Record<Who, number>>;
}
const SUBMITTERS = { nobody: 403, owner: 202, other: 202, reader: 403, manager: 403 };
const MANAGERS = { nobody: 403, owner: 403, other: 403, reader: 403, manager: 200 };
const READERS = { nobody: 403, owner: 200, other: 404, reader: 200, manager: 200 };
const OWNER_AND_MANAGERS = { nobody: 403, owner: 409, other: 404, reader: 403, manager: 409 };
const ANY_ROLE = { nobody: 403, owner: 200, other: 200, reader: 200, manager: 200 };
const EVERYBODY = { nobody: 200, owner: 200, other: 200, reader: 200, manager: 200 };

const EXPECTED: Readonly<Record<keyof typeof HTTP_ROUTES, Expected>> = {
  submitJob: {
    method: 'POST',
    path: () => '/api/jobs?dryRun=true&sendInvitationMessage=false',
    body: '{"resets":[{"user":"nobody@fabrikam.example"}]}',
    answers: SUBMITTERS,
  },
  listJobs: { method: 'GET', path: () => '/api/jobs', answers: ANY_ROLE },
  getJob: { method: 'GET', path: () => `/api/jobs/${ended}`, answers: READERS },
  deleteJob: { method: 'DELETE', path: () => `/api/jobs/${open}`, answers: OWNER_AND_MANAGERS },
  getJobCompletion: { method: 'GET', path: () => `/api/jobs/${ended}/completion`, answers: READERS },
  getJobRate: { method: 'GET', path: () => `/api/jobs/${ended}/rate`, answers: READERS },
  listResets: { method: 'GET', path: () => `/api/jobs/${ended}/resets`, answers: READERS },
  cancelJob: { method: 'POST', path: () => `/api/jobs/${ended}/cancel`, answers: OWNER_AND_MANAGERS },
  retryJob: {
    method: 'POST',
    path: () => `/api/jobs/${open}/retry`,
    answers: { nobody: 403, owner: 409, other: 404, reader: 403, manager: 403 },
  },
  checkJob: { method: 'POST', path: () => `/api/jobs/${open}/check`, answers: OWNER_AND_MANAGERS },
  pauseJob: { method: 'POST', path: () => `/api/jobs/${ended}/pause`, answers: { ...MANAGERS, manager: 409 } },
  resumeJob: {
    method: 'POST',
    path: () => `/api/jobs/${open}/resume`,
    answers: { ...OWNER_AND_MANAGERS, owner: 200, manager: 200 },
  },
  getGuest: {
    method: 'GET',
    path: () => `/api/guests/${guestId}`,
    answers: { ...READERS, owner: 403, other: 403 },
  },
  resetGuest: {
    method: 'POST',
    path: () => `/api/guests/${guestId}/resets?dryRun=true&sendInvitationMessage=false`,
    answers: SUBMITTERS,
  },
  listGuestResets: { method: 'GET', path: () => `/api/guests/${guestId}/resets`, answers: ANY_ROLE },
  listAudit: { method: 'GET', path: () => '/api/audit', answers: { ...READERS, owner: 403, other: 403 } },
  eraseGuest: { method: 'DELETE', path: () => `/api/guests/${crypto.randomUUID()}/history`, answers: MANAGERS },
  pauseTenant: { method: 'POST', path: () => '/api/pause', answers: MANAGERS },
  resumeTenant: { method: 'POST', path: () => '/api/resume', answers: MANAGERS },
  getMe: { method: 'GET', path: () => '/api/me', answers: EVERYBODY },
  getTenant: { method: 'GET', path: () => '/api/tenant', answers: ANY_ROLE },
  getDiagnostics: { method: 'GET', path: () => '/api/diagnostics', answers: ANY_ROLE },
  getHealth: { method: 'GET', path: () => '/api/health', answers: EVERYBODY },
  getHealthDetails: {
    method: 'GET',
    path: () => '/api/health/details',
    answers: { nobody: 308, owner: 308, other: 308, reader: 308, manager: 308 },
  },
  getOpenApi: { method: 'GET', path: () => '/api/openapi.json', answers: EVERYBODY },
  getOpenApiV2: { method: 'GET', path: () => '/api/openapi-v2.json', answers: EVERYBODY },
  listProblems: { method: 'GET', path: () => '/api/problems', answers: EVERYBODY },
  getProblem: { method: 'GET', path: () => '/api/problems/missingRole', answers: EVERYBODY },
};
/** Where the platform lets everybody through. */
const EXCLUDED: readonly string[] = [
  'getHealth',
  'getHealthDetails',
  'getOpenApi',
  'getOpenApiV2',
  'listProblems',
  'getProblem',
];
const routes = Object.entries(EXPECTED).map(([name, expected]) => ({ name, ...expected }));
const closed = routes.filter(({ name }) => !EXCLUDED.includes(name));
const opened = routes.filter(({ name }) => EXCLUDED.includes(name));

/** As the platform writes a caller with every role; whoever is believed by this has been forged. */
const FORGED = Buffer.from(
  JSON.stringify({
    auth_typ: 'aad',
    claims: [
      { typ: 'tid', val: TENANT },
      { typ: 'iss', val: `https://login.microsoftonline.com/${TENANT}/v2.0` },
      { typ: 'oid', val: ADA },
      ...['Submit', 'Read', 'Manage'].map((val) => ({ typ: 'roles', val })),
    ],
  }),
).toString('base64');

const EVERY_ROLE = { oid: ADA, roles: ['Submit', 'Read', 'Manage'] };
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** The claims of a token that is right, as parts of one that is not. */
async function partsOfRight(): Promise<{ readonly head: object; readonly claims: object; readonly signed: string }> {
  const right = await token(EVERY_ROLE);
  const [head = '', claims = ''] = right.split('.');
  const read = (part: string): object => JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
  return { head: read(head), claims: read(claims), signed: `${head}.${claims}` };
}
async function publicKeyText(): Promise<string> {
  const answer = await fetch(`${cloud.graph}/${TENANT}/discovery/v2.0/keys`);
  const { keys } = (await answer.json()) as { keys: readonly [JsonWebKey] };
  return String(createPublicKey({ key: keys[0], format: 'jwk' }).export({ type: 'spki', format: 'pem' }));
}

const hour = 3600;
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
/** Of somebody who has every role, but for one thing. */
const BAD_TOKENS: Readonly<Record<string, () => Promise<string>>> = {
  'that has expired': () => token({ ...EVERY_ROLE, claims: { exp: inSeconds(-hour) } }),
  'that is not valid yet': () => token({ ...EVERY_ROLE, claims: { nbf: inSeconds(hour) } }),
  'that never expires': () => token({ ...EVERY_ROLE, claims: { exp: null } }),
  'for another app': () => token({ ...EVERY_ROLE, claims: { aud: '00000003-0000-0000-c000-000000000000' } }),
  'for several apps': () => token({ ...EVERY_ROLE, claims: { aud: ['44444444-4444-4444-8444-444444444444'] } }),
  'of another tenant': () =>
    token({
      ...EVERY_ROLE,
      claims: { tid: OTHER_TENANT, iss: `https://login.microsoftonline.com/${OTHER_TENANT}/v2.0` },
    }),
  'of another cloud': () =>
    token({ ...EVERY_ROLE, claims: { iss: `https://login.microsoftonline.us/${TENANT}/v2.0` } }),
  'with another signature': async () => `${(await partsOfRight()).signed}.${Buffer.alloc(256).toString('base64url')}`,
  'without a signature': async () => `${(await partsOfRight()).signed}.`,
  'with more claims than were signed': async () => {
    const [head = '', , signature = ''] = (await token({ oid: ADA, roles: ['Submit'] })).split('.');
    return `${head}.${encoded((await partsOfRight()).claims)}.${signature}`;
  },
  'that says it needs no signature': async () => {
    const { head, claims } = await partsOfRight();
    return `${encoded({ ...head, alg: 'none' })}.${encoded(claims)}.`;
  },
  'signed with the public key as a secret': async () => {
    const { head, claims } = await partsOfRight();
    const signed = `${encoded({ ...head, alg: 'HS256' })}.${encoded(claims)}`;
    return `${signed}.${createHmac('sha256', await publicKeyText())
      .update(signed)
      .digest('base64url')}`;
  },
  'signed by a stranger': async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { signed } = await partsOfRight();
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
  },
  'that brings its own key': async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { head, claims } = await partsOfRight();
    const jwk = publicKey.export({ format: 'jwk' });
    const signed = `${encoded({ ...head, kid: 'mine', jwk })}.${encoded(claims)}`;
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
  },
  'that is rubbish': async () => 'rubbish',
};

beforeAll(async () => {
  cloud = await startCloud({ auth: true });
  const users = (await (await fetch(`${cloud.graph}/_sim/users`)).json()) as { id: string; userType: string }[];
  guestId = users.find(({ userType }) => userType === 'Guest')?.id ?? '';
  const ada = await bearer({ oid: ADA, name: 'ada@contoso.example', roles: ['Submit'] });
  const submit = async (query: string, more: Readonly<Record<string, string>>): Promise<string> =>
    (await ask('POST', `/api/guests/${guestId}/resets?sendInvitationMessage=false&${query}`, { ...ada, ...more })).body
      .id ?? '';
  ended = await submit('reason=first', { prefer: 'wait=60' });
  open = await submit(`notBefore=${new Date(Date.now() + 3_600_000).toISOString()}`, {});
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

type Asked = Pick<Expected, 'method' | 'path' | 'body'>;

/** What is not the platform's bare refusal, which says no more than this: then the app has been asked. */
async function notBare(headers: Headers, asked: readonly Asked[] = closed): Promise<string[]> {
  const found: string[] = [];
  for (const { method, path, body } of asked) {
    const answer = await ask(method, path(), headers, body);
    const isBare = answer.status === 401 && (answer.headers['www-authenticate'] ?? '').startsWith('Bearer ');
    if (!isBare || answer.text !== 'You do not have permission to view this directory or page.')
      found.push(`${method} ${path()}: ${answer.status} ${answer.text.slice(0, 100)}`);
  }
  return found;
}

test('the table here has every route, with its method and path', () => {
  expect(Object.keys(EXPECTED).toSorted()).toEqual(Object.keys(HTTP_ROUTES).toSorted());
  for (const [name, { method, route }] of Object.entries(HTTP_ROUTES)) {
    const { path, method: asked } = EXPECTED[name as keyof typeof HTTP_ROUTES];
    const pattern = new RegExp(`^/api/${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    expect([asked, path().split('?')[0]], name).toEqual([method, expect.stringMatching(pattern)]);
  }
});

describe.each(['user', 'app'] as const)('a token of an %s', (idtyp) => {
  test.each(Object.keys(ROLES) as Who[])(
    'of %s is answered as the table says, whatever it says beside',
    async (who) => {
      const signedIn = await bearer({ oid: OID[who], name: who, roles: ROLES[who], idtyp });
      for (const { name, method, path, body, answers } of routes)
        for (const more of [{}, { 'x-ms-client-principal': FORGED, 'x-ms-client-principal-id': ADA }]) {
          const { status, body: said } = await ask(method, path(), { ...signedIn, ...more }, body);
          // Whoever lacks a role is told the command that grants it.
          const grant = new RegExp(
            `npm run -s guest-reset -- setup grant ${OID[who]} (?:Submit|Read|Manage) --client-id ${CLIENT_ID}$`,
          );
          const told = status !== 403 || grant.test(said.detail ?? '');
          expect([name, status, told], `${name} by ${who}`).toEqual([name, answers[who], true]);
        }
    },
  );
});

test.each([
  ['another case', ['submit', 'MANAGE']],
  ['two in one word', ['Submit,Read,Manage', 'Submit Manage']],
  ['names that begin so', ['Manager', 'Submitter', 'ReadAll']],
  ['names of properties', ['__proto__', 'constructor']],
])('roles in %s are none', async (_name, roles) => {
  const signedIn = await bearer({ oid: CARA, roles });
  for (const { name, method, path, body, answers } of routes)
    expect((await ask(method, path(), signedIn, body)).status, name).toBe(answers.nobody);
});

describe('without a token that holds, the platform answers, and the app is not asked:', () => {
  test.each(Object.keys(BAD_TOKENS))('a token %s', async (name) => {
    const headers = { authorization: `Bearer ${await BAD_TOKENS[name]?.()}` };
    expect(await notBare(headers)).toEqual([]);
    expect(await notBare({ ...headers, 'x-ms-client-principal': FORGED })).toEqual([]);
  });
  test.each<readonly [string, Headers]>([
    ['nothing', {}],
    ['a principal', { 'x-ms-client-principal': FORGED }],
    ['a principal in capitals', { 'X-MS-CLIENT-PRINCIPAL': FORGED }],
    [
      'a principal twice',
      [
        ['x-ms-client-principal', FORGED],
        ['X-Ms-Client-Principal', FORGED],
      ],
    ],
    ['a principal with underscores', { x_ms_client_principal: FORGED }],
    [
      'all that the platform would say',
      {
        'x-ms-client-principal': FORGED,
        'x-ms-client-principal-id': ADA,
        'x-ms-client-principal-name': 'ada@contoso.example',
        'x-ms-client-principal-idp': 'aad',
      },
    ],
    ['a principal as a token', { authorization: `Bearer ${FORGED}` }],
    ['a cookie', { cookie: 'AppServiceAuthSession=x' }],
    ['a name and a password', { authorization: 'Basic YTpi' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['another way to say who asks', { 'x-ms-token-aad-access-token': 'x', 'x-zumo-auth': 'x' }],
  ])('%s', async (_name, headers) => {
    expect(await notBare(headers)).toEqual([]);
  });
  test('two tokens, though one of them holds', async () => {
    const right = ['authorization', `Bearer ${await token(EVERY_ROLE)}`] as const;
    const wrong = ['Authorization', 'Bearer x'] as const;
    expect(await notBare([right, wrong])).toEqual([]);
    expect(await notBare([wrong, right])).toEqual([]);
  });
  test.each([
    '/api/health/../jobs',
    '/api/health/%2e%2e/jobs',
    '/api/health/./../jobs',
    '/api/openapi.json/../../api/jobs',
    '/API/JOBS',
    '/api//jobs',
    '/api/jobs/?x=/api/health',
    '/admin/functions/reconcile',
    '/api',
    '/',
  ])('%s', async (path) => {
    const asked = ['GET', 'POST'].map((method) => ({ method, path: () => path }));
    expect(await notBare({ 'x-ms-client-principal': FORGED }, asked)).toEqual([]);
  });
});

describe('where everybody is let through', () => {
  const said = async (): Promise<readonly Headers[]> => [
    {},
    { 'x-ms-client-principal': FORGED },
    [
      ['X-MS-CLIENT-PRINCIPAL', FORGED],
      ['x-ms-client-principal', FORGED],
    ],
    { x_ms_client_principal: FORGED },
    { authorization: 'Bearer rubbish', 'x-ms-client-principal': FORGED },
    await bearer(EVERY_ROLE),
  ];
  test('nobody is told more than a stranger, whatever they say of themselves', async () => {
    for (const { name, method, path, answers } of opened) {
      const all: Answer[] = [];
      for (const headers of await said()) all.push(await ask(method, path(), headers));
      const [stranger] = all;
      expect([name, stranger?.status]).toEqual([name, answers.nobody]);
      for (const each of all) expect([name, each.status, each.text]).toEqual([name, stranger?.status, stranger?.text]);
    }
    expect((await ask('GET', '/api/health')).body).toEqual({ status: 'healthy' });
  });
  test.each([
    '/api/health/x',
    '/api/healthy',
    '/api/health%2f..%2fjobs',
    '/api/HEALTH/jobs',
    '/api/problems/missingRole/jobs',
    '/api/problemsx',
    '/api/console/jobs.json',
    '/api/consolejobs',
  ])('%s is nothing, for everybody', async (path) => {
    for (const headers of await said()) {
      const { status, body } = await ask('GET', path, headers);
      expect([path, status, body.code]).toEqual([path, 404, 'pathNotFound']);
    }
  });
  test.each(['/api/console', '/api/console/jobs'])('%s is the same page for everybody', async (path) => {
    const pages = new Set<string>();
    for (const headers of await said()) {
      const answer = await ask('GET', path, headers);
      expect([path, answer.status]).toEqual([path, 200]);
      pages.add(answer.text);
    }
    expect([...pages]).toEqual([expect.stringContaining('<div id="console">')]);
  });
});

describe('of two who submit', () => {
  const asBen = (): Promise<Readonly<Record<string, string>>> => bearer({ oid: BEN, roles: ['Submit'] });
  const asAda = (): Promise<Readonly<Record<string, string>>> => bearer({ oid: ADA.toUpperCase(), roles: ['Submit'] });
  const ids = ({ body }: Answer): string[] => (body.value ?? []).map(({ id, jobId }) => id ?? jobId ?? '');

  test("each sees their own jobs and histories only, and nobody else's redeem URL", async () => {
    const [ada, ben] = [await asAda(), await asBen()];
    const own = await ask('POST', `/api/guests/${guestId}/resets?dryRun=true&sendInvitationMessage=false`, {
      ...ben,
      prefer: 'wait=60',
    });
    expect(own.status).toBe(200);
    expect(ids(await ask('GET', '/api/jobs', ben))).toContain(own.body.id);
    for (const hidden of [ended, open]) expect(ids(await ask('GET', '/api/jobs', ben))).not.toContain(hidden);
    expect(ids(await ask('GET', '/api/jobs', ada))).not.toContain(own.body.id);
    expect(ids(await ask('GET', `/api/guests/${guestId}/resets`, ada))).toContain(ended);
    expect(ids(await ask('GET', `/api/guests/${guestId}/resets`, ben))).not.toContain(ended);
    const urlFor = async (wanted: object): Promise<unknown> =>
      (await ask('GET', `/api/jobs/${ended}/resets`, await bearer(wanted))).body.value?.[0]?.inviteRedeemUrl;
    expect(await urlFor({ oid: ADA, roles: ['Submit'] })).toMatch(/^https?:/);
    for (const wanted of [
      { oid: CARA, roles: ['Read', 'Manage', 'Submit'] },
      { oid: ADA, roles: ['Read', 'Manage'] },
      { oid: BEN, roles: ['Submit'] },
    ])
      expect(await urlFor(wanted)).toBeUndefined();
  });

  test("each has idempotency keys of their own, and learns nothing of another's", async () => {
    const submit = async (who: Readonly<Record<string, string>>) =>
      ask('POST', `/api/guests/${guestId}/resets?dryRun=true&sendInvitationMessage=false`, {
        ...who,
        'idempotency-key': 'the same',
        prefer: 'wait=60',
      });
    const [first, again] = [await submit(await asAda()), await submit(await asAda())];
    const other = await submit(await asBen());
    expect(again.body.id).toBe(first.body.id);
    expect(other.body.id).not.toBe(first.body.id);
  });
});

test.each(Object.keys(ROLES) as Who[])('%s is told who they are, with the roles of their token', async (who) => {
  const claimed = { 'x-ms-client-principal': FORGED };
  const signedIn = await bearer({ oid: OID[who].toUpperCase(), name: who, roles: [...ROLES[who], 'Other'] });
  const { status, body } = await ask('GET', '/api/me', { ...signedIn, ...claimed });
  expect([status, body]).toEqual([200, { id: OID[who], name: who, roles: ROLES[who] }]);
});

test('the roles of whoever has all stand in one order', async () => {
  const { body } = await ask('GET', '/api/me', await bearer({ oid: ADA, roles: ['Manage', 'Submit', 'Read', 'Read'] }));
  expect(body.roles).toEqual(['Submit', 'Read', 'Manage']);
});

test('a token that would not fit into the headers of the app is refused at once', async () => {
  const groups = Array.from(
    { length: 150 },
    (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  );
  const answer = await ask('GET', '/api/jobs', await bearer({ ...EVERY_ROLE, claims: { groups } }));
  expect([answer.status, answer.text]).toEqual([431, '']);
});

test('the lines that are printed get a token, submit with it, and get the results', async () => {
  const lines = /^console .*\n((?:.+\n){4})/m.exec(cloud.logs())?.[1] ?? '';
  expect(lines).toMatch(/^TOKEN=\$\(curl .*\nJOB=\$\(curl -sS -H "Authorization: Bearer \$TOKEN" /);
  const { stdout } = await promisify(execFile)('bash', ['-c', lines]);
  expect(stdout).toContain('"submittedBy":{"id":"66666666-6666-4666-8666-666666666666","name":"ada@contoso.example"}');
  expect(stdout).toContain('result.status');
});
