/** The client against a server that does what servers and lines do: lose answers, ask to wait, forget tokens. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type Client } from '../../../client/client.ts';
import { followJob } from '../../../client/follow.ts';
import { NoTokenNow } from '../../../client/requests.ts';
import type { Failure } from '../../../client/answer.ts';
import type { List } from '../../../client/types.ts';

interface Asked {
  readonly line: string;
  readonly key: string | undefined;
  readonly authorization: string | undefined;
  readonly encoding: string | undefined;
  readonly body: string;
}
type Play = (response: ServerResponse, request: IncomingMessage) => void;

let asked: Asked[] = [];
let plays: Play[] = [];
let slept: number[] = [];
let told: Failure[] = [];
const server = createServer((request, response) => void answer(request, response));
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  try {
    for await (const chunk of request) body += String(chunk);
  } catch {
    return; // The client has gone.
  }
  const { headers, method, url: path } = request;
  asked.push({
    line: `${method} ${path}`,
    key: headers['idempotency-key'] as string | undefined,
    authorization: headers.authorization,
    encoding: headers['transfer-encoding'],
    body,
  });
  const play = plays.shift();
  if (play === undefined) throw new Error(`nobody expected ${method} ${path}`);
  play(response, request);
}

let url = '';
beforeEach(async () => {
  [asked, plays, slept, told] = [[], [], [], []];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  if (plays.length > 0) throw new Error(`${plays.length} requests that were expected did not come`);
});

const client = (more: Partial<Parameters<typeof connect>[0]> = {}): Client =>
  connect({
    url,
    sleep: async (ms) => void slept.push(ms),
    random: () => 0,
    onRepeat: (each) => told.push(each),
    ...more,
  });
const says =
  (status: number, body: object, headers: Record<string, string> = {}): Play =>
  (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
const problem = (status: number, code: string, headers: Record<string, string> = {}): Play =>
  says(status, { code, status, detail: code, title: '', type: '', traceId: 't' }, headers);
const cutOff: Play = (_response, request) => void request.socket.destroy();
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
  plays = [cutOff, halfAnAnswer, problem(409, 'submissionInProgress', { 'Retry-After': '7' }), says(202, JOB)];
  const submitted = list();
  const taken = await client().submit(submitted, { sendInvitationMessage: true }, 'k1');
  expect(taken).toMatchObject({ kind: 'answered', value: JOB });
  expect(asked.map(({ line, key, encoding, body }) => [line, key, encoding, body.length])).toEqual(
    Array.from({ length: 4 }, () => ['POST /api/jobs?sendInvitationMessage=true', 'k1', 'chunked', 1_000_005]),
  );
  expect(submitted.opened).toBe(4);
  expect(slept).toEqual([1_000, 2_000, 7_000]);
  expect(told.map(({ kind }) => kind)).toEqual(['lost', 'lost', 'refused']);
});

test('a refusal is a value with its code, its trace and what it says of rows; it is not sent again', async () => {
  const errors = [{ code: 'invalidMail', message: 'no mail', row: 3 }];
  plays = [says(400, { code: 'invalidSubmission', status: 400, detail: 'wrong', traceId: 't1', errors })];
  expect(await client().submit(list(), {}, 'k')).toMatchObject({
    kind: 'refused',
    problem: { code: 'invalidSubmission', traceId: 't1', errors },
  });
  expect(slept).toEqual([]);
});

test('a resume whose answer was lost is not sent again: it could lift the next stop', async () => {
  plays = [cutOff];
  expect(await client().resume('job')).toMatchObject({ kind: 'lost' });
  plays = [cutOff];
  expect(await client().resumeTenant()).toMatchObject({ kind: 'lost' });
  expect(asked).toHaveLength(2);
});

test('a resume that names the stop it means is sent until it is answered', async () => {
  plays = [cutOff, says(200, JOB), cutOff, problem(409, 'stopChanged')];
  expect(await client().resume('job', 'pausedByHand')).toMatchObject({ kind: 'answered', value: JOB });
  expect(await client().resumeTenant('tenantBlocked')).toMatchObject({
    kind: 'refused',
    problem: { code: 'stopChanged' },
  });
  expect(asked.map(({ line }) => line)).toEqual([
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
  plays = [says(200, JOB)];
  expect(await client({ token }).job('job')).toMatchObject({ kind: 'answered', value: JOB });
  expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer t']);
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
  plays = [bare, says(200, JOB), bare, bare];
  const api = client({ token });
  expect(await api.job('job')).toMatchObject({ kind: 'answered' });
  expect(await api.job('job')).toMatchObject({ kind: 'foreign', status: 401 });
  expect(asked.map(({ authorization }) => authorization)).toEqual(['t1', 't2', 't3', 't4'].map((t) => `Bearer ${t}`));
  expect(renewals).toEqual([false, true, false, true]);
});

test('a page of somebody else is no answer, be it a success', async () => {
  plays = [(response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('"<html>sign in"')];
  expect(await client().job('job')).toMatchObject({ kind: 'foreign', status: 200 });
});

test('an answer that has nothing but its status is an answer; a refusal in its place is told', async () => {
  plays = [(response) => response.writeHead(202).end(), problem(409, 'jobNotEnded')];
  expect(await client().deleteJob('job')).toMatchObject({ kind: 'answered', status: 202 });
  expect(await client().deleteJob('job')).toMatchObject({ kind: 'refused', problem: { code: 'jobNotEnded' } });
  expect(asked.map(({ line }) => line)).toEqual(['DELETE /api/jobs/job', 'DELETE /api/jobs/job']);
});

test('pages are taken one after another, and their links lead nowhere but to the API', async () => {
  plays = [
    says(200, {
      value: [{ row: 1 }],
      nextLink: 'https://elsewhere.example/api/jobs/job/resets?continuationToken=a%2Bb',
    }),
    says(200, { value: [{ row: 2 }] }),
  ];
  expect(await Array.fromAsync(client().resets('job', { status: 'failed' }))).toMatchObject([{ row: 1 }, { row: 2 }]);
  expect(asked.map(({ line }) => new URL(line.slice(4), url).searchParams.get('continuationToken'))).toEqual([
    null,
    'a+b',
  ]);
});

test('a list from a row on says the row once, and then where it goes on', async () => {
  plays = [
    says(200, { value: [{ row: 7 }], nextLink: `${url}/jobs/job/resets?continuationToken=a` }),
    says(200, { value: [{ row: 9 }] }),
    says(200, { value: [{ row: 8 }], nextLink: `${url}/jobs/job/resets?continuationToken=b` }),
  ];
  expect(await Array.fromAsync(client().resets('job', { status: 'failed', from: 7 }))).toHaveLength(2);
  expect(await client().resetPage('job', { from: 8, pageSize: 50 })).toMatchObject({ value: { value: [{ row: 8 }] } });
  expect(asked.map(({ line }) => new URL(line.slice(4), url).search)).toEqual([
    '?status=failed&pageSize=200&from=7',
    '?status=failed&pageSize=200&continuationToken=a',
    '?from=8&pageSize=50',
  ]);
});

test('the end is waited for no faster than the service asks, and what is seen on the way is told', async () => {
  const job = (done: number): object => ({ ...JOB, done });
  plays = [
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
  plays = [
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
  plays = [says(202, JOB, { 'Retry-After': '300' })];
  const controller = new AbortController();
  const waiting = followJob(client({ signal: controller.signal }), 'job', {
    signal: controller.signal,
    onLook: () => controller.abort(new Error('enough')),
  });
  await expect(waiting).rejects.toThrow('enough');
});
