import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { API_CODES } from '../../../shared/domain/api/codes.ts';
import { JOB_STATUSES } from '../../../shared/domain/job/job.ts';
import { RESET_CODES } from '../../../shared/domain/reset/codes.ts';
import { REDEMPTIONS, RESET_STATUSES, VERIFICATIONS } from '../../../shared/domain/reset/reset.ts';
import { STOP_CODES } from '../../../shared/domain/stops/codes.ts';
import { resultColumns } from '../../../shared/domain/api/result-table.ts';

const page = readFileSync('docs/results.md', 'utf8');
/** The first cells of the table below a heading: every name in them. */
const named = (heading: string): string[] => {
  const section = page.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
};

test('the page tells of every status and every result column, and of no other', () => {
  expect(named('Status of a job').toSorted()).toEqual(JOB_STATUSES.toSorted());
  expect(named('Status of a reset').toSorted()).toEqual(RESET_STATUSES.toSorted());
  const columns = resultColumns({ inputColumns: [], isDryRun: true }).map((name) => name.replace('result.', ''));
  expect(named('Columns of the results CSV').toSorted()).toEqual(columns.toSorted());
  expect([...VERIFICATIONS, ...REDEMPTIONS].filter((value) => !page.includes(`\`${value}\``))).toEqual([]);
});

test.each([
  ['a request', API_CODES, 'api-codes.ts'],
  ['a reset', RESET_CODES, 'reset-codes.ts'],
  ['a stop', STOP_CODES, 'stop-codes.ts'],
])('every code of %s in the table is one that something answers with', (_what, codes, table) => {
  const sources = ['shared', 'functions']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((file) => file.endsWith('.ts') && !file.endsWith(table))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  expect(Object.keys(codes).filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});
