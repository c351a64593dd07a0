/**
 * Every answer that the OpenAPI document describes is one that the built app gives: each status and content type of
 * each operation, and each code of a problem. `cloud.ts` compares every exchange with the document; here everything is
 * asked for, and what nobody can provoke is listed with its reason.
 */
import http from 'node:http';
import { once } from 'node:events';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HTTP_ROUTES, CONSOLE_CONFIG_ROUTE, ROOT_ROUTE, type HttpRoute } from '../../shared/entry/http/routes.ts';
import { DOCUMENT, faultsOf, headersOf, OTHERS, seen, type Response } from '../parts/openapi-judge.ts';
import { REFUSED_RESETS, REFUSED_RETRIES, REFUSED_SUBMISSIONS, type RefusedBody } from './bodies-by-code.ts';
import { startCloud, type CloudOptions, type TestCloud } from './cloud.ts';
import type { JobAnswer } from './jobs.ts';

const NO_JOB = '7ybr1z9vj7e0mzpqmbtznnz118';
const NOBODY = 'nobody@fabrikam.example';
const ROUTES = Object.values<HttpRoute>({
  ...HTTP_ROUTES,
  getRoot: ROOT_ROUTE,
  getConsoleConfig: CONSOLE_CONFIG_ROUTE,
});
const KNOWN = ROUTES.filter(({ access }) => access !== 'everybody');
const WITH_ROLE = KNOWN.filter(({ access }) => access !== 'identified');
/** The others answer without settings and tables, too. */
const WORKING = KNOWN.filter(({ withoutSettings }) => withoutSettings !== true);

const pathOf = ({ route }: HttpRoute, id = NO_JOB, guest = NOBODY): string =>
  `/${route.replace('{id}', id).replace('{guestId}', encodeURIComponent(guest))}`;

interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
}

/** Answers that were not those that should come; found here, so that one does not hide the others. */
const unlike: string[] = [];

/** A status, or a code of a problem. */
type Wanted = number | string;

/** Of one cloud: sends, and holds the answer against the status or the code that it shall have. */
const asker =
  ({ api }: TestCloud) =>
  async <T = unknown>(
    wanted: Wanted | readonly Wanted[],
    method: string,
    path: string,
    { headers = {}, body }: Ask = {},
  ) => {
    const stream = body instanceof ReadableStream ? { duplex: 'half' } : {};
    const init = { method, headers, redirect: 'manual' as const, ...(body !== undefined && { body }), ...stream };
    try {
      const answer = await fetch(`${api}${path}`, init);
      const text = await answer.text();
      const isJson = /^application\/(?:problem\+)?json/.test(answer.headers.get('content-type') ?? '');
      const found = (isJson ? JSON.parse(text) : {}) as { code?: string; errors?: readonly { code: string }[] };
      const got = [answer.status, found.code, ...(found.errors ?? []).map(({ code }) => code)];
      if (![wanted].flat().some((each) => got.includes(each)))
        unlike.push(`${method} ${path}: ${got.join(' ')}, not ${String(wanted)}`);
      return found as T;
    } catch (error) {
      unlike.push(`${method} ${path}: ${error instanceof Error ? error.message : String(error)}`);
      return {} as T;
    }
  };
type AskOne = ReturnType<typeof asker>;

/** A body that says this, and ends after so long. */
const slowly = (seconds: number, text = '{}'): ReadableStream =>
  new ReadableStream({
    async start(controller) {
      controller.enqueue(Buffer.from(text));
      await wait(seconds * 1000);
      controller.enqueue(Buffer.from('\n'));
      controller.close();
    },
  });

async function inCloud(options: CloudOptions, work: (ask: AskOne, cloud: TestCloud) => Promise<unknown>) {
  await using cloud = await startCloud({ guests: 20, ...options });
  await work(asker(cloud), cloud);
  for (const [code, type] of seen.types)
    if (new URL(type, cloud.api).origin === new URL(cloud.api).origin) await readPage(code, new URL(type, cloud.api));
}

