/** The results CSV: as others read it, and submitted again. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvHeader, csvLine } from '../../../shared/entry/http/csv/csv-line.ts';
import { newReset } from '../../../shared/domain/chunk/chunk.ts';
import { PERHAPS_FOUNDER } from '../../../shared/domain/reset/preflight-verdicts.ts';
import type { ResetRequest } from '../../../shared/domain/reset/reset.ts';
import { resultCells, resultColumns, type ResultTable } from '../../../shared/domain/api/result-table.ts';
import { guardFormula } from '../../../shared/domain/submission/formula-guard.ts';
import { excelRows, LIST_SEPARATORS } from '../../excel-reader.ts';
import { HAS_PYTHON, pythonRows } from '../../python-reader.ts';
import { read, readCsv, summaryOf, TYPES, type Reading } from './submission-reading.ts';

const settings = { showsRedeemUrl: true, redeemUrlsSince: 0 };
const SEPARATORS = [',', ';', '\t'] as const;

/** What `GET /jobs/{id}/resets?format=csv` answers; `found` has the object ids of the guests that were found. */
function exported(reading: Reading, found: readonly (string | undefined)[] = []): { cells: string[][]; file: Buffer } {
  const { columns, separator = ',' } = summaryOf(reading);
  const table: ResultTable = { isDryRun: false, ...(columns !== undefined && { inputColumns: columns }) };
  const rows = reading.resets.map((request, index) => {
    const guestId = request.selector.by === 'id' ? request.selector.value : found[index];
    return resultCells({ ...newReset(request, 0), ...(guestId !== undefined && { guestId }) }, table, settings);
  });
  return {
    cells: [resultColumns(table), ...rows.map((row) => row.map((cell) => cell ?? ''))],
    file: Buffer.from(csvHeader(resultColumns(table), separator) + rows.map((row) => csvLine(row, separator)).join('')),
  };
}

/** As JSON had said them; a CSV keeps its cells beside. */
const withoutCells = ({ input: _input, ...request }: ResetRequest): ResetRequest => request;

const words = fc.string({
  unit: fc.constantFrom('a', 'é', '😀', ' ', '"', ',', ';', '\t', '\r', '\n', "'", '=', '＝', '@', '-', '\uFEFF'),
  maxLength: 8,
});
const local = fc.string({ unit: fc.constantFrom('a', 'B', '1', '_', '-'), maxLength: 6 }).map((end) => `x${end}9`);
const address = local.map((name) => `${name}@partner.example`);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const guest = fc.oneof(
  fc.uuid().map((id) => ({ user: id.toUpperCase() })),
  fc.uuid().map((id) => ({ invitedUser: { id } })),
  address.map((user) => ({ user })),
  address.map((mail) => ({ invitedUser: { mail } })),
  local.map((name) => ({ invitedUser: { mail: `${name}#EXT#@partner.example` } })),
  local.map((name) => ({ user: `${name}_x.example#EXT#@tenant.example` })),
  local.map((name) => ({ invitedUser: { userPrincipalName: `${name}@tenant.example` } })),
);
const entry = fc
  .record({
    guest,
    reference: words,
    invitedUserEmailAddress: maybe(fc.constantFrom('new@adatum.example', "o'neil@adatum.example")),
    invitedUserDisplayName: words,
    inviteRedirectUrl: maybe(fc.constantFrom('https://app.example/?a=b,c;d', 'https://app.example/"x"')),
    sendInvitationMessage: maybe(fc.boolean()),
    addEmailTo: maybe(fc.constantFrom('mail', 'otherMails', 'none')),
    messageLanguage: maybe(fc.constantFrom('en-US', 'de')),
    customizedMessageBody: words,
    ccRecipients: maybe(
      fc.tuple(address, maybe(words)).map(([each, name]) => [{ emailAddress: { address: each, name } }]),
    ),
  })
  .map(({ guest: named, messageLanguage, customizedMessageBody, ccRecipients, ...rest }) => ({
    ...rest,
    ...named,
    invitedUserMessageInfo: { messageLanguage, customizedMessageBody, ccRecipients },
  }));
const entries = fc.array(entry, { minLength: 1, maxLength: 4 });

/**
 * Rows of a file of somebody's own: columns of theirs, the guest in one of several, and cells with anything in them.
 */
const table = fc
  .record({
    separator: fc.constantFrom(...SEPARATORS),
    own: fc.constantFrom('Note', 'Name, first', 'Bemerkung; alt', 'a "b"', 'two\nlines, one name', '=note', ''),
    field: fc.constantFrom('reference', 'customizedMessageBody', 'ccRecipientName'),
    by: fc.constantFrom('user', 'mail', 'id', 'objectId'),
    rows: fc.uniqueArray(fc.tuple(fc.uuid(), words, words), { minLength: 1, maxLength: 4, selector: ([id]) => id }),
  })
  .map(({ separator, own, field, by, rows }) => {
    const named = (id: string): string => (by === 'mail' ? `${id}@partner.example` : id);
    const header = [own, by, field, 'ccRecipient'];
    const lines = rows.map(([id, note, said]) => [note, named(id), said, 'boss@own.example']);
    return [header, ...lines].map((cells) => csvLine(cells, separator)).join('');
  });

const bodies = fc.oneof(
  entries.map((resets) => ({ type: TYPES.json, body: JSON.stringify({ resets }) })),
  entries.map((resets) => ({ type: TYPES.ndjson, body: resets.map((each) => JSON.stringify(each)).join('\n') })),
  table.map((body) => ({ type: TYPES.csv, body })),
);
const query = 'sendInvitationMessage=false';

