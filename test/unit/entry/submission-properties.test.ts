import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine } from '../../../shared/entry/http/csv/csv-line.ts';
import { errorsOf, read, readCsv, readJson, summaryOf, TYPES } from './submission-reading.ts';

/** Text as people and spreadsheets produce it; NUL and U+FFFD are refused as broken encodings. */
const text = fc
  .oneof(
    fc.string({
      unit: fc.constantFrom(
        'a',
        'é',
        '😀',
        ' ',
        '"',
        ',',
        ';',
        '\t',
        '\r',
        '\n',
        "'",
        '=',
        '+',
        '-',
        '@',
        '\\',
        '\u2028',
      ),
      maxLength: 12,
    }),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  .filter((value) => !/[\0\uFFFD]/.test(value));

const good = fc.uniqueArray(fc.record({ number: fc.nat(1_000), note: text }), {
  selector: ({ number }) => number,
  minLength: 1,
  maxLength: 6,
});
const entry = ({ number, note }: { number: number; note: string }) => ({
  user: `user${number}@partner.example`,
  reference: note,
  invitedUserDisplayName: 'Anna',
});

const asLine = ({ number, note }: { readonly number: number; readonly note: string }): string =>
  csvLine([`user${number}@partner.example`, note]);

const bodies = good.chain((rows) =>
  fc.constantFrom(
    { type: TYPES.json, body: JSON.stringify({ resets: rows.map(entry), reason: 'why' }) },
    { type: TYPES.json, body: JSON.stringify({ reason: 'why', resets: rows.map(entry) }, null, 2) },
    { type: TYPES.ndjson, body: rows.map((row) => JSON.stringify(entry(row))).join('\r\n') },
    {
      type: TYPES.csv,
      body: ['version:v1.0\r\n', csvLine(['user', 'note']), ...rows.map(asLine)].join(''),
    },
  ),
);
/** A byte put in somewhere: breaks quotes, brackets, letters, line ends, or nothing. */
const damage = fc.option(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    byte: fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0x7d, 0x5d, 0xff, 0x20, 0x41),
  }),
  { nil: undefined },
);
const chunkBytes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

test('whatever the chunks of a body, sound or damaged, the outcome is the same', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, damage, chunkBytes, async ({ type, body }, hit, sizes) => {
      const bytes = Buffer.from(body);
      const at = Math.floor((hit?.at ?? 0) * bytes.byteLength);
      const damaged =
        hit === undefined ? bytes : Buffer.concat([bytes.subarray(0, at), Buffer.from([hit.byte]), bytes.subarray(at)]);
      const options = { type, query: 'sendInvitationMessage=false', keepBadRows: true };
      expect(await read(damaged, { ...options, chunkBytes: sizes })).toEqual(await read(damaged, options));
    }),
    { numRuns: 300 },
  );
});

test('cells that were written are read back as they were, whatever they hold', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }),
      fc.constantFrom([1], [7], [Infinity]),
      async (rows, sizes) => {
        const cells = rows.map((notes, index) => [`user${index}@partner.example`, ...notes]);
        const body = csvLine(['user', 'note', 'more']) + cells.map((row) => csvLine(row)).join('');
        const reading = await readCsv(body, { chunkBytes: sizes });
        summaryOf(reading);
        expect(reading.resets.map(({ input }) => input)).toEqual(cells);
      },
    ),
    { numRuns: 200 },
  );
});

const MEMBERS = {
  resets: [{ user: 'a@b.example' }, { user: 'c@b.example', sendInvitationMessage: true }],
  defaults: { inviteRedirectUrl: 'https://own.example' },
  reason: 'why',
  skipIfResetWithinHours: 3,
  sendInvitationMessage: false,
};
const MISTAKES = { color: 'red', pauseAfter: 0, messageLanguage: 'not a tag' };

function inOrder(members: object, order: readonly string[]): string {
  const values = new Map<string, unknown>(Object.entries(members));
  return JSON.stringify(Object.fromEntries(order.map((name) => [name, values.get(name)])));
}

test('the order of the members of a JSON body does not matter', async () => {
  const expected = await readJson(MEMBERS, { query: '' });
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(Object.keys(MEMBERS), { minLength: Object.keys(MEMBERS).length }),
      async (order) => {
        expect(await readJson(inOrder(MEMBERS, order), { query: '' })).toEqual(expected);
      },
    ),
    { numRuns: 50 },
  );
});

test('nor does it for the problems that are found', async () => {
  const all = { ...MEMBERS, ...MISTAKES, resets: [{ user: 'nobody' }] };
  const sorted = (errors: readonly { code: string }[]) => errors.map((error) => JSON.stringify(error)).sort();
  const expected = sorted(errorsOf(await readJson(all, { query: '' })));
  expect(expected).toHaveLength(4);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(Object.keys(all), { minLength: Object.keys(all).length }), async (order) => {
      expect(sorted(errorsOf(await readJson(inOrder(all, order), { query: '' })))).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});
