/**
 * Random bodies, most of them sound ones that were damaged, read as the service reads them. Whatever comes, the reading
 * ends in rows or in problems that can be told. fast-check prints the seed and the smallest input of a failure.
 * FUZZ_RUNS=20 tries twenty times as many.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guestBody } from '../../../shared/entry/http/requests/guest-body.ts';
import { Refusal } from '../../../shared/entry/http/refusal.ts';
import { idempotencyKey } from '../../../shared/entry/http/requests/idempotency-key.ts';
import { preferredWaitSeconds } from '../../../shared/entry/http/requests/prefer-wait.ts';
import { readMediaType } from '../../../shared/entry/http/submission/media-type.ts';
import { csvLine } from '../../../shared/entry/http/csv/csv-line.ts';
import type { Config } from '../../../shared/config.ts';
import { DEFAULT_POLICY } from '../../../shared/domain/policy.ts';
import type { Problem } from '../../../shared/domain/api/problem.ts';
import { complaintsAbout, complaintsAboutProblem } from './submission-complaints.ts';
import { read, TYPES, type Reading, type ReadingOptions } from './submission-reading.ts';

const RUNS = Math.max(0.01, Number(process.env['FUZZ_RUNS'] ?? 1));
const runs = (numRuns: number) => ({ numRuns: Math.ceil(numRuns * RUNS) });
const TIMEOUT = { timeout: 60_000 * Math.max(1, RUNS) };

/** Pieces that have meant something to some parser, some day. */
const HOSTILE = [
  '"',
  '""',
  '\\',
  '\\"',
  '\\u',
  '\\ud800',
  '\\udc00',
  '\\u0000',
  '{',
  '}',
  '[',
  ']',
  '{}',
  '[[[[',
  ']]',
  '},{',
  ',',
  ',,,,',
  ';',
  '\t',
  ':',
  '\r',
  '\n',
  '\r\n',
  '\n\n',
  '\u2028',
  ' ',
  '\0',
  '\uFEFF',
  '\uFFFD',
  '😀',
  'é',
  '\u0301',
  '\u202E',
  '__proto__',
  '"__proto__":{"user":"p@b.example"},',
  'constructor',
  'prototype',
  'toString',
  '"user":"twice@b.example",',
  '"resets":[',
  '"resets":{"a":1},',
  '"defaults":{"sendInvitationMessage":true},',
  '"reason":null,',
  'null',
  'true',
  '1e999',
  '-0',
  '-',
  '01',
  '1.',
  '123456789012345678901234567890',
  'NaN',
  'user',
  'mail',
  'problem',
  'result.status',
  '=1+1',
  "'=1",
  "'",
  '@x',
  'version:v1.0\n',
  'sep=;\n',
  'sep="\n',
  'sep=\\t\n',
  '#TYPE x\n',
  '[user]',
  '[[',
  'a@b.example',
  'A@B.EXAMPLE',
  '00000000-0000-0000-0000-000000000000',
  'x#EXT#@y',
  '//',
  '/*',
  '<!--',
  '%00',
  '../',
  'x'.repeat(300),
  'y'.repeat(20_000),
  '"'.repeat(99),
  ','.repeat(6_000),
  '['.repeat(999),
  '{"a":'.repeat(99),
];
/** Bytes that are no text, or the text of another encoding. */
const HOSTILE_BYTES = [
  [0xff],
  [0xfe, 0xff],
  [0xff, 0xfe],
  [0xef, 0xbb, 0xbf],
  [0xc3],
  [0xf0, 0x9f, 0x98],
  [0xed, 0xa0, 0x80],
  [0xc0, 0x80],
  [0x1b, 0x24, 0x42],
  [0x00],
  [0x80],
];

