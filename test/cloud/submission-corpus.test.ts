/**
 * Hostile submissions through the whole local cloud: each is refused with a code, leaves no row in any table, and the
 * host that read it is still the same process, not much larger than before.
 */
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addressSettings } from '../../local/cloud/environment.ts';
import { connectTables, type Tables } from '../../shared/adapters/tables/client.ts';
import type { Problem } from '../../shared/domain/api/problem.ts';
import { startCloud, type TestCloud } from './cloud.ts';

const MB = 1024 * 1024;
/**
 * Of a host at its largest over the same host after its first requests: the buffers of two bodies and what is not
 * collected yet.
 */
const MOST_GROWTH_MB = 300;
const ANSWER_MAX_CHARS = 100_000;
const GOOD = { user: 'nobody@fabrikam.example', sendInvitationMessage: false };
const entry = (text: string): string =>
  '{ "resets": [{ "user": "nobody@fabrikam.example", "sendInvitationMessage": ' +
  `false${text === '' ? '' : `, ${text}`} }] }`;
const deep = (open: string, close: string): string => open.repeat(100_000) + close.repeat(100_000);

let cloud: TestCloud;
let tables: Tables;
let hostPid: number | undefined;
let firstMb: number;

beforeAll(async () => {
  cloud = await startCloud({ guests: 20, seed: 1 });
  const {
    api,
    graph,
    tables: { url },
    broker,
  } = cloud.state();
  const [apiPort, graphPort, tablesPort, brokerPort] = [api.url, graph.url, url, broker.url].map((address) =>
    Number(new URL(address).port),
  );
  tables = connectTables(
    {
      connectionString:
        addressSettings({ api: apiPort ?? 0, graph: graphPort ?? 0, tables: tablesPort ?? 0, broker: brokerPort ?? 0 })[
          'TableStorage'
        ] ?? '',
    },
    () => false,
  );
  for (let request = 0; request < 5; request++) await post('jobs', 'user\nnobody\n', { 'Content-Type': 'text/csv' });
  hostPid = cloud.state().hosts[0]?.pid;
  firstMb = largestMb();
});
afterAll(async () => {
  await cloud?.stop();
});

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
  readonly problem: Problem;
}