/** Of each code the page was read, from an app with settings and from one without. */
const explained = new Set<string>();

async function readPage(code: string, address: URL): Promise<void> {
  const answer = await fetch(address);
  if (answer.status === 200 && (await answer.text()).includes(`<code>${code}</code>, HTTP status`)) explained.add(code);
  else unlike.push(`${address.href}: ${answer.status}, not the page of ${code}`);
}

/** A body that a route takes, so that nothing but what is asked for is wrong. */
const taken = ({ body }: HttpRoute): Ask =>
  body === 'submission'
    ? { headers: { 'Content-Type': 'text/csv' }, body: `user,sendInvitationMessage\n${NOBODY},false\n` }
    : body === 'reset'
      ? { body: '{ "sendInvitationMessage": false }' }
      : {};

const everyOne = (
  routes: readonly HttpRoute[],
  ask: AskOne,
  code: string,
  headers: Readonly<Record<string, string>> = {},
) =>
  Promise.all(
    routes.map((route) => {
      const { headers: own = {}, ...rest } = taken(route);
      return ask(code, route.method, pathOf(route), { ...rest, headers: { ...own, ...headers } });
    }),
  );

const TENANT = '11111111-1111-4111-8111-111111111111';
const CLIENT = '22222222-2222-4222-8222-222222222222';
/** As App Service passes on somebody without any role. */
const NO_ROLE = Buffer.from(
  JSON.stringify({
    auth_typ: 'aad',
    claims: Object.entries({
      tid: TENANT,
      iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
      oid: '33333333-3333-4333-8333-333333333333',
    }).map(([typ, val]) => ({ typ, val })),
  }),
).toString('base64');

const whereThePlatformSignsIn = () =>
  inCloud(
    { env: { WEBSITE_AUTH_ENABLED: 'True', WEBSITE_AUTH_CLIENT_ID: CLIENT, API_CLIENT_ID: CLIENT } },
    async (ask) => {
      await everyOne(KNOWN, ask, 'notSignedIn');
      await everyOne(WITH_ROLE, ask, 'missingRole', { 'x-ms-client-principal': NO_ROLE });
      await ask(200, 'GET', '/me', { headers: { 'x-ms-client-principal': NO_ROLE } });
      const headers = { 'x-ms-invocation-id': 'rubbish' };
      const asked = [...ROUTES.map((route) => [route.method, pathOf(route)] as const), ['GET', '/nothing'] as const];
      await Promise.all(asked.map(([method, path]) => ask('requestNotMatched', method, path, { headers })));
    },
  );

const whereNothingIsSet = async () => {
  await inCloud({ env: { AZURE_TENANT_ID: 'none' } }, async (ask) => {
    await everyOne(WORKING, ask, 'notConfigured');
    for (const path of ['/diagnostics', '/me']) await ask(200, 'GET', path);
    for (const path of ['/openapi.json', '/openapi-v2.json', '/console/config.json'])
      await ask('notConfigured', 'GET', path);
    await ask(503, 'GET', '/health');
  });
  await inCloud({ env: { WEBSITE_AUTH_ENABLED: 'True' } }, async (ask) => {
    await everyOne(KNOWN, ask, 'authenticationNotConfigured');
    for (const path of ['/openapi.json', '/openapi-v2.json', '/console/config.json'])
      await ask('authenticationNotConfigured', 'GET', path);
  });
};

const whereTablesAreAway = () =>
  inCloud(
    {
      env: {
        TableStorage: 'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=eA==;TableEndpoint=http://127.0.0.1:9/a;',
      },
    },
    (ask) => everyOne(WORKING, ask, 'temporarilyUnavailable'),
  );

