/** The client against a server that does what servers and lines do: lose answers, ask to wait, forget tokens. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type Client } from '../../../client/client.ts';
import { followJob } from '../../../client/follow.ts';
import { NoTokenNow } from '../../../client/requests.ts';
import type { Failure } from '../../../client/answer.ts';
import type { List } from '../../../client/types.ts';
import { cutOff, problem, says, scriptedServer, type Play, type ScriptedServer } from './scripted-server.ts';

let server: ScriptedServer;
let slept: number[] = [];
let told: Failure[] = [];
beforeEach(async () => {
  [slept, told] = [[], []];
  server = await scriptedServer();
});
afterEach(async () => server.close());

const client = (more: Partial<Parameters<typeof connect>[0]> = {}): Client =>
  connect({
    url: server.url,
    sleep: async (ms) => void slept.push(ms),
    random: () => 0,
    onRepeat: (each) => told.push(each),
    ...more,
  });
/** Begins to answer, and is gone. */
const halfAnAnswer: Play = (response, request) => {
  response.writeHead(202, { 'Content-Type': 'application/json', 'Content-Length': '1000' }).write('{"id":"half');
  setTimeout(() => request.socket.destroy(), 20);
};
const JOB = { id: 'job', status: 'queued' };

/** A megabyte, made anew at each opening. */
function list(): List & { opened: number } {
  const made = {
    opened: 0,
    type: 'text/csv' as const,
    open: () => {
      made.opened++;
      return new Blob(['user\n', 'a'.repeat(1_000_000)]).stream();
    },
  };
  return made;
}

test('a submission is sent until it is answered: with one key, and each time all of its list', async () => {
  server.plays = [cutOff, halfAnAnswer, problem(409, 'submissionInProgress', { 'Retry-After': '7' }), says(202, JOB)];
  const submitted = list();
  const taken = await client().submit(submitted, { sendInvitationMessage: true }, 'k1');
  expect(taken).toMatchObject({ kind: 'answered', value: JOB });
  expect(server.asked.map(({ line, key, encoding, body }) => [line, key, encoding, body.length])).toEqual(
    Array.from({ length: 4 }, () => ['POST /api/jobs?sendInvitationMessage=true', 'k1', 'chunked', 1_000_005]),
  );
  expect(submitted.opened).toBe(4);
  expect(slept).toEqual([1_000, 2_000, 7_000]);
  expect(told.map(({ kind }) => kind)).toEqual(['lost', 'lost', 'refused']);
});

test('a refusal is a value with its code, its trace and what it says of rows; it is not sent again', async () => {
  const errors = [{ code: 'invalidMail', message: 'no mail', row: 3 }];
  server.plays = [says(400, { code: 'invalidSubmission', status: 400, detail: 'wrong', traceId: 't1', errors })];
  expect(await client().submit(list(), {}, 'k')).toMatchObject({
    kind: 'refused',
    problem: { code: 'invalidSubmission', traceId: 't1', errors },
  });
  expect(slept).toEqual([]);
});

test('a resume whose answer was lost is not sent again: it could lift the next stop', async () => {
  server.plays = [cutOff];
  expect(await client().resume('job')).toMatchObject({ kind: 'lost' });
  server.plays = [cutOff];
  expect(await client().resumeTenant()).toMatchObject({ kind: 'lost' });
  expect(server.asked).toHaveLength(2);
});

test('a resume that names the stop it means is sent until it is answered', async () => {
  server.plays = [cutOff, says(200, JOB), cutOff, problem(409, 'stopChanged')];
  expect(await client().resume('job', 'pausedByHand')).toMatchObject({ kind: 'answered', value: JOB });
  expect(await client().resumeTenant('tenantBlocked')).toMatchObject({
    kind: 'refused',
    problem: { code: 'stopChanged' },
  });
  expect(server.asked.map(({ line }) => line)).toEqual([
    ...Array.from({ length: 2 }, () => 'POST /api/jobs/job/resume?stop=pausedByHand'),
    ...Array.from({ length: 2 }, () => 'POST /api/resume?stop=tenantBlocked'),
  ]);
});