async function post(
  path: string,
  body: BodyInit | undefined,
  headers: Record<string, string> = {},
  method = 'POST',
): Promise<Answer> {
  const response = await fetch(`${cloud.api}/${path}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(25_000),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    text,
    problem: (text.startsWith('{') ? JSON.parse(text) : {}) as Problem,
  };
}

const postJson = (body: string | Uint8Array<ArrayBuffer>, query = ''): Promise<Answer> =>
  post(`jobs${query}`, body, { 'Content-Type': 'application/json' });
const postLines = (body: string): Promise<Answer> => post('jobs', body, { 'Content-Type': 'application/x-ndjson' });
const postCsv = (body: string | Uint8Array<ArrayBuffer>, query = '?sendInvitationMessage=false'): Promise<Answer> =>
  post(`jobs${query}`, body, { 'Content-Type': 'text/csv' });

/** What any job, or any try at one, has left in the tables. */
async function leftovers(): Promise<string[]> {
  const rows: string[] = [];
  for (const name of ['jobs', 'chunks', 'guests', 'idempotency'] as const) {
    for await (const { partitionKey, rowKey } of tables[name].listEntities())
      rows.push(`${name} ${partitionKey} ${rowKey}`);
  }
  return rows;
}

/** The most memory that the host has had, where the system tells. */
function largestMb(): number {
  const file = `/proc/${cloud.state().hosts[0]?.pid}/status`;
  return existsSync(file) ? Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1]) / 1024 : 0;
}

/** An answer, and what the service has after it. */
async function outcome(sent: Promise<Answer>) {
  const {
    status,
    type,
    text,
    problem: { code, title, detail, errors = [{}] },
  } = await sent;
  const isProblem =
    type === 'application/problem+json' && text.length < ANSWER_MAX_CHARS && title !== '' && detail !== '';
  return { status, code, isProblem, errors, ...(await afterwards()) };
}

/** What there is that was not there the last time, so that one failure does not make the next. */
async function afterwards() {
  const { value } = (await (await fetch(`${cloud.api}/jobs`)).json()) as { value: { id: string }[] };
  const all = [...(await leftovers()), ...value.map(({ id }) => `listed ${id}`)];
  return { left: all.filter((row) => !seen.has(row)), isSameHost: cloud.state().hosts[0]?.pid === hostPid };
}

const seen = new Set<string>();
afterEach(async () => {
  for (const row of (await afterwards()).left) seen.add(row);
});

const NOTHING = { left: [], isSameHost: true };
/** @param error what one of `errors` says, at least */
const refused = (status: number, code: string, error: object = {}) => ({
  status,
  code,
  isProblem: true,
  errors: expect.arrayContaining([expect.objectContaining(error)]),
  ...NOTHING,
});

/** For names of tests. */
const named = (values: readonly string[]) =>
  values.map(
    (value) => [value.length > 60 ? `${value.slice(0, 20)}... of ${value.length} characters` : value, value] as const,
  );

describe('JSON', () => {
  test.each<[string, () => string, number, string, object?]>([
    ['arrays nested 100,000 deep', () => deep('[', ']'), 400, 'wrongType'],
    ['an entry nested 100,000 deep', () => entry(`"a": ${deep('[', ']')}`), 400, 'wrongType', { line: 1 }],
    [
      'an option nested 100,000 deep',
      () => `{ "reason": ${deep('{"a":', '}').replace('}', '1}')} }`,
      400,
      'wrongType',
      { line: 1 },
    ],
    ['nesting that never ends', () => '['.repeat(3_000_000), 400, 'wrongType'],
    ['members that never end', () => '{"a":'.repeat(3_000_000), 400, 'wrongType', { line: 1 }],
    [
      'a field of 100 KB',
      () => entry(`"reference": "${'x'.repeat(100_000)}"`),
      400,
      'invalidSubmission',
      { code: 'fieldTooLong', row: 1, field: 'reference' },
    ],
    ['a field of 50 MB', () => entry(`"reference": "${'x'.repeat(50 * MB)}"`), 400, 'rowTooLong'],
    [
      'an unknown name of 100 KB',
      () => entry(`"${'n'.repeat(100_000)}": 1`),
      400,
      'invalidSubmission',
      { code: 'unknownField', row: 1, field: 'n'.repeat(200) },
    ],
    [
      'an unknown option of 100 KB',
      () => `{ "${'n'.repeat(100_000)}": 1, "resets": [] }`,
      400,
      'invalidSubmission',
      { code: 'unknownOption', field: 'n'.repeat(200) },
    ],
    [
      'a number of 100 KB',
      () => `{ "skipIfResetWithinHours": ${'9'.repeat(100_000)}, "resets": [] }`,
      400,
      'invalidSubmission',
      { code: 'invalidOption' },
    ],
    ['a million members', () => `{ ${'"a":1,'.repeat(1_000_000)}"b":2 }`, 400, 'unknownOption'],
    ['resets that are a large object', () => `{ "resets": { ${'"a":1,'.repeat(1_000_000)}"b":2 } }`, 400, 'rowTooLong'],
    [
      '__proto__ in an entry',
      () => '{ "resets": [{ "__proto__": { "user": "a@b.example", "sendInvitationMessage": false } }] }',
      400,
      'invalidSubmission',
      { code: 'unknownField', row: 1, field: '__proto__' },
    ],
    [
      'constructor in an entry',
      () => entry('"constructor": { "prototype": {} }'),
      400,
      'invalidSubmission',
      { code: 'unknownField', row: 1, field: 'constructor' },
    ],
    [
      'prototype among the options',
      () => `{ "prototype": {}, ${entry('').slice(1)}`,
      400,
      'unknownOption',
      { field: 'prototype' },
    ],
    [
      'a member said twice',
      () => entry('"user": "other@fabrikam.example"'),
      400,
      'invalidSubmission',
      { code: 'duplicateMember', row: 1, field: 'user' },
    ],
    [
      'half of a surrogate pair',
      () => entry('"reference": "\\ud800"'),
      400,
      'invalidSubmission',
      { code: 'invalidEncoding', row: 1, field: 'reference' },
    ],
    [
      'an infinite number',
      () => entry('"reference": 1e999'),
      400,
      'invalidSubmission',
      { code: 'wrongType', row: 1, field: 'reference' },
    ],
    [
      'an infinite option',
      () => `{ "skipIfResetWithinHours": 1e999, ${entry('').slice(1)}`,
      400,
      'invalidOption',
      { field: 'skipIfResetWithinHours' },
    ],
    [
      'a number that begins with 0',
      () => `{ "skipIfResetWithinHours": 01, ${entry('').slice(1)}`,
      400,
      'invalidJson',
      { line: 1 },
    ],
    ['text after the end', () => `${entry('')} x`, 400, 'invalidJson', { line: 1 }],
    ['no end', () => entry('').slice(0, -2), 400, 'invalidJson', { line: 1 }],
  ])('%s', async (_, body, status, code, error) => {
    expect(await outcome(postJson(body()))).toEqual(refused(status, code, error));
  });

  test('bytes that are not UTF-8, and UTF-16 without a mark', async () => {
    expect(
      await outcome(postJson(Uint8Array.from([...Buffer.from('{ "reason": "'), 0xff, ...Buffer.from('" }')]))),
    ).toEqual(refused(400, 'invalidEncoding', { line: 1 }));
    expect(await outcome(postJson(new Uint8Array(Buffer.from(entry(''), 'utf16le'))))).toEqual(
      refused(400, 'invalidEncoding', { line: 1 }),
    );
  });

  test('a line of NDJSON that names a member twice, or is 100 KB of brackets', async () => {
    expect(
      await outcome(postLines(`${JSON.stringify(GOOD)}\n{ "user": "a@b.example", "user": "c@b.example" }`)),
    ).toEqual(refused(400, 'invalidSubmission', { code: 'duplicateMember', row: 2, line: 2, field: 'user' }));
    expect(await outcome(postLines(`${JSON.stringify(GOOD)}\n${'['.repeat(100_000)}`))).toEqual(
      refused(400, 'invalidSubmission', { code: 'invalidJson', row: 2, line: 2 }),
    );
  });
});

describe('CSV', () => {
  test.each<[string, () => string | Uint8Array<ArrayBuffer>, string, object?]>([
    [
      'a quote that stays open for 10 MB',
      () => `user,note\na@b.example,"${'x\n'.repeat(5 * MB)}`,
      'unclosedQuote',
      { line: 2 },
    ],
    ['a cell of 50 MB', () => `user,note\na@b.example,${'x'.repeat(50 * MB)}`, 'rowTooLong', { line: 2 }],
    [
      'a cell of 100 KB',
      () => `user,note\na@b.example,${'x'.repeat(100_000)}`,
      'invalidSubmission',
      { code: 'rowTooLong', row: 1, line: 2 },
    ],
    [
      '100,000 columns',
      () => `user,${Array.from({ length: 100_000 }, (__, index) => index % 10).join(',')}\na@b.example\n`,
      'rowTooLong',
      { line: 1 },
    ],
    ['columns that never end', () => `user${','.repeat(20 * MB)}`, 'rowTooLong', { line: 1 }],
    ['a name of opening brackets', () => `user,${'['.repeat(200_000)}\na@b.example,1\n`, 'rowTooLong', { line: 1 }],
    ['an unknown column of 200 KB', () => `user,${'x'.repeat(200_000)}\na@b.example,1\n`, 'rowTooLong', { line: 1 }],
    ['a header and nothing else', () => 'user,note\n', 'noResets'],
    [
      'a header twice',
      () => 'user,note\nuser,note\na@b.example,1\n',
      'invalidSubmission',
      { code: 'invalidUser', row: 1, line: 2, field: 'user' },
    ],
    [
      'a column twice',
      () => 'user,USER\na@b.example,b@b.example\n',
      'invalidSubmission',
      { code: 'duplicateColumn', row: 1, line: 2, field: 'USER' },
    ],
    ['a NUL', () => 'user,note\na@b.example,\0\n', 'invalidEncoding', { line: 2 }],
    ['nothing but columns of ours', () => 'problem,result.status\na@b.example,ok\n', 'noUserColumn', { line: 1 }],
    ['a column called __proto__ alone', () => '__proto__,constructor\na@b.example,1\n', 'noUserColumn', { line: 1 }],
    [
      'bytes that are not UTF-8',
      () => Uint8Array.from([...Buffer.from('user\na@b.example\n'), 0xc3, 0x0a]),
      'invalidEncoding',
      { line: 3 },
    ],
    [
      'UTF-16 without a mark',
      () => new Uint8Array(Buffer.from('user\na@b.example\n', 'utf16le')),
      'invalidEncoding',
      { line: 1 },
    ],
    ['the quote as the separator', () => 'sep="\nuser\na@b.example\n', 'strayQuote'],
    [
      'a formula for a guest',
      () => 'user\n=cmd|calc\n',
      'invalidSubmission',
      { code: 'invalidUser', row: 1, line: 2, field: 'user' },
    ],
    [
      'one guest 3,000 times',
      () => `user\n${'a@b.example\n'.repeat(3_000)}`,
      'invalidSubmission',
      { code: 'duplicateUser', row: 2, line: 3, field: 'user' },
    ],
  ])('%s', async (_, body, code, error) => {
    expect(await outcome(postCsv(body()))).toEqual(refused(400, code, error));
  });

  test('bad rows are given back as CSV, cells that a spreadsheet would run disarmed', async () => {
    const { status, type, text } = await postCsv(
      'user,problem,result.x,note\nnobody,p,r,=1+1\n',
      '?sendInvitationMessage=false&format=csv',
    );
    expect([status, type, text]).toEqual([
      400,
      'text/csv; charset=utf-8',
      expect.stringMatching(/^user,note,problem\r\nnobody,'=1\+1,/),
    ]);
    expect(await afterwards()).toEqual(NOTHING);
  });
});

describe('headers, query and path', () => {
  test.each(named(['gzip', 'br', 'deflate', 'GZIP, gzip', 'zstd', 'x'.repeat(5_000), '__proto__']))(
    'the Content-Encoding %s',
    async (_, encoding) => {
      const bomb = gzipSync(Buffer.alloc(20 * MB, 0x20));
      for (const path of ['jobs', 'guests/a@b.example/resets'])
        expect(
          await outcome(post(path, bomb, { 'Content-Type': 'application/json', 'Content-Encoding': encoding })),
        ).toEqual(refused(415, 'unsupportedContentEncoding'));
    },
  );

  test.each([
    ['gzip', gzipSync('user\na@b.example\n'), /gzip/],
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), /zstd/],
    ['a workbook', Buffer.from('PK\u0003\u0004 and so on'), /\.xlsx/],
  ])('%s bytes without a Content-Encoding', async (_, bytes, advice) => {
    for (const type of ['text/csv', 'application/json', 'application/x-ndjson']) {
      const answer = await post('jobs', new Uint8Array(bytes), { 'Content-Type': type });
      expect([answer.status, answer.text]).toEqual([415, expect.stringMatching(advice)]);
      expect(await outcome(Promise.resolve(answer))).toEqual(refused(415, 'unsupportedContentEncoding'));
    }
    expect(
      await outcome(
        post('guests/a@b.example/resets?sendInvitationMessage=false', new Uint8Array(bytes), {
          'Content-Type': 'application/json',
        }),
      ),
    ).toEqual(refused(415, 'unsupportedContentEncoding'));
  });

  test.each(
    named([
      'text/plain',
      'constructor',
      '__proto__',
      'multipart/form-data; boundary=x',
      'text/csv, application/json',
      `text/${'x'.repeat(7_000)}`,
    ]),
  )('the Content-Type %s', async (_, type) => {
    expect(await outcome(post('jobs', 'user\na@b.example\n', { 'Content-Type': type }))).toEqual(
      refused(415, 'unsupportedMediaType'),
    );
  });

  test('no Content-Type, and a charset that is none', async () => {
    expect(await outcome(post('jobs', new Uint8Array(Buffer.from('user\na@b.example\n'))))).toEqual(
      refused(415, 'unsupportedMediaType'),
    );
    expect(await outcome(post('jobs', 'user\na@b.example\n', { 'Content-Type': 'text/csv; charset=utf-7' }))).toEqual(
      refused(415, 'unsupportedCharset'),
    );
  });

  test('a body of 50 MB that is refused before it is read: the refusal reaches whoever still sends', async () => {
    const body = Buffer.alloc(50 * MB, 0x20);
    for (let time = 0; time < 3; time++) {
      expect(await outcome(post('jobs', body, { 'Content-Type': 'text/plain' }))).toEqual(
        refused(415, 'unsupportedMediaType'),
      );
      expect(await outcome(post('guests/a@b.example/resets', body, { 'Idempotency-Key': '' }))).toEqual(
        refused(400, 'invalidIdempotencyKey'),
      );
    }
  });

  test('no body, an empty one and a blank one', async () => {
    for (const body of [undefined, '', ' \n \n'])
      expect(await outcome(post('jobs', body, { 'Content-Type': 'application/json' }))).toEqual(
        refused(400, 'emptyBody'),
      );
  });

  test.each(named(['', '""', 'k'.repeat(256), `"${'k'.repeat(256)}"`, ' ']))(
    'the Idempotency-Key %j',
    async (_, key) => {
      expect(
        await outcome(
          post('jobs', JSON.stringify({ resets: [GOOD] }), {
            'Content-Type': 'application/json',
            'Idempotency-Key': key,
          }),
        ),
      ).toEqual(refused(400, 'invalidIdempotencyKey'));
    },
  );

  test.each(named(['"', 'é', '"k', '../../x', "' or 1 eq 1", '__proto__', 'k'.repeat(255)]))(
    'the Idempotency-Key %j is a key, and that of a refused body is free again',
    async (_, key) => {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key, Prefer: 'wait=0' };
      expect(await outcome(post('jobs', '{}', headers))).toEqual(refused(400, 'noResets'));
      expect(await outcome(post('jobs', '{ "resets": [] }', headers))).toEqual(refused(400, 'noResets'));
    },
  );

  test.each(
    named([
      'wait',
      'wait=',
      'wait=-1',
      'wait=1e9',
      'wait=99999999999999999999',
      `wait=${'9'.repeat(5_000)}`,
      ',;=,"',
      'respond-async, wait="',
    ]),
  )('Prefer: %s', async (_, prefer) => {
    expect(await outcome(post('jobs', '{}', { 'Content-Type': 'application/json', Prefer: prefer }))).toEqual(
      refused(400, 'noResets'),
    );
  });

  test.each(
    named([
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'x'.repeat(5_000),
      '%00',
      '%ED%A0%80',
      'sendinvitationmessage',
    ]),
  )('the query parameter %s', async (_, name) => {
    expect(await outcome(postCsv('user\na@b.example\n', `?sendInvitationMessage=false&${name}=1`))).toEqual(
      refused(400, 'unknownOption'),
    );
  });

  test('an option of the query that holds what is no text', async () => {
    expect(await outcome(postCsv('user\na@b.example\n', '?sendInvitationMessage=false&reason=%FF'))).toEqual(
      refused(400, 'invalidEncoding', { field: 'reason' }),
    );
    expect(await outcome(postCsv('user\na@b.example\n', '?sendInvitationMessage=constructor'))).toEqual(
      refused(400, 'invalidSubmission', { code: 'invalidOption', field: 'sendInvitationMessage' }),
    );
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is no way to submit', async (method) => {
    for (const path of ['jobs', 'guests/a@b.example/resets'])
      expect(
        (await post(path, method === 'OPTIONS' ? undefined : '{}', { 'Content-Type': 'application/json' }, method))
          .status,
      ).toBe(405);
    expect(await afterwards()).toEqual(NOTHING);
  });
});

