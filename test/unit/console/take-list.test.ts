import { expect, test } from 'vitest';
import { foreignWords } from '../../../console/src/list/foreign-file.ts';
import { takeList } from '../../../console/src/list/take.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(parts.flatMap((part) => [...(typeof part === 'string' ? Buffer.from(part, 'latin1') : part)]));
const file = (name: string, content: BlobPart): File => new File([content], name);
const ZIP = [0x50, 0x4b, 3, 4, 20, 0] as const;

test.each([
  ['nothing', bytes(), /empty/],
  [
    'an Excel workbook',
    bytes(ZIP, '[Content_Types].xml', Array(70_000).fill(7), 'xl/workbook.xml'),
    /Excel.*CSV UTF-8/,
  ],
  ['a workbook of LibreOffice', bytes(ZIP, 'mimetypeapplication/vnd.oasis.opendocument.spreadsheet'), /LibreOffice/],
  ['a Word document', bytes(ZIP, 'word/document.xml'), /Word document.*paste/],
  ['an archive', bytes(ZIP, 'guests.csv'), /ZIP archive. Unpack it/],
  ['something compressed', bytes([0x1f, 0x8b, 8]), /Unpack/],
  ['an old workbook', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), /older Office/],
  ['a PDF', bytes('%PDF-1.7\n'), /PDF/],
  ['rich text', bytes('{\\rtf1\\ansi'), /text program/],
  ['a page that asks to sign in', bytes([0xef, 0xbb, 0xbf], '\r\n<!DOCTYPE html><html>'), /web page.*Download/],
  ['JSON', bytes(' [\n  {"user":"a@x.example"}]'), /JSON/],
  ['a picture', bytes([0x89], 'PNG\r\n', [0x1a, 0, 0, 0, 13]), /no text/],
  ['UTF-16 without a mark', bytes('u\0s\0e\0r\0'), /encoding/],
])('knows %s, and says what to do', (_what, content, words) => {
  expect(foreignWords(content)).toMatch(words);
});

test.each([
  ['UTF-8', bytes('user\na@x.example\n')],
  ['UTF-8 with a mark', bytes([0xef, 0xbb, 0xbf], 'user\n')],
  ['UTF-16', bytes([0xff, 0xfe], 'u\0s\0e\0r\0')],
  ['windows-1252', bytes('user;Ort\na@x.example;K', [0xf6], 'ln\n')],
  ['a header in brackets', bytes('Object ID [id] Required,[x]\n')],
  ['a name in angle brackets', bytes('<a@x.example>\n')],
])('takes %s for text', (_what, content) => {
  expect(foreignWords(content)).toBeUndefined();
});

test('a list is taken with its name, and what was pasted without one', async () => {
  expect(await takeList([file('guests.csv', 'user\na@x.example\n')])).toMatchObject({
    source: { name: 'guests.csv' },
    list: { count: 1 },
  });
  expect(await takeList('Anna <a@x.example>; t@x.example')).toMatchObject({ list: { count: 2 } });
});

test('what has no guests says what it has, and what is missing', async () => {
  expect(await takeList([file('guests.csv', 'user,reference\r\n,\r\n')])).toEqual({
    title: '“guests.csv” has no guests.',
    words: 'It has only a header (user, reference) and no rows. Put a row for each guest below it.',
  });
  expect(await takeList([file('wide.csv', 'a,b,c,d,e,f,g\n')])).toMatchObject({
    words: expect.stringMatching(/\(a, b, c, d, e …\)/),
  });
  for (const nothing of [[file('blank.csv', '\r\n;;\r\nsep=;\r\n')], ' ;; \n', 'user\n'])
    expect(await takeList(nothing)).toMatchObject({
      title: expect.stringMatching(/has no guests/),
      words: expect.stringMatching(/Nothing in it names one/),
    });
});

test('what is no list is named, and of several files none is taken alone', async () => {
  expect(await takeList([file('guests.xlsx', bytes(ZIP, 'xl/workbook.xml'))])).toMatchObject({
    title: '“guests.xlsx” is no list.',
    words: expect.stringMatching(/^It is an Excel workbook/),
  });
  const two = [file('a.csv', 'user\na@x.example\n'), file('b.csv', 'user\nb@x.example\n')];
  expect(await takeList(two)).toMatchObject({
    title: '2 files were given.',
    words: expect.stringMatching(/one after the other/),
  });
  expect(await takeList([file('guests', '')])).toMatchObject({ words: expect.stringMatching(/empty.*folder/) });
});

test('what cannot be read is named', async () => {
  const moved = file('guests.csv', 'user\na@x.example\n');
  moved.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError'));
  expect(await takeList([moved])).toMatchObject({
    title: '“guests.csv” cannot be read.',
    words: expect.stringMatching(/a folder/),
  });
});

test('a list that no job takes is not taken either, and says how many it may have', async () => {
  const limits = { maxResetsPerJob: 3, maxBodyBytes: 60 };
  const rows = (count: number): string => `user\n${'a@x.example\n'.repeat(count)}`;
  expect(await takeList([file('three.csv', rows(3))], limits)).toMatchObject({ list: { count: 3 } });
  for (const [given, what] of [
    [[file('four.csv', rows(4))], '“four.csv”'] as const,
    [rows(4), 'What was pasted'] as const,
  ])
    expect(await takeList(given, limits)).toEqual({
      title: `${what} has 4 rows.`,
      words: 'One list may have 3. Split it into several, and rehearse one after the other.',
    });
  const long = file('long.csv', `user,note\na@x.example,${'n'.repeat(60)}\n`);
  long.arrayBuffer = () => Promise.reject(new Error('It is not read to be told.'));
  expect(await takeList([long], limits)).toEqual({
    title: '“long.csv” has 1 MB.',
    words: 'One list may have 1 MB. Split it into several, and rehearse one after the other.',
  });
  expect(await takeList(`user,note\na@x.example,${'n'.repeat(60)}\n`, limits)).toMatchObject({
    title: 'What was pasted has 1 MB.',
  });
});

test('of a file that is no list not all is read, and a line without an end is none', async () => {
  const film = file('film.mp4', bytes([0, 0, 0, 24], 'ftyp', Array(200_000).fill(7)));
  film.arrayBuffer = () => Promise.reject(new Error('It is not read to be told.'));
  expect(await takeList([film])).toMatchObject({ title: '“film.mp4” is no list.' });
  const workbook = file('large.xlsx', bytes(ZIP, Array(200_000).fill(7), 'xl/workbook.xml'));
  expect(await takeList([workbook])).toMatchObject({ words: expect.stringMatching(/Excel workbook/) });
  expect(await takeList([file('line.csv', `user,${'x,'.repeat(40_000)}`)])).toMatchObject({
    title: '“line.csv” is no list.',
    words: expect.stringMatching(/^Its first line has 80,005 characters/),
  });
});
