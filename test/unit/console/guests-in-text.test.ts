import { expect, test } from 'vitest';
import { guestsIn, looksLikeGuest } from '../../../console/src/list/guests.ts';
import { csvOf } from '../../../console/src/list/pasted.ts';

const ID = '6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1';
const UPN = 'anna.berg_fabrikam.example#EXT#@contoso.onmicrosoft.com';

test.each([
  ['lines', `a@x.example\r\n${UPN}\n\n${ID}\n`, ['a@x.example', UPN, ID]],
  ['recipients of a mail', '"Berg, Anna" <a@x.example>; Petrov, Tomas <t@y.example>;', ['a@x.example', 't@y.example']],
  ['a list with commas', 'a@x.example, t@y.example,u@z.example', ['a@x.example', 't@y.example', 'u@z.example']],
  ['words around an address', 'Anna Berg a@x.example', ['a@x.example']],
  ['what copying takes along', '\u200Bmailto:a@x.example\uFEFF', ['a@x.example']],
  ['cells of a sheet, which say one guest twice', `Anna\t${UPN}\ta@x.example\nTom\tt@y.example`, [UPN, 't@y.example']],
  ['an object id before what stands in front of it', `a@x.example\t${ID}`, [ID]],
])('takes the guests of %s', (_what, text, guests) => {
  expect(guestsIn(text)).toEqual(guests);
});

test('keeps what names nobody as a row to correct, beside addresses too', () => {
  expect(guestsIn('a@x.example, bob(at)y.example\nanna berg')).toEqual([
    'a@x.example',
    'bob(at)y.example',
    'anna berg',
  ]);
});

test.each([ID, UPN, 'a@x.example', 'Anna <a@x.example>', 'mailto:a@x.example', ' å@ü.example '])(
  'takes %s for a guest',
  (text) => expect(looksLikeGuest(text)).toBe(true),
);
test.each(['', 'anna', 'a@x', '@x.example', 'a@x.example b@y.example', '6f3cba15'])('takes “%s” for none', (text) =>
  expect(looksLikeGuest(text)).toBe(false),
);

test('leaves a table with a header as it is, and makes a column of everything else', () => {
  const table = 'mail\treference\na@x.example\t1\n';
  expect(csvOf(table)).toBe(table);
  expect(csvOf('a@x.example\n"odd, one"')).toBe('user\na@x.example\n"""odd"\n"one"""\n');
});

test('takes a long line without blanks in its stride, whatever it is', () => {
  for (const line of ['x'.repeat(200_000), `a@${'b.'.repeat(100_000)}`, ID.repeat(5_000), 'a@'.repeat(100_000)]) {
    expect(guestsIn(line).join('')).toBe(line);
    expect(looksLikeGuest(`${line} x`)).toBe(false);
  }
});
