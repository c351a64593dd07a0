/** What reading a submission keeps, and for how long it lets nobody else work, whatever comes. */
import { describe, expect, test } from 'vitest';
import { encodeBadRows } from '../../../shared/entry/http/csv/bad-rows.ts';
import { streamResponse } from '../../../shared/entry/http/answers/respond.ts';
import { readSubmission } from '../../../shared/entry/http/submission/read-submission.ts';
import { BAD_ROWS_MAX_CHARS, BadRowList } from '../../../shared/domain/submission/bad-rows.ts';
import { COLUMNS_MAX, ENTRY_MAX_CHARS } from '../../../shared/domain/submission/lengths.ts';
import type { SubmissionEnd } from '../../../shared/domain/submission/events.ts';
import { codesOf, errorsOf, problemOf, read, readCsv, TYPES } from './submission-reading.ts';

/** Rows that are bad, with so many characters in each. */
const badFile = (rows: number, chars: number): string => `user,note\n${`bad,${'x'.repeat(chars - 4)}\n`.repeat(rows)}`;
const badRowsOf = (end: SubmissionEnd) => (end.kind === 'rejected' ? end.badRows : undefined);

describe('bad rows to give back', () => {
  test('are kept as they came', async () => {
    const { end } = await readCsv('user,note\n"no\nbody","a,""b"""\nalso not,\n', { keepBadRows: true });
    expect([...(badRowsOf(end)?.rows ?? [])].map(({ input }) => input)).toEqual([
      ['no\nbody', 'a,"b"'],
      ['also not', ''],
    ]);
  });

  test('that would take too much memory are not kept at all, and the answer says so', async () => {
    const rows = Math.ceil(BAD_ROWS_MAX_CHARS / 10_000);
    const few = await readCsv(badFile(100, 10_000), { keepBadRows: true });
    expect([...(badRowsOf(few.end)?.rows ?? [])]).toHaveLength(100);
    const many = await readCsv(badFile(rows, 10_000), { keepBadRows: true });
    expect(badRowsOf(many.end)).toBeUndefined();
    expect(problemOf(many)).toMatchObject({
      code: 'invalidSubmission',
      errorCount: rows,
      detail: expect.stringMatching(/The first 100 are listed\. The bad rows .* are not given back as a CSV\.$/),
    });
    const unasked = await readCsv(badFile(rows, 10_000));
    expect(problemOf(unasked).detail).not.toContain('given back');
  });

  test('count although nothing is in them', () => {
    const rows = new BadRowList();
    for (let row = 0; row < 300_000; row++) rows.add({ input: [''], problem: '' });
    expect([rows.isTooLong, [...rows]]).toEqual([true, []]);
  });
});

test('a header has so many columns, and not one more', async () => {
  const header = (columns: number): string => `user${',c'.repeat(columns - 1)}`;
  const row = (columns: number): string => `a@b.example${','.repeat(columns - 1)}`;
  const file = (columns: number): string => `${header(columns)}\n${row(columns)}\n`;
  expect((await readCsv(file(COLUMNS_MAX))).end.kind).toBe('accepted');
  const results = `${header(COLUMNS_MAX)},result.status,problem\n${row(COLUMNS_MAX + 2)}\n`;
  expect((await readCsv(results)).end.kind).toBe('accepted');
  expect(errorsOf(await readCsv(file(COLUMNS_MAX + 1)))).toMatchObject([
    { code: 'tooManyColumns', line: 1, message: expect.stringContaining(`${COLUMNS_MAX + 1} columns`) },
  ]);
});

test('an entry that says nothing useful is read only as far as one that could', async () => {
  const line = (chars: number): string => `{"user":"a@b.example"${' '.repeat(chars - 23)}}\n`;
  const options = { type: TYPES.ndjson, query: 'sendInvitationMessage=true' };
  expect((await read(line(ENTRY_MAX_CHARS), options)).end.kind).toBe('accepted');
  expect(codesOf(await read(line(ENTRY_MAX_CHARS + 1), options))).toEqual(['rowTooLong']);
  // Every character of the longest row may be written as an escape of six.
  expect(ENTRY_MAX_CHARS).toBeGreaterThan(16_000 * 6);
});

/** Several times as long as a turn should be. */
const MOST_OF_A_TURN_MS = 100;

/** Turns of others in a long one of the work itself, and not of the time, which others on the machine make longer. */
async function turnsDuring(work: () => Promise<void>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns++;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const before = process.cpuUsage();
  await work();
  isOver = true;
  const { user, system } = process.cpuUsage(before);
  return turns / ((user + system) / 1_000 / MOST_OF_A_TURN_MS);
}

test('while bad rows of many cells are given back, others get their turn', async () => {
  const rows = new BadRowList();
  const columns = Array.from({ length: COLUMNS_MAX }, (_, index) => `c${index}`);
  for (let row = 0; row < 4_000; row++) rows.add({ input: columns.map(() => 'x'), problem: 'bad' });
  expect(rows.isTooLong).toBe(false);
  const turns = await turnsDuring(async () => {
    const { body } = streamResponse('text/csv', encodeBadRows({ columns, separator: ',', rows }));
    let bytes = 0;
    // As the library reads it: without waiting for whoever takes it.
    for await (const block of body as AsyncIterable<Uint8Array>) bytes += block.byteLength;
    expect(bytes).toBeGreaterThan(4_000 * COLUMNS_MAX);
  });
  expect(turns).toBeGreaterThan(1);
});

describe('while a body is read that is there already, others get their turn', () => {
  const BYTES = 400_000;
  const repeated = (line: string): Buffer => Buffer.from(line.repeat(Math.ceil(BYTES / line.length)));
  const bodies: readonly [string, string, Buffer][] = [
    ['bad rows', TYPES.csv, Buffer.concat([Buffer.from('user,a\n'), repeated('bad,x\n')])],
    ['bad rows of many cells', TYPES.csv, Buffer.concat([Buffer.from('user\n'), repeated(`${','.repeat(2_000)}\n`)])],
    ['lines of JSON', TYPES.ndjson, repeated('{"user":"a"}\n')],
    ['entries of JSON', TYPES.json, Buffer.concat([Buffer.from('{"resets":[0'), repeated(',{"user":"a"}')])],
  ];
  const cut = {
    'in one piece': function* whole(body: Buffer) {
      yield body;
    },
    'in small pieces': function* small(body: Buffer) {
      for (let start = 0; start < body.length; start += 65_536) yield body.subarray(start, start + 65_536);
    },
  };
  for (const [how, pieces] of Object.entries(cut))
    test.each(bodies)(`%s, ${how}`, async (_what, type, body) => {
      async function* bytes() {
        yield* pieces(body);
      }
      const reading = readSubmission(bytes(), type, new URLSearchParams('sendInvitationMessage=true&format=csv'), {
        maxResets: 1_000_000,
        maxBodyBytes: body.length,
        keepBadRows: true,
        now: 0,
      });
      const turns = await turnsDuring(async () => {
        for (let next = await reading.next(); next.done !== true;) next = await reading.next();
      });
      expect(turns).toBeGreaterThan(1);
    });
});
