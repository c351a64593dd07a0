/**
 * Files as tools write them, in `test/corpus`, each with what becomes of it beside it, row by row. A new file is a new
 * case; `UPDATE_CORPUS=1` writes what is missing, to be looked at before it is kept.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { read } from './entry/submission-reading.ts';

const FOLDER = 'test/corpus';
const EXPECTED = '.expected.json';
const files = readdirSync(FOLDER).filter((name) => !name.endsWith(EXPECTED));

interface Expectation {
  readonly contentType: string;
  readonly query: string;
  /** Codes of the warnings of the job. */
  readonly warnings?: readonly string[];
  /** Each reset, by its row; `input`, the cells as they came, is left out. */
  readonly rows?: Readonly<Record<string, object>>;
  /** Each problem: its code, and where it is. */
  readonly problems?: readonly object[];
}

async function verdictOf(file: string, { contentType, query }: Pick<Expectation, 'contentType' | 'query'>) {
  const { resets, end } = await read(readFileSync(`${FOLDER}/${file}`), { type: contentType, query });
  if (end.kind === 'accepted')
    return {
      contentType,
      query,
      warnings: end.summary.warnings.map(({ code }) => code),
      rows: Object.fromEntries(resets.map(({ row, input: _input, ...request }) => [row, request])),
    };
  const { errors = [] } = end.problem;
  return { contentType, query, problems: errors.map(({ message: _message, ...place }) => place) };
}

const typeOf = (file: string): string => (file.endsWith('.jsonl') ? 'application/x-ndjson' : 'text/csv');

describe('the corpus', () => {
  test.each(files)('%s', async (file) => {
    const beside = `${FOLDER}/${file}${EXPECTED}`;
    if (process.env['UPDATE_CORPUS'] === '1' && !existsSync(beside)) {
      const verdict = await verdictOf(file, { contentType: typeOf(file), query: 'sendInvitationMessage=false' });
      writeFileSync(beside, `${JSON.stringify(verdict, null, 2)}\n`);
    }
    const expected = JSON.parse(readFileSync(beside, 'utf8')) as Expectation;
    expect(await verdictOf(file, expected)).toEqual(expected);
  });

  test('has no verdict about a file that is not there', () => {
    const verdicts = readdirSync(FOLDER).filter((name) => name.endsWith(EXPECTED));
    expect(verdicts.map((name) => name.slice(0, -EXPECTED.length)).toSorted()).toEqual(files.toSorted());
  });
});