/** By `node:http`, which sends a `Host` and an `Origin` as it is told. */
async function askRaw(
  cloud: TestCloud,
  wanted: string,
  method: string,
  path: string,
  headers: http.OutgoingHttpHeaders,
) {
  const url = new URL(`${cloud.api}${path}`);
  const request = http.request(url, { method, agent: false, headers: { 'content-length': 0, ...headers } }).end();
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  const text = await readText(answer);
  const { code } = JSON.parse(text) as { code: string };
  if (code !== wanted) unlike.push(`${method} ${path}: ${code}, not ${wanted}`);
  const faults = faultsOf({ method, url, status: answer.statusCode ?? 0, headers: headersOf(answer), text });
  unlike.push(...faults);
}
const ofStrangers = async (cloud: TestCloud) => {
  const { host } = new URL(cloud.api);
  const strangers = [
    ['foreignHost', { host: 'evil.example' }],
    ['foreignOrigin', { host, origin: 'http://evil.example' }],
  ] as const;
  const asked = [...ROUTES.map((route) => [route.method, pathOf(route)] as const), ['GET', '/nothing'] as const];
  for (const [code, headers] of strangers)
    for (const [method, path] of asked) await askRaw(cloud, code, method, path, headers);
};

/** What every query is refused for. */
const ofQueries = async (ask: AskOne, jobId: string) => {
  for (const route of ROUTES) {
    const { method, query, options, body } = route;
    const path = pathOf(route, jobId);
    const wrong = async (code: string, said: string) => ask(code, method, `${path}?${said}`, taken(route));
    if (body !== 'submission' && body !== 'reset') await wrong('unknownParameter', 'nonsense=1');
    const [name = options[0]] = Object.keys(query);
    if (name !== undefined) await wrong('repeatedParameter', `${name}=1&${name}=1`);
    const values = { reason: 'x'.repeat(300), pageSize: '0', waitWhilePaused: 'perhaps', stop: 'perhaps' };
    const bad = Object.entries(values).find(([each]) => Object.hasOwn(query, each));
    if (bad !== undefined) await wrong('invalidParameter', `${bad[0]}=${bad[1]}`);
    if (Object.hasOwn(query, 'continuationToken')) await wrong('invalidContinuationToken', 'continuationToken=x');
  }
};

const ofBodies = async (ask: AskOne, jobId: string) => {
  const refuse = async (
    route: HttpRoute,
    bodies: Readonly<Record<string, RefusedBody & { readonly guest?: string }>>,
  ) => {
    for (const [code, { query = '', headers = {}, body, guest }] of Object.entries(bodies))
      await ask(code, route.method, `${pathOf(route, jobId, guest)}?${query}`, { headers, body });
  };
  await refuse(HTTP_ROUTES.submitJob, REFUSED_SUBMISSIONS);
  await refuse(HTTP_ROUTES.resetGuest, REFUSED_RESETS);
  await refuse(HTTP_ROUTES.retryJob, REFUSED_RETRIES);
  for (const route of ROUTES.filter(({ method, body }) => method !== 'GET' && body === 'none')) {
    await ask('unexpectedBody', route.method, pathOf(route), { body: '{"x":1}' });
    await ask('bodyTooLarge', route.method, pathOf(route), { body: ' '.repeat(70_000) });
  }
  await ask(400, 'POST', '/jobs?format=csv&sendInvitationMessage=false', {
    headers: { 'Content-Type': 'text/csv' },
    body: 'user\nanna\n',
  });
};

/** Seconds that a body has (`SUBMIT_MAX_SECONDS`), and where none is taken. */
const [BODY_SECONDS, NOTHING_SECONDS] = [4, 20];

const ofSlowBodies = (ask: AskOne, jobId: string) =>
  Promise.all(
    ROUTES.filter(({ method }) => method !== 'GET').map((route) => {
      const { headers } = taken(route);
      const body = slowly((route.body === 'none' ? NOTHING_SECONDS : BODY_SECONDS) + 1);
      const query = route.body === 'reset' ? '?sendInvitationMessage=false' : '';
      return ask('submissionTooSlow', route.method, `${pathOf(route, jobId)}${query}`, {
        body,
        ...(headers && { headers }),
      });
    }),
  );