const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ maxLength: 8 }),
);
const guest = fc.nat(20).map((number) => `user${number}@partner.example`);
const entry = fc.record(
  {
    user: fc.oneof({ weight: 9, arbitrary: guest }, { weight: 1, arbitrary: text }),
    reference: text,
    sendInvitationMessage: fc.oneof(fc.boolean(), fc.constant(null)),
    invitedUserMessageInfo: fc.record(
      {
        messageLanguage: fc.constantFrom('en-US', 'de'),
        ccRecipients: fc.array(
          fc.record({ emailAddress: fc.record({ address: guest, name: text }, { requiredKeys: [] }) }),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['user'] },
);
const entries = fc.array(entry, { maxLength: 6 });

const jsonBody = fc
  .tuple(
    entries,
    fc.record(
      { reason: text, dryRun: fc.boolean(), defaults: fc.record({ addEmailTo: fc.constantFrom('mail', 'none') }) },
      { requiredKeys: [] },
    ),
    fc.constantFrom(0, 2),
  )
  .map(([resets, options, indent]) => JSON.stringify({ ...options, resets }, null, indent));
const ndjsonBody = fc
  .tuple(entries, fc.constantFrom('\n', '\r\n'))
  .map(([all, end]) => all.map((one) => JSON.stringify(one)).join(end));
const csvBody = fc
  .tuple(
    fc.array(fc.tuple(guest, text, fc.constantFrom('true', 'FALSE', '', '1')), { maxLength: 6 }),
    fc.constantFrom('', 'version:v1.0\r\n', 'sep=,\n'),
  )
  .map(
    ([rows, begin]) =>
      begin + csvLine(['user', 'note', 'sendInvitationMessage']) + rows.map((row) => csvLine(row)).join(''),
  );

/** What is done to the bytes of a sound body. Places are parts of its length. */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const damage = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('cut' as const), at: place, to: place }),
  fc.record({ kind: fc.constant('repeat' as const), at: place, to: place }),
  fc.record({ kind: fc.constant('end' as const), at: place }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: place,
    piece: fc.oneof(
      fc.constantFrom(...HOSTILE).map((piece) => Buffer.from(piece)),
      fc.constantFrom(...HOSTILE_BYTES).map((piece) => Buffer.from(piece)),
    ),
  }),
);
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(body: Buffer, hit: Damage): Buffer {
  const at = Math.floor(hit.at * body.byteLength);
  const to = 'to' in hit ? Math.max(at, Math.floor(hit.to * body.byteLength)) : at;
  switch (hit.kind) {
    case 'flip':
      return Buffer.from(body.map((byte, index) => (index === at ? byte ^ (1 << hit.bit) : byte)));
    case 'cut':
      return Buffer.concat([body.subarray(0, at), body.subarray(to)]);
    case 'repeat':
      return Buffer.concat([body.subarray(0, to), body.subarray(at)]);
    case 'end':
      return body.subarray(0, at);
    case 'insert':
      return Buffer.concat([body.subarray(0, at), hit.piece, body.subarray(at)]);
  }
}

const sound = fc.oneof(
  jsonBody.map((body) => ({ type: TYPES.json as string, body })),
  ndjsonBody.map((body) => ({ type: TYPES.ndjson as string, body })),
  csvBody.map((body) => ({ type: TYPES.csv as string, body })),
);
const hurt = fc
  .tuple(sound, fc.array(damage, { maxLength: 4 }))
  .map(([{ type, body }, hits]) => ({ type, body: hits.reduce(damaged, Buffer.from(body)) }));
const noise = fc.record({
  type: fc.constantFrom(...Object.values(TYPES)).map(String),
  body: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
});
const pieces = fc.record({
  type: fc.constantFrom(...Object.values(TYPES)).map(String),
  body: fc.array(fc.constantFrom(...HOSTILE), { maxLength: 12 }).map((all) => Buffer.from(all.join(''))),
});
const anyBody = fc.oneof(
  { weight: 8, arbitrary: hurt },
  { weight: 1, arbitrary: noise },
  { weight: 2, arbitrary: pieces },
);