test('where no token can be had for a while, nothing is sent, and it is tried again; any other fault is told', async () => {
  const faults = [new NoTokenNow('away'), new NoTokenNow('away')];
  const token = async (): Promise<string> => {
    const fault = faults.shift();
    if (fault !== undefined) throw fault;
    return 't';
  };
  server.plays = [says(200, JOB)];
  expect(await client({ token }).job('job')).toMatchObject({ kind: 'answered', value: JOB });
  expect(server.asked.map(({ authorization }) => authorization)).toEqual(['Bearer t']);
  expect(told.map(({ kind }) => kind)).toEqual(['lost', 'lost']);
  const wrong = async (): Promise<string> => {
    throw new Error('signed in to another tenant');
  };
  await expect(client({ token: wrong }).job('job')).rejects.toThrow('another tenant');
});

test('a token is asked for before each request, and once anew where it was refused', async () => {
  const renewals: boolean[] = [];
  const token = async (renewed: boolean): Promise<string> => {
    renewals.push(renewed);
    return `t${renewals.length}`;
  };
  const bare: Play = (response) => void response.writeHead(401, { 'Content-Type': 'text/html' }).end('<p>no</p>');
  server.plays = [bare, says(200, JOB), bare, bare];
  const api = client({ token });
  expect(await api.job('job')).toMatchObject({ kind: 'answered' });
  expect(await api.job('job')).toMatchObject({ kind: 'foreign', status: 401 });
  expect(server.asked.map(({ authorization }) => authorization)).toEqual(
    ['t1', 't2', 't3', 't4'].map((t) => `Bearer ${t}`),
  );
  expect(renewals).toEqual([false, true, false, true]);
});

test.each([
  ['text/html', '<!doctype html><p>Sign in</p>', 'Sign in'],
  ['text/html', '"a page that is JSON"', 'a page that is JSON'],
  ['text/plain', 'who are you?', 'who are you?'],
  ['application/json', '{"hello":1}', 'hello'],
  ['application/json', 'null', 'null'],
  ['application/json', '[]', '[]'],
])(
  'what somebody else says in place of an answer, as %s: %s, is none, and is asked for once',
  async (type, body, text) => {
    server.plays = [(response) => void response.writeHead(200, { 'Content-Type': type }).end(body)];
    const foreign = { kind: 'foreign', status: 200, text: expect.stringContaining(text), at: server.url };
    expect(await client().job('job')).toMatchObject(foreign);
    expect(slept).toEqual([]);
  },
);

test.each([301, 302, 303, 307, 308])(
  'a redirect (%i) is followed by nothing, and told with where it leads',
  async (status) => {
    const to = `${server.url}/elsewhere?x=1`;
    const leads: Play = (response) => void response.writeHead(status, { Location: to }).end('moved');
    server.plays = [leads, leads, leads];
    const token = async (): Promise<string> => 'secret';
    const api = client({ token });
    const foreign = { kind: 'foreign', status, to };
    expect(await api.retry('job', {}, 'k')).toMatchObject(foreign);
    expect(await api.resume('job')).toMatchObject(foreign);
    expect(await api.job('job')).toMatchObject(foreign);
    expect(server.asked.map(({ line }) => line)).toEqual([
      'POST /api/jobs/job/retry',
      'POST /api/jobs/job/resume',
      'GET /api/jobs/job',
    ]);
  },
);

test('a browser hides a redirect, status and all: it is no answer of the API either', async () => {
  const hidden = async (): Promise<Response> => {
    const opaque = new Response(null);
    Object.defineProperties(opaque, { status: { value: 0 }, ok: { value: false }, type: { value: 'opaqueredirect' } });
    return opaque;
  };
  expect(await client({ fetch: hidden }).resume('job')).toMatchObject({ kind: 'foreign', status: 0 });
});

test('an answer that has nothing but its status is an answer; a refusal in its place is told', async () => {
  server.plays = [(response) => response.writeHead(202).end(), problem(409, 'jobNotEnded')];
  expect(await client().deleteJob('job')).toMatchObject({ kind: 'answered', status: 202 });
  expect(await client().deleteJob('job')).toMatchObject({ kind: 'refused', problem: { code: 'jobNotEnded' } });
  expect(server.asked.map(({ line }) => line)).toEqual(['DELETE /api/jobs/job', 'DELETE /api/jobs/job']);
});