const CSV = { 'Content-Type': 'text/csv' };
const WAITS = { Prefer: 'wait=30' };
const submitted = (guest: string): string => `user,sendInvitationMessage\n${guest},false\n`;
const IN_A_WHILE = `notBefore=${new Date(Date.now() + 3_600_000).toISOString()}`;

/** A job through all that it can be, and what each route says of it. */
const ofJobs = async (ask: AskOne, guests: readonly string[]) => {
  const [first = '', second = '', third = ''] = guests;
  const { id } = await ask<JobAnswer>(200, 'POST', '/jobs', { headers: { ...CSV, ...WAITS }, body: submitted(first) });
  const { id: open } = await ask<JobAnswer>(202, 'POST', `/jobs?${IN_A_WHILE}`, {
    headers: CSV,
    body: submitted(second),
  });
  const { id: dry } = await ask<JobAnswer>(200, 'POST', '/jobs?dryRun=true', {
    headers: { ...CSV, ...WAITS },
    body: submitted(NOBODY),
  });
  for (const path of [`/jobs/${id}`, '/jobs', `/jobs/${id}/completion`, `/jobs/${id}/rate`])
    await ask(200, 'GET', path);
  for (const path of [`/guests/${first}`, `/guests/${first}/resets`]) await ask(200, 'GET', path);
  for (const path of ['/health', '/diagnostics', '/me', '/tenant']) await ask(200, 'GET', path);
  await ask(200, 'GET', '/audit?pageSize=1');
  await ask(308, 'GET', '/health/details');
  for (const format of ['json', 'csv', 'ndjson']) await ask(200, 'GET', `/jobs/${id}/resets?format=${format}`);
  const readable = [
    '/',
    '',
    '/openapi.json',
    '/openapi-v2.json',
    '/console/config.json',
    '/problems',
    '/problems/missingRole',
  ];
  for (const path of readable) await ask(200, 'GET', path);
  await ask(202, 'GET', `/jobs/${open}/completion`);
  await ask(200, 'POST', `/guests/${third}/resets?sendInvitationMessage=false`, { headers: WAITS });
  await ask(202, 'POST', `/guests/${third}/resets?sendInvitationMessage=false&${IN_A_WHILE}`);
  await ask(200, 'POST', `/jobs/${dry}/retry?status=failed`, { headers: WAITS });
  await ask(202, 'POST', `/jobs/${dry}/retry`, { body: JSON.stringify({ status: ['failed'] }) });

  for (const [code, method, path] of [
    ['jobEnded', 'POST', `/jobs/${id}/cancel`],
    ['jobEnded', 'POST', `/jobs/${id}/pause`],
    ['jobNotEnded', 'DELETE', `/jobs/${open}`],
    ['jobNotEnded', 'POST', `/jobs/${open}/retry`],
    ['jobNotEnded', 'POST', `/jobs/${open}/check`],
    ['nothingToRetry', 'POST', `/jobs/${id}/retry`],
    ['nothingToCheck', 'POST', `/jobs/${dry}/check`],
    ['notChecked', 'GET', `/jobs/${id}/resets?redemption=pending`],
    ...ROUTES.filter(({ route }) => route.includes('{id}')).map(
      (route) => ['jobNotFound', route.method, pathOf(route)] as const,
    ),
  ] as const)
    await ask(code, method, path);

  await ask(200, 'POST', `/jobs/${open}/pause?reason=lunch`);
  await ask('jobPaused', 'GET', `/jobs/${open}/completion`);
  await ask('stopChanged', 'POST', `/jobs/${open}/resume?stop=pauseAfter`);
  await ask(200, 'POST', `/jobs/${open}/resume?stop=pausedByHand`);
  await ask(200, 'POST', '/pause');
  await ask(200, 'GET', '/tenant');
  await ask('stopChanged', 'POST', '/resume?stop=noToken');
  await ask(200, 'POST', '/resume');
  await ask(202, 'POST', `/jobs/${id}/check`);
  await ask(202, 'POST', `/jobs/${open}/cancel`);
};