const CHARSETS = [
  'utf-8',
  'UTF8',
  '"utf-8"',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-2022-jp',
  'gb18030',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'big5',
  'x-user-defined',
  'replacement',
  'iso-8859-8-i',
  'macintosh',
  'koi8-u',
  '',
  'utf-7',
  'utf-32',
  '__proto__',
  '"',
  '\uFFFD',
];
const charset = fc.option(fc.constantFrom(...CHARSETS), { nil: undefined, freq: 3 });
const contentType = fc.oneof(
  fc.constantFrom(
    '',
    'constructor',
    '__proto__',
    'toString',
    'text/csv,application/json',
    ';',
    'application/json;charset=utf-8;charset=utf-16le',
    'text/plain',
  ),
  fc.string({ maxLength: 40 }),
  text,
);
const option = fc.tuple(
  fc.constantFrom(
    'sendInvitationMessage',
    'dryRun',
    'reason',
    'notBefore',
    'skipIfResetWithinHours',
    'changeEmailDomain',
    'addEmailTo',
    'messageLanguage',
    'customizedMessageBody',
    'inviteRedirectUrl',
    'verify',
    'notAfter',
    'pauseAfter',
    'format',
    '__proto__',
    'constructor',
    'resets',
    'defaults',
    '',
  ),
  fc.oneof(
    fc.constantFrom(
      'true',
      'false',
      '1',
      '24',
      '-0',
      '1e999',
      '0x10',
      'a.example:b.example',
      ':',
      '::',
      '2030-01-31T08:00:00Z',
      '2030-02-31T08:00:00Z',
      'https://own.example',
      'csv',
      'en',
    ),
    text,
  ),
);
const query = fc.oneof(
  { weight: 3, arbitrary: fc.constant('sendInvitationMessage=false') },
  {
    weight: 2,
    arbitrary: fc.array(option, { maxLength: 4 }).map((options) => new URLSearchParams(options).toString()),
  },
);
const chunkBytes = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(1, 64, 16_383, 16_384, 16_385)), {
  minLength: 1,
  maxLength: 5,
});
const limits = fc.record(
  {
    maxResets: fc.constantFrom(1, 3, 1_000),
    maxBodyBytes: fc.constantFrom(50, 400, 10_000_000),
    keepBadRows: fc.boolean(),
  },
  { requiredKeys: [] },
);

const codesIn = ({ end }: Reading): string[] =>
  end.kind === 'rejected' ? (end.problem.errors ?? []).map(({ code }) => code) : [];
const isJson = (value: string): boolean => {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
};
/** Where a letter of these is broken Node tells only by the chunk. */
const IN_CHUNKS_ONLY = ['iso-2022-jp', 'gb18030', 'euc-jp'];
const told = (reading: Reading, ofType: string | undefined) =>
  IN_CHUNKS_ONLY.includes(ofType ?? '') && codesIn(reading).includes('invalidEncoding') ? 'invalidEncoding' : reading;
/** As `resetGuest` reads it; a refusal as its problem. */
async function readGuest(body: Uint8Array<ArrayBuffer>, user: string, options: string): Promise<Reading | Problem> {
  const { body: stream } = new Request('http://localhost/', { method: 'POST', body });
  const request = { headers: new Headers(), query: new URLSearchParams(options), body: stream } as Parameters<
    typeof guestBody
  >[0];
  try {
    const submission = (await guestBody(request, { maxResetsPerJob: 5, policy: DEFAULT_POLICY } as Config, user)).read(
      0,
    ); // All that is asked of the settings here.
    const resets = [];
    for (;;) {
      const next = await submission.next();
      if (next.done === true) return { resets, end: next.value };
      resets.push(...next.value);
    }
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
}

function keyOrRefusal(header: string): string | undefined {
  try {
    return idempotencyKey(header);
  } catch (error) {
    if (error instanceof Refusal) return error.problem.code;
    throw error;
  }
}

const noMail: ReadingOptions = { query: 'sendInvitationMessage=false' };

test(
  'whatever the bytes, the type, the query, the limits and the chunks: rows or problems, and always the same',
  TIMEOUT,
  async () => {
    await fc.assert(
      fc.asyncProperty(
        anyBody,
        charset,
        query,
        limits,
        chunkBytes,
        async ({ type, body }, said, options, least, sizes) => {
          const settings = { type: said === undefined ? type : `${type}; charset=${said}`, query: options, ...least };
          const whole = await read(body, settings);
          expect(complaintsAbout(whole)).toEqual([]);
          const parts = await read(body, { ...settings, chunkBytes: sizes });
          expect(complaintsAbout(parts)).toEqual([]);
          expect(told(parts, said)).toEqual(told(whole, said));
        },
      ),
      runs(2_500),
    );
  },
);

test('a text that JSON.parse refuses is refused, and for that reason only such a text', TIMEOUT, async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(jsonBody, fc.array(damage, { maxLength: 3 })), async ([body, hits]) => {
      const bytes = hits.reduce(damaged, Buffer.from(body));
      const reading = await read(bytes, { type: TYPES.json, ...noMail });
      const json = new TextDecoder().decode(bytes);
      // The parser passes over a byte order mark also where blanks come first.
      const bare = json.replace(/^[ \t\r\n]*\uFEFF/, '');
      expect(codesIn(reading).includes('invalidJson') && isJson(json)).toBe(false);
      expect(reading.end.kind === 'rejected' || isJson(bare)).toBe(true);
      const meant =
        reading.end.kind === 'rejected'
          ? []
          : (JSON.parse(bare) as { resets: { user?: string; reference?: string }[] }).resets;
      const accepted = reading.end.kind === 'rejected' ? [] : reading.resets;
      expect(accepted.map(({ selector, reference = '' }) => [selector.value, reference])).toEqual(
        meant.map(({ user, reference }) => [user?.trim(), reference?.trim() ? reference : '']),
      );
    }),
    runs(2_000),
  );
});