test('pages are taken one after another, and their links lead nowhere but to the API', async () => {
  server.plays = [
    says(200, {
      value: [{ row: 1 }],
      nextLink: 'https://elsewhere.example/api/jobs/job/resets?continuationToken=a%2Bb',
    }),
    says(200, { value: [{ row: 2 }] }),
  ];
  expect(await Array.fromAsync(client().resets('job', { status: 'failed' }))).toMatchObject([{ row: 1 }, { row: 2 }]);
  expect(
    server.asked.map(({ line }) => new URL(line.slice(4), server.url).searchParams.get('continuationToken')),
  ).toEqual([null, 'a+b']);
});

test('a list from a row on says the row once, and then where it goes on', async () => {
  server.plays = [
    says(200, { value: [{ row: 7 }], nextLink: `${server.url}/jobs/job/resets?continuationToken=a` }),
    says(200, { value: [{ row: 9 }] }),
    says(200, { value: [{ row: 8 }], nextLink: `${server.url}/jobs/job/resets?continuationToken=b` }),
  ];
  expect(await Array.fromAsync(client().resets('job', { status: 'failed', from: 7 }))).toHaveLength(2);
  expect(await client().resetPage('job', { from: 8, pageSize: 50 })).toMatchObject({ value: { value: [{ row: 8 }] } });
  expect(server.asked.map(({ line }) => new URL(line.slice(4), server.url).search)).toEqual([
    '?status=failed&pageSize=200&from=7',
    '?status=failed&pageSize=200&continuationToken=a',
    '?from=8&pageSize=50',
  ]);
});

test('the end is waited for no faster than the service asks, and what is seen on the way is told', async () => {
  const job = (done: number): object => ({ ...JOB, done });
  server.plays = [
    says(202, job(1), { 'Retry-After': '3' }),
    says(202, job(2), { 'Retry-After': '300' }),
    says(200, { ...JOB, done: 3, status: 'completed' }),
  ];
  const looks: unknown[] = [];
  const end = await followJob(client(), 'job', {
    sleep: async (ms) => void slept.push(ms),
    onLook: (each, seconds) => looks.push([each.done, seconds]),
  });
  expect(end).toMatchObject({ kind: 'ended', job: { done: 3 } });
  expect({ slept, looks }).toEqual({
    slept: [3_000, 300_000],
    looks: [
      [1, 3],
      [2, 300],
    ],
  });
});

test('a pause ends the waiting, with the job that tells why; one that is over already does not', async () => {
  const paused = problem(409, 'jobPaused', { 'Retry-After': '5' });
  server.plays = [
    paused,
    says(200, { ...JOB, status: 'inProgress' }),
    paused,
    says(200, { ...JOB, status: 'paused', pausedReason: { code: 'tenantBlocked' } }),
  ];
  expect(await followJob(client(), 'job', {})).toMatchObject({
    kind: 'paused',
    job: { pausedReason: { code: 'tenantBlocked' } },
  });
});

test('whoever ends the waiting gets it ended at once, with their reason', async () => {
  server.plays = [says(202, JOB, { 'Retry-After': '300' })];
  const controller = new AbortController();
  const waiting = followJob(client({ signal: controller.signal }), 'job', {
    signal: controller.signal,
    onLook: () => controller.abort(new Error('enough')),
  });
  await expect(waiting).rejects.toThrow('enough');
});

test.each([
  ['-5', 5],
  ['0', 5],
  ['soon', 5],
  ['', 5],
  ['1e99', 300],
  ['86400', 300],
])('an absurd time to look again (%s) is none: the next look comes after %i s', async (said, seconds) => {
  server.plays = [says(202, JOB, { 'Retry-After': said }), says(200, { ...JOB, status: 'completed' })];
  await followJob(client(), 'job', { sleep: async (ms) => void slept.push(ms) });
  expect(slept).toEqual([seconds * 1000]);
});

test('an absurd time to send again is none', async () => {
  server.plays = [problem(503, 'throttled', { 'Retry-After': '-5' }), says(200, JOB)];
  await client().completion('job', { waitWhilePaused: false });
  server.plays = [(response) => void response.writeHead(503, { 'Retry-After': '-5' }).end('busy'), says(200, JOB)];
  await client().job('job');
  expect(slept).toEqual([1_000]);
});
