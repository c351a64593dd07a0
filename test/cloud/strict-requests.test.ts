/** What a request says is understood or refused, on every route of the built app. */
import { once } from 'node:events';
import http from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HTTP_ROUTES, type HttpRoute } from '../../shared/entry/http/routes.ts';
import { startCloud, type TestCloud } from './cloud.ts';
import { json, type JobAnswer } from './jobs.ts';

/** By `node:http`, which sends a body with any method. */
async function askWithBody(method: string, route: string, body: string, type: string) {
  const request = http.request(`${cloud.api}/${pathOf(route, NO_JOB)}`, {
    method,
    agent: false,
    headers: { 'content-type': type, 'content-length': Buffer.byteLength(body) },
  });
  request.end(body);
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  const text = await readText(answer);
  return { status: answer.statusCode, body: (text === '' ? {} : JSON.parse(text)) as ProblemAnswer };
}

interface ProblemAnswer {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly code: string; readonly field?: string }[];
}

let cloud: TestCloud;
let jobId = '';
const NO_JOB = '7ybr1z9vj7e0mzpqmbtznnz118';
const NOBODY = 'nobody@fabrikam.example';

beforeAll(async () => {
  cloud = await startCloud();
  const { body } = await json<JobAnswer>(`${cloud.api}/jobs?dryRun=true`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Prefer: 'wait=20' },
    body: JSON.stringify({ sendInvitationMessage: false, resets: [{ user: NOBODY }] }),
  });
  jobId = body.id;
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

const ROUTES = Object.entries(HTTP_ROUTES).map(([name, { method, route }]) => ({ name, method, route }));
const pathOf = (route: string, id = jobId): string => route.replace('{id}', id).replace('{guestId}', NOBODY);
/** Of a body that is not read, all of these say nothing. */
const NOTHING = ['', ' \n', '{}', ' { }\n'];
const ask = (method: string, path: string, init: RequestInit = {}) =>
  json<ProblemAnswer>(`${cloud.api}/${pathOf(path)}`, { method, ...init });

// A GET's body says nothing by RFC 9110, and the library hands none over.
const BODILESS = Object.entries<HttpRoute>(HTTP_ROUTES)
  .filter(([, { method, body }]) => method !== 'GET' && body === 'none')
  .map(([name, { method, route }]) => ({ name, method, route }));

describe.each(BODILESS)('the body of $name', ({ method, route }) => {
  const send = async (body: string, type: string) => askWithBody(method, route, body, type);
  test('may be missing, blank or an empty object, whatever its type, and is the same', async () => {
    const { status } = await send('', 'text/plain');
    for (const body of NOTHING)
      for (const type of ['application/json', 'text/plain', 'text/csv'])
        expect((await send(body, type)).status, `${type} ${body}`).toBe(status);
    expect(status).not.toBe(400);
  });
  test('that says something is refused, and what it says is named', async () => {
    expect(await send('{"dryRun":true,"x":1}', 'application/json')).toMatchObject({
      status: 400,
      body: { code: 'unexpectedBody', errors: [{ field: 'dryRun' }, { field: 'x' }] },
    });
    for (const body of ['[]', 'null', '7', 'user\na@b.example', '{"a":', '\u0000'])
      expect(await send(body, 'text/plain'), body).toMatchObject({ status: 400, body: { code: 'unexpectedBody' } });
  });
});

describe.each(ROUTES)('$name', ({ method, route }) => {
  const body = route === 'jobs' && method === 'POST' ? { body: `{"resets":[{"user":"${NOBODY}"}]}` } : {};
  const init = { ...body, headers: { 'Content-Type': 'application/json' } };
  test('refuses a name in its query that it does not know', async () => {
    for (const name of ['dryRuns', 'DryRun', 'limit', '']) {
      const { status, body: found } = await ask(method, `${route}?${name}=true`, init);
      const codes = found.errors?.map(({ code, field }) => [code, field]);
      expect([status, codes], name).toEqual([400, expect.arrayContaining([[expect.stringMatching(/^unknown/), name]])]);
    }
  });
});

test('advice about mail fits a single reset, which takes no defaults', async () => {
  const { body } = await ask('POST', 'guests/{guestId}/resets');
  expect(body).toMatchObject({ code: 'missingSendInvitationMessage' });
  expect(body.detail).toContain('"sendInvitationMessage": false');
  expect(body.detail).not.toContain('defaults');
});

test('an ended job cannot be paused, and says so', async () => {
  expect(await ask('POST', 'jobs/{id}/pause')).toMatchObject({ status: 409, body: { code: 'jobEnded' } });
});

test('what will be the same later names no time to ask again', async () => {
  const asked = await Promise.all(
    ['jobs/{id}/pause', 'jobs/{id}/cancel', 'jobs/{id}/check', 'jobs/{id}/retry?status=skipped'].map(async (path) =>
      ask('POST', path),
    ),
  );
  expect(asked.map(({ status, body, headers }) => [status, body.code, headers.get('retry-after')])).toEqual([
    [409, 'jobEnded', null],
    [409, 'jobEnded', null],
    [409, 'nothingToCheck', null],
    [409, 'nothingToRetry', null],
  ]);
  expect(asked[3]?.body.detail).toContain('None of its resets is skipped.');
});

test.each([
  ['jobs/{id}/retry', '{"waitWhilePaused":true}', 'waitWhilePaused', 'Say it in the query.'],
  [
    'jobs/{id}/retry',
    '{"waitwhilepaused":true}',
    'waitwhilepaused',
    'Did you mean waitWhilePaused? Say it in the query.',
  ],
  ['jobs?defaults=1', '{"resets":[]}', 'defaults', 'Say it in the body.'],
  ['jobs', '{"format":"csv","resets":[]}', 'format', 'Say it in the query.'],
  ['guests/{guestId}/resets?defaults=1', '{}', 'defaults', 'The options are '],
  ['guests/{guestId}/resets?format=csv', '{}', 'format', 'The options are '],
])('to %s %s the advice about %s is: %s', async (path, body, field, advice) => {
  const answer = await ask('POST', path, { body, headers: { 'Content-Type': 'application/json' } });
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toContainEqual(
    expect.objectContaining({ code: 'unknownOption', field, message: expect.stringContaining(advice) as unknown }),
  );
});

test('a file of results has no pages, so a size for them is refused', async () => {
  for (const [query, accept] of [
    ['format=csv&', 'application/json'],
    ['format=ndjson&', '*/*'],
    ['', 'text/csv'],
  ] as const) {
    const answer = await ask('GET', `jobs/{id}/resets?${query}pageSize=1`, { headers: { Accept: accept } });
    expect(answer, query).toMatchObject({ status: 400, body: { code: 'invalidParameter' } });
    expect(answer.body.errors?.map(({ field }) => field)).toEqual(['pageSize']);
  }
});

test('a second pause shows the newest reason, and one that says nothing keeps it', async () => {
  const pause = async (query: string): Promise<unknown> => (await ask('POST', `pause${query}`)).body;
  await pause('?reason=first');
  const second: unknown = expect.objectContaining({ message: expect.stringMatching(/: second\.$/) as unknown });
  expect([await pause('?reason=second'), await pause('')]).toEqual([second, second]);
  await ask('POST', 'resume');
});