/** @param retried an ended job with a reset that can be retried */
const ofKeys = async (ask: AskOne, retried: string) => {
  const ways = [
    ['/jobs', { headers: CSV, body: submitted(NOBODY) }, '?dryRun=true'],
    [`/guests/${NOBODY}/resets`, { body: '{ "sendInvitationMessage": false }' }, '?dryRun=true'],
    [`/jobs/${retried}/retry`, {}, '?status=failed'],
  ] as const;
  for (const [path, { headers = {}, ...rest }, query] of ways as readonly (readonly [string, Ask, string])[]) {
    const withKey = (key: string, more = {}): Ask => ({
      ...rest,
      headers: { ...headers, 'Idempotency-Key': key, ...more },
    });
    await ask('invalidIdempotencyKey', 'POST', `${path}${query}`, withKey('k'.repeat(256)));
    const { id } = await ask<JobAnswer>(200, 'POST', `${path}${query}`, withKey(path, WAITS));
    await ask('idempotencyKeyReused', 'POST', `${path}${query}&reason=other`, withKey(path));
    await ask(202, 'DELETE', `/jobs/${id}`);
    await ask('jobDeleted', 'POST', `${path}${query}`, withKey(path));
  }
};

/** A list, and a retry of it, that come twice; nobody of it is there. */
const ofDuplicates = async (ask: AskOne) => {
  const rows = Array.from({ length: 21 }, (_, row) => `${row}.${NOBODY},false\n`);
  const body = `user,sendInvitationMessage\n${rows.join('')}`;
  const { id } = await ask<JobAnswer>(200, 'POST', '/jobs', { headers: { ...CSV, ...WAITS }, body });
  for (const [path, list] of [
    ['/jobs?', { headers: CSV, body }],
    [`/jobs/${id}/retry?status=failed&`, {}],
  ] as const)
    for (const wanted of [202, 'duplicateSubmission'] as const) await ask(wanted, 'POST', `${path}${IN_A_WHILE}`, list);
};

/** How long a request waits for an earlier one with its key (`openTry`). */
const KEY_SECONDS = 20;

/** Two that last longer than either waits for the other: whichever comes second is told so. */
const ofTwoAtOnce = (ask: AskOne) => {
  const headers = { ...CSV, 'Idempotency-Key': 'both' };
  return Promise.all(
    [1, 2].map(() =>
      ask([202, 'submissionInProgress'], 'POST', '/jobs?dryRun=true', {
        headers,
        body: slowly(KEY_SECONDS + 2, submitted(NOBODY)),
      }),
    ),
  );
};

/** Named here alone, or a look-up of another request would take the fault. */
const ONLY_HERE = 'only.here@fabrikam.example';

const failLookUp = async (cloud: TestCloud, status: number): Promise<void> =>
  void (await fetch(`${cloud.graph}/_sim/faults`, {
    method: 'POST',
    body: JSON.stringify({ kind: 'findUsers', match: { address: ONLY_HERE }, status, times: 1 }),
  }));

const ofGraph = async (ask: AskOne, cloud: TestCloud, sharedMail: string) => {
  for (const below of ['', '/resets']) {
    const only = `/guests/${encodeURIComponent(ONLY_HERE)}${below}`;
    await ask('invalidGuestId', 'GET', `/guests/nobody${below}`);
    await ask('guestNotFound', 'GET', only);
    await ask('guestAmbiguous', 'GET', `/guests/${encodeURIComponent(sharedMail)}${below}`);
    await failLookUp(cloud, 403);
    await ask('graphRefused', 'GET', only);
    await failLookUp(cloud, 500);
    await ask('graphUnavailable', 'GET', only);
  }
  // More than may look at once; the codes that were seen tell that some were refused.
  const many = Array.from({ length: 60 }, () => ask([404, 429], 'GET', `/guests/${crypto.randomUUID()}`));
  await Promise.all(many);
};