test('each line of NDJSON means what it would as an entry of resets', TIMEOUT, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(entry, fc.option(damage, { nil: undefined })), { minLength: 1, maxLength: 3 }),
      async (all) => {
        const lines = all.map(([one, hit]) =>
          hit === undefined ? JSON.stringify(one) : damaged(Buffer.from(JSON.stringify(one)), hit).toString(),
        );
        fc.pre(lines.every((line) => isJson(line) && !/[\n\0\uFFFD\uFEFF]/.test(line)));
        const [ndjson, json] = [
          await read(lines.join('\n'), { type: TYPES.ndjson, ...noMail }),
          await read(`{"resets":[${lines.join(',')}]}`, { type: TYPES.json, ...noMail }),
        ];
        expect(ndjson.resets).toEqual(json.resets);
        const errors = ({ end }: Reading) =>
          end.kind === 'rejected'
            ? end.problem.errors?.map(({ code, row, field, message }) => ({ code, row, field, message }))
            : [];
        expect(errors(ndjson)).toEqual(errors(json));
      },
    ),
    runs(800),
  );
});

test('cells that are accepted are those that were written', TIMEOUT, async () => {
  const cell = text.filter((value) => !/[\0\uFFFD]|\p{Cs}/u.test(value) && value.length < 400);
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(guest, cell, cell), { selector: ([user]) => user, minLength: 1, maxLength: 5 }),
      chunkBytes,
      fc.constantFrom('utf-8', 'utf-16le'),
      async (rows, sizes, encoding) => {
        const csv = csvLine(['user', 'note', 'more']) + rows.map((row) => csvLine(row)).join('');
        const reading = await read(Buffer.from(csv, encoding), {
          type: `${TYPES.csv}; charset=${encoding}`,
          ...noMail,
          chunkBytes: sizes,
        });
        expect([reading.end.kind, reading.resets.map(({ input }) => input)]).toEqual(['accepted', rows]);
      },
    ),
    runs(500),
  );
});

test('one guest in the path: exactly that guest, or a refusal', TIMEOUT, async () => {
  const body = fc.oneof(
    fc
      .tuple(entry, fc.array(damage, { maxLength: 3 }))
      .map(([one, hits]) => hits.reduce(damaged, Buffer.from(JSON.stringify({ ...one, user: undefined })))),
    noise.map(({ body: bytes }) => bytes),
  );
  await fc.assert(
    fc.asyncProperty(
      body,
      fc.oneof({ weight: 4, arbitrary: guest }, { weight: 1, arbitrary: text }),
      query,
      async (bytes, user, options) => {
        const outcome = await readGuest(new Uint8Array(bytes), user, options);
        expect('status' in outcome ? complaintsAboutProblem(outcome) : complaintsAbout(outcome)).toEqual([]);
        const named =
          'resets' in outcome && outcome.end.kind === 'accepted'
            ? outcome.resets.map(({ selector }) => selector.value.toLowerCase())
            : [user.trim().toLowerCase()];
        expect(named).toEqual([user.trim().toLowerCase()]);
      },
    ),
    runs(1_000),
  );
});

test('headers of any text are read or refused', TIMEOUT, () => {
  const header = fc.oneof(
    contentType,
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.constantFrom(
      '""',
      '"',
      '"""',
      ' ',
      'wait',
      'wait=',
      'wait=-1',
      'wait=99999999999999999999',
      'wait=1e9',
      ',wait=3',
      'x; wait="7"',
      'k'.repeat(256),
    ),
  );
  fc.assert(
    fc.property(header, (value) => {
      const type = readMediaType(value);
      expect(type.ok ? [] : complaintsAboutProblem(type.problem)).toEqual([]);
      const seconds = preferredWaitSeconds(value) ?? 0;
      expect(seconds >= 0 && seconds <= 100).toBe(true);
      expect(keyOrRefusal(value)).toMatch(/^[^]{1,255}$|^invalidIdempotencyKey$/);
    }),
    runs(2_000),
  );
});
