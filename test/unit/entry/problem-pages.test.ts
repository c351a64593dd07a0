/** What a page is made of. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALL_CODES, EXPLAINED, explanationOf, USUALLY } from '../../../shared/domain/api/explanations.ts';
import { API_CODES } from '../../../shared/domain/api/codes.ts';
import { SUBMISSION_CODES } from '../../../shared/domain/submission/codes.ts';
import { escaped, withCode } from '../../../shared/entry/http/pages/page.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
const shownBy = (html: string): string => html.replaceAll(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);

test('a text is shown as it is, whatever it is, and is no markup', () => {
  const text = fc.string({ unit: fc.constantFrom('<', '>', '&', '"', '`', ';', '/', 'a', 'amp', 'code') });
  fc.assert(
    fc.property(text, (each) => {
      expect(escaped(each)).toMatch(/^(?:[^<>&"]|&\w+;)*$/);
      expect(shownBy(escaped(each))).toBe(each);
      expect(shownBy(withCode(each).replaceAll(/<\/?code>/g, ''))).toBe(each.replaceAll(/`([^`]+)`/g, '$1'));
    }),
  );
});

test('every code stands in one group, under its own words, whose backticks are pairs', () => {
  const entries = Object.entries({ ...API_CODES, ...SUBMISSION_CODES });
  expect(EXPLAINED.flatMap(({ codes }) => codes).map(({ code }) => code)).toEqual(entries.map(([code]) => code));
  expect(entries).toHaveLength(Object.keys(API_CODES).length + Object.keys(SUBMISSION_CODES).length);
  expect(EXPLAINED.filter(({ codes }) => codes.length === 0)).toEqual([]);
  for (const code of ALL_CODES) {
    const { title = '', cause = '', remedy = '', again = '', done = '' } = explanationOf(code.toUpperCase()) ?? {};
    expect(title, code).not.toContain('`');
    for (const words of [cause, remedy, again, done]) expect(withCode(words), code).not.toContain('`');
  }
});

test.each(['', '__proto__', 'constructor', 'hasOwnProperty', 'missing role', ' missingRole'])(
  '"%s" is no code',
  (code) => {
    expect(explanationOf(code)).toBeUndefined();
  },
);

test.each([
  ['temporarilyUnavailable', 'After the seconds that the header `Retry-After` says: 15', 'That is not certain.'],
  ['tooManyOpenJobs', 'After the seconds that the header `Retry-After` says: 60', undefined],
  ['jobNotEnded', 'After the seconds that the header `Retry-After` says: 5', undefined],
  ['internalError', 'At once.', 'That is not certain.'],
  ['incompleteBody', 'At once.', undefined],
  ['missingRole', undefined, undefined],
])('%s may be sent again %s', (code, again, done) => {
  const found = explanationOf(code);
  expect(found?.again ?? USUALLY.again).toContain(again ?? USUALLY.again);
  expect(found?.done ?? USUALLY.done).toContain(done ?? USUALLY.done);
});