describe('one guest in the path', () => {
  const reset = (user: string, body?: BodyInit): Promise<Answer> =>
    post(`guests/${user}/resets?sendInvitationMessage=false`, body);

  test.each(
    named([
      '%00',
      '%2f',
      '..%2f..%2fjobs',
      'a'.repeat(7_000),
      '%',
      '%ZZ',
      '__proto__',
      '%20',
      '%F0%9F%98%80',
      '=1+1',
      'a@b',
      '%22%7D%5D',
    ]),
  )('the guest %s', async (_, user) => {
    const {
      status,
      problem: { code, errors },
    } = await reset(user);
    expect([
      status,
      ['invalidSubmission', 'invalidEncoding'].includes(code),
      errors?.[0]?.row ?? errors?.[0]?.line,
    ]).toEqual([400, true, 1]);
    expect(await afterwards()).toEqual(NOTHING);
  });

  test('a guest that leads out of the path is no route', async () => {
    for (const user of ['..', '../x', '']) expect((await reset(user)).status).toBe(404);
    expect(await afterwards()).toEqual(NOTHING);
  });

  test.each<[string, string | Uint8Array<ArrayBuffer>, number, string, object?]>([
    ['nested as deep as may be', `{ "a": ${'['.repeat(30_000)}${']'.repeat(30_000)} }`, 400, 'wrongType', { line: 1 }],
    ['nested without an end', '['.repeat(60_000), 400, 'invalidJson'],
    ['of 1 MB', `{ "reference": "${'x'.repeat(MB)}" }`, 413, 'bodyTooLarge'],
    ['of 50 MB', ' '.repeat(50 * MB), 413, 'bodyTooLarge'],
    [
      'with __proto__',
      '{ "__proto__": { "reference": "x" } }',
      400,
      'invalidSubmission',
      { code: 'unknownField', row: 1, field: '__proto__' },
    ],
    ['with another guest', '{ "user": "other@fabrikam.example" }', 400, 'ambiguousUser', { row: 1, field: 'user' }],
    ['with a guest who is null', '{ "user": null }', 400, 'ambiguousUser', { row: 1, field: 'user' }],
    [
      'with a member said twice',
      '{ "reference": "1", "reference": "2" }',
      400,
      'invalidSubmission',
      { code: 'duplicateMember', row: 1, field: 'reference' },
    ],
    [
      'with an infinite number',
      '{ "reference": 1e999 }',
      400,
      'invalidSubmission',
      { code: 'wrongType', row: 1, field: 'reference' },
    ],
    ['that closes more than it opened', '{} ] }', 400, 'invalidJson'],
    ['that is no object', 'null', 400, 'wrongType'],
    [
      'of bytes that are not UTF-8',
      Uint8Array.from([...Buffer.from('{ "reference": "'), 0xff, ...Buffer.from('" }')]),
      400,
      'invalidEncoding',
    ],
  ])('a body %s', async (_, body, status, code, error) => {
    expect(await outcome(reset('nobody@fabrikam.example', body))).toEqual(refused(status, code, error));
  });
});