const ofErasures = async (ask: AskOne, cloud: TestCloud, sharedMail: string) => {
  const [gone, open] = [crypto.randomUUID(), crypto.randomUUID()];
  const later = { sendInvitationMessage: true, notBefore: '2099-01-01T00:00:00Z', resets: [{ user: open }] };
  const { id } = await ask<JobAnswer>(202, 'POST', '/jobs', {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(later),
  });
  await ask('guestInOpenJobs', 'DELETE', `/guests/${open}/history`);
  await ask(202, 'POST', `/jobs/${id}/cancel`);
  await ask(202, 'DELETE', `/guests/${gone}/history`, { headers: { Prefer: 'wait=0' } });
  await ask(200, 'DELETE', `/guests/${gone}/history`);
  const named = (address: string) => `/guests/${encodeURIComponent(address)}/history`;
  await ask('invalidGuestId', 'DELETE', '/guests/nobody/history');
  await ask('guestNotFound', 'DELETE', named(ONLY_HERE));
  await ask('guestAmbiguous', 'DELETE', named(sharedMail));
  for (const [status, code] of [
    [403, 'graphRefused'],
    [500, 'graphUnavailable'],
  ] as const) {
    await failLookUp(cloud, status);
    await ask(code, 'DELETE', named(ONLY_HERE));
  }
};

interface SimUser {
  readonly id: string;
  readonly mail: string | null;
  readonly creationType: string | null;
  readonly externalUserState: string | null;
  readonly roles: readonly string[];
}

const whereADeveloperWorks = () =>
  inCloud({ env: { MAX_RESETS_PER_JOB: '21' } }, async (ask, cloud) => {
    const users = (await (await fetch(`${cloud.graph}/_sim/users`)).json()) as SimUser[];
    const guests = users.filter(
      ({ creationType, externalUserState, roles, mail }) =>
        creationType === 'Invitation' && externalUserState === 'Accepted' && roles.length === 0 && mail !== null,
    );
    const mails = users.map(({ mail }) => mail);
    const sharedMail = mails.find((mail, at) => mail !== null && mails.indexOf(mail) !== at) ?? '';
    const { id: ended } = await ask<JobAnswer>(200, 'POST', '/jobs?dryRun=true', {
      headers: { ...CSV, ...WAITS },
      body: submitted(NOBODY),
    });
    const others = async () => {
      await ofStrangers(cloud);
      await ofQueries(ask, ended);
      await ofBodies(ask, ended);
      await ofJobs(
        ask,
        guests.map(({ id }) => id),
      );
      await ofKeys(ask, ended);
      await ofDuplicates(ask);
      await ofGraph(ask, cloud, sharedMail);
      await ask('codeNotFound', 'GET', '/problems/nothing');
      await ask('pathNotFound', 'GET', '/nothing');
      await ask('methodNotAllowed', 'PUT', '/jobs');
      await ofErasures(ask, cloud, sharedMail);
    };
    await Promise.all([ofTwoAtOnce(ask), others()]);
  });

const whereBodiesAreSlow = () =>
  inCloud({ env: { SUBMIT_MAX_SECONDS: String(BODY_SECONDS) } }, async (ask) => {
    const { id } = await ask<JobAnswer>(200, 'POST', '/jobs?dryRun=true', {
      headers: { ...CSV, ...WAITS },
      body: submitted(NOBODY),
    });
    await ofSlowBodies(ask, id);
  });

/** One job that waits is all that the caller may have; it waits for an approval that a developer cannot give. */
const whereOneJobIsEnough = () =>
  inCloud({ env: { MAX_OPEN_JOBS_PER_CALLER: '1', HOLD_JOBS_ABOVE: '0' } }, async (ask) => {
    const { id } = await ask<JobAnswer>(200, 'POST', '/jobs?dryRun=true', {
      headers: { ...CSV, ...WAITS },
      body: submitted(NOBODY),
    });
    const { id: held } = await ask<JobAnswer>(202, 'POST', '/jobs', { headers: CSV, body: submitted(NOBODY) });
    await ask('approverIsSubmitter', 'POST', `/jobs/${held}/resume`);
    await ask('tooManyOpenJobs', 'POST', '/jobs?dryRun=true', { headers: CSV, body: submitted(NOBODY) });
    await ask('tooManyOpenJobs', 'POST', `/guests/${NOBODY}/resets?sendInvitationMessage=false`);
    await ask('tooManyOpenJobs', 'POST', `/jobs/${id}/retry?status=failed`);
  });