/** Every reader is asked about every accepted job. */
async function always(property: (reading: Reading, found: string[]) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(bodies, fc.uniqueArray(fc.uuid(), { minLength: 4, maxLength: 4 }), async ({ type, body }, ids) => {
      const reading = await read(body, { type, query });
      fc.pre(reading.end.kind === 'accepted');
      await property(reading, ids);
    }),
  );
}

describe('the results CSV submitted again', () => {
  test('gives the same resets, whatever format the job came in', async () => {
    await always(async (reading) => {
      const again = await readCsv(exported(reading).file);
      expect(again.end).toMatchObject({ kind: 'accepted' });
      expect(again.resets.map(withoutCells)).toEqual(reading.resets.map(withoutCells));
    });
  });

  test('gives resets of the guests that were found, by object id, whatever had named them', async () => {
    await always(async (reading, ids) => {
      const again = await readCsv(exported(reading, ids).file);
      const named = reading.resets.map(({ selector }, index) => (selector.by === 'id' ? selector.value : ids[index]));
      expect(again.resets.map(({ selector }) => selector)).toEqual(named.map((value) => ({ by: 'id', value })));
    });
  });

  test('has the same columns in its own results, with no second id', async () => {
    await always(async (reading, ids) => {
      const first = exported(reading, ids);
      const second = exported(await readCsv(first.file), ids);
      expect(second.cells[0]).toEqual(first.cells[0]);
    });
  });
});

describe('the results CSV is read cell by cell as it was written', () => {
  /** A formula stays text: it has an apostrophe before it. */
  const written = (cells: readonly string[][]): string[][] => cells.map((row) => row.map(guardFormula));

  test.each(Object.entries(LIST_SEPARATORS))(
    'by Excel in %s, of a file with the separator of that region',
    async (_, list) => {
      await always(async (reading, ids) => {
        const { separator } = summaryOf(reading);
        fc.pre((separator ?? ',') === list);
        const { cells, file } = exported(reading, ids);
        expect(excelRows(file, list)).toEqual(written(cells));
      });
    },
  );

  test('by a CSV library', async () => {
    await always(async (reading, ids) => {
      const { cells, file } = exported(reading, ids);
      const delimiter = summaryOf(reading).separator ?? ',';
      expect(parse(file, { bom: true, delimiter, record_delimiter: '\r\n' })).toEqual(written(cells));
    });
  });

  test.skipIf(!HAS_PYTHON)("by Python's csv with utf-8-sig (skipped where there is no python3)", async () => {
    const files: { readonly bytes: Buffer; readonly separator: string; readonly cells: string[][] }[] = [];
    await always(async (reading, ids) => {
      const { cells, file } = exported(reading, ids);
      files.push({ bytes: file, separator: summaryOf(reading).separator ?? ',', cells });
    });
    expect(pythonRows(files)).toEqual(files.map(({ cells }) => written(cells)));
  });
});

describe('the separator', () => {
  test.each([
    ['user,note\na@b.example,x\n', ','],
    ['user;note\na@b.example;x\n', ';'],
    ['user\tnote\na@b.example\tx\n', '\t'],
    ['sep=;\nuser\na@b.example\n', ';'],
    ['sep=|\nuser|note\na@b.example|x\n', undefined],
  ])('of %j is kept where every reader of ours finds it by itself', async (body, separator) => {
    expect(summaryOf(await readCsv(body)).separator).toBe(separator);
  });

  test('is a comma for jobs that were no CSV', async () => {
    const reading = await read('{"user":"a@b.example"}', { type: TYPES.ndjson, query });
    expect(exported(reading).file.toString()).toMatch(/^\uFEFFuser,reference,.*,id,result\.row,/);
  });
});

test('a row of results has the number of its reset, and the object id in the id column that the file has', async () => {
  const reading = await readCsv('own,objectId,user\nx,,a@b.example\ny,,b@b.example\n');
  const { cells } = exported(reading, ['11111111-1111-4111-8111-111111111111']);
  expect(cells.map((row) => row.slice(0, 4))).toEqual([
    ['own', 'objectId', 'user', 'result.row'],
    ['x', '11111111-1111-4111-8111-111111111111', 'a@b.example', '1'],
    ['y', '', 'b@b.example', '2'],
  ]);
});

test('whoever must be named by object id on purpose is not named so by the results', async () => {
  const request = { row: 1, selector: { by: 'mail', value: 'a@b.example' }, input: ['a@b.example'] } as const;
  const printed = { inputColumns: ['user'], isDryRun: false };
  const cells = resultCells(
    { ...newReset(request, 0), status: 'failed', guestId: 'x', verdict: PERHAPS_FOUNDER },
    printed,
    settings,
  );
  expect(cells.slice(0, 2)).toEqual(['a@b.example', undefined]);
});

test('an object id wins over every address and UPN of its row', async () => {
  const id = '11111111-1111-4111-8111-111111111111';
  const { resets } = await readCsv(`user,mail,userPrincipalName,id\na@b.example,c@b.example,d@b.example,${id}\n`);
  expect(resets.map(({ selector }) => selector)).toEqual([{ by: 'id', value: id }]);
});

test('what a CSV would take for two addresses is no address in copy in JSON either', async () => {
  const invitedUserMessageInfo = { ccRecipients: [{ emailAddress: { address: 'a;b@partner.example' } }] };
  const { end } = await read(JSON.stringify({ user: 'anna@partner.example', invitedUserMessageInfo }), {
    type: TYPES.ndjson,
    query,
  });
  expect(end).toMatchObject({ kind: 'rejected', problem: { errors: [{ code: 'invalidCcRecipient' }] } });
});