describe('bodies that do not come to their end', () => {
  const head = (key: string, length: number | 'chunked', path = 'jobs'): string => {
    const { host } = new URL(cloud.api);
    return (
      `POST /api/${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: text/csv\r\nIdempotency-Key: ` +
      `${key}\r\n${length === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`}\r\n\r\n`
    );
  };
  const dial = async (): Promise<Socket> => {
    const socket = connect(Number(new URL(cloud.api).port), '127.0.0.1');
    socket.on('error', () => undefined); // The other side may have given up first.
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
  };
  const SOON = { timeout: 15_000, interval: 100 };
  const hasRowsOf = async (table: string): Promise<boolean> =>
    (await afterwards()).left.some((row) => row.startsWith(`${table} `));
  /** More than are kept back before the first are written. */
  const rows = Array.from({ length: 6_000 }, (_, index) => `nobody${index}@fabrikam.example,false\n`);
  const body = `user,sendInvitationMessage\n${rows.join('')}`;

  test('one byte at a time, then nothing, then the client leaves', async () => {
    const socket = await dial();
    socket.write(`${head('drops', 'chunked')}${body.length.toString(16)}\r\n`);
    for (const byte of body.slice(0, 60)) {
      socket.write(byte);
      await wait(5);
    }
    await expect.poll(() => hasRowsOf('idempotency'), SOON).toBe(true);
    socket.destroy();
    await expect.poll(afterwards, SOON).toEqual(NOTHING);
  });

  test('a body with a Content-Length that it does not reach never gets as far as the function', async () => {
    const socket = await dial();
    socket.write(head('short', body.length + 1_000));
    socket.write(body);
    await wait(300);
    expect(await afterwards()).toEqual(NOTHING);
    socket.destroy();
  });

  test('the same for one guest, whose body is read before anything is written', async () => {
    const socket = await dial();
    socket.write(`${head('guest', 60, 'guests/a@b.example/resets')}{ "reference"`);
    await wait(300);
    expect(await afterwards()).toEqual(NOTHING);
    socket.destroy();
    await wait(300);
    expect(await afterwards()).toEqual(NOTHING);
  });

  test.each([
    ['fewer bytes than were announced', 'end'],
    ['a connection that is cut', 'destroy'],
  ] as const)('%s', async (_, leave) => {
    const socket = await dial();
    socket.write(`${head(leave, 'chunked')}${(body.length + 1_000).toString(16)}\r\n`);
    socket.write(body);
    await expect.poll(() => hasRowsOf('chunks'), SOON).toBe(true);
    socket[leave]();
    await expect.poll(afterwards, SOON).toEqual(NOTHING);
    socket.destroy();
  });

  test.each([
    ['a chunk that is cut', 'fffff'],
    ['a chunk whose length is no number', body.length.toString(16)],
  ])('%s', async (key, length) => {
    const socket = await dial();
    socket.write(`${head(key, 'chunked')}${length}\r\n${body}`);
    await expect.poll(() => hasRowsOf('chunks'), SOON).toBe(true);
    socket.write('\r\nzz\r\n');
    await wait(100);
    socket.destroy();
    await expect.poll(afterwards, SOON).toEqual(NOTHING);
  });

  test('a key whose body was cut is free for the whole one', async () => {
    const { status } = await post('jobs?dryRun=true', body, {
      'Content-Type': 'text/csv',
      'Idempotency-Key': 'destroy',
    });
    expect([status, (await afterwards()).left.filter((row) => row.startsWith('jobs'))]).toEqual([
      202,
      [expect.any(String)],
    ]);
  });
});

test('the host is the one that began, and has not grown by more than was foreseen', () => {
  expect(cloud.state().hosts[0]?.pid).toBe(hostPid);
  expect(cloud.logs()).not.toMatch(/unhandled|internalError|TypeError/i);
  expect(largestMb() - firstMb).toBeLessThan(MOST_GROWTH_MB);
});