/** Codes that nobody can provoke from outside, and why. */
const NOT_PROVOKED: Readonly<Record<string, string>> = {
  internalError: 'is a mistake of the service',
  malformedRequest: 'is for a Host that the local host refuses by itself',
  incompleteBody: 'is said to a sender who has gone: nobody hears it',
  'resetGuest submissionInProgress': 'its body has arrived before the key is taken, so the time is too short to meet',
  'retryJob submissionInProgress': 'its body has arrived before the key is taken, so the time is too short to meet',
};

const isProvoked = (operation: string, code: string): boolean =>
  !Object.hasOwn(NOT_PROVOKED, code) && !Object.hasOwn(NOT_PROVOKED, `${operation} ${code}`);

/** What is said of all operations, and of what none is for. */
const DESCRIBED: readonly (readonly [string, string, Response])[] = [
  ...Object.values(DOCUMENT.paths).flatMap((operations) => Object.values(operations)),
  { operationId: OTHERS, responses: DOCUMENT[OTHERS] },
].flatMap(({ operationId, responses }) =>
  Object.entries(responses).map(([status, response]) => [operationId, status, response] as const),
);

/** The codes of a problem, as its schema has them. */
function codesOf({ content = {} }: Response): readonly string[] {
  const { schema } = (content['application/problem+json'] ?? {}) as {
    schema?: { allOf: readonly { properties?: { code?: { enum: readonly string[] } } }[] };
  };
  return schema?.allOf.flatMap(({ properties }) => properties?.code?.enum ?? []) ?? [];
}

beforeAll(async () => {
  await Promise.all([whereADeveloperWorks(), whereBodiesAreSlow()]);
  await whereOneJobIsEnough();
  await Promise.all([whereThePlatformSignsIn(), whereTablesAreAway(), whereNothingIsSet()]);
}, 180_000);
afterAll(() => {
  seen.answers.clear();
  seen.codes.clear();
  seen.types.clear();
});

test('every request was answered as it should be, and as the document says', () => {
  expect(unlike).toEqual([]);
});

test('the type of each problem is the address of a page that tells of its code', () => {
  expect([...seen.types.keys()].filter((code) => !explained.has(code))).toEqual([]);
  expect(explained.size).toBeGreaterThan(30);
});

test('every status and content type that the document has for an operation was seen', () => {
  const wanted = DESCRIBED.flatMap(([operation, status, response]) => {
    const types = Object.keys(response.content ?? { '': {} });
    const canBeSeen = types.filter(
      (type) => type !== 'application/problem+json' || codesOf(response).some((code) => isProvoked(operation, code)),
    );
    return canBeSeen.map((type) => `${operation} ${status} ${type}`.trim());
  });
  expect(wanted.length).toBeGreaterThan(100);
  expect(wanted.filter((each) => !seen.answers.has(each))).toEqual([]);
});

test('every code that the document has for an operation was seen, but for those that nobody can provoke', () => {
  const wanted = DESCRIBED.flatMap(([operation, , response]) => codesOf(response).map((code) => [operation, code]));
  expect(wanted.length).toBeGreaterThan(300);
  const missed = wanted.filter(([operation = '', code = '']) => !seen.codes.has(`${operation} ${code}`));
  expect(missed.filter(([operation = '', code = '']) => isProvoked(operation, code))).toEqual([]);
  const unneeded = wanted.filter(([operation = '', code = '']) => !isProvoked(operation, code));
  expect(unneeded.filter(([operation, code]) => seen.codes.has(`${operation} ${code}`))).toEqual([]);
});
