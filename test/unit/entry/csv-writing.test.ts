import { describe, expect, test } from 'vitest';
import { encodeBadRows } from '../../../shared/entry/http/csv/bad-rows.ts';
import { csvLine } from '../../../shared/entry/http/csv/csv-line.ts';
import { readCsv } from './submission-reading.ts';

describe('a CSV line', () => {
  test('ends with CRLF; missing cells are empty', () => {
    expect(csvLine(['a', undefined, ''])).toBe('a,,\r\n');
  });

  test.each([
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
    ['a\rb', '"a\rb"'],
    ['a;b', '"a;b"'],
    [' a', '" a"'],
    ['plain é', 'plain é'],
  ])('quotes %j only where it must', (cell, written) => {
    expect(csvLine([cell])).toBe(`${written}\r\n`);
  });

  test.each(['=1+1', '+49', '-5', '@x', '\tx', '\rx', '\nx', '＝1+1', '＋49', '－5', '＠x'])(
    'guards %j so that no spreadsheet runs it',
    (cell) => {
      expect(csvLine([cell])).toMatch(/^"?'/);
    },
  );
});

describe('bad rows', () => {
  test('come as the input columns, then the problem, as a spreadsheet of the input opens them', () => {
    const lines = [
      ...encodeBadRows({
        columns: ['user', 'note'],
        separator: ';',
        rows: [{ input: ['nobody', '=x'], problem: 'Line 2. user: "nobody" is no guest.' }],
      }),
    ];
    expect(lines).toEqual(['\uFEFFuser;note;problem\r\n', 'nobody;\'=x;"Line 2. user: ""nobody"" is no guest."\r\n']);
  });

  test.each([',', ';', '\t'])(
    'can be corrected and submitted again as they are, with the separator %j',
    async (mark) => {
      const file = 'user,note\na@b.example,fine\nnobody,"=x, y"\n'.replaceAll(/,(?! )/g, mark);
      const { end } = await readCsv(file, { keepBadRows: true });
      if (end.kind !== 'rejected' || end.badRows === undefined) throw new Error('Bad rows were expected.');
      expect(end.badRows.separator).toBe(mark);
      const corrected = [...encodeBadRows(end.badRows)].join('').replace('nobody', 'anna@partner.example');
      const { resets } = await readCsv(corrected);
      expect(resets).toMatchObject([
        { row: 1, selector: { value: 'anna@partner.example' }, input: ['anna@partner.example', '=x, y'] },
      ]);
    },
  );
});
