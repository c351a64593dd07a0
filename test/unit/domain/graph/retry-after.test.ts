import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRetryAfter } from '../../../../shared/domain/graph/retry-after.ts';
import { NOW, SECOND } from '../records.ts';

const inSeconds = (seconds: number): string => new Date(NOW + seconds * SECOND).toUTCString();

test.each([
  ['10', { seconds: 10 }],
  [' 7.5 ', { seconds: 7.5 }],
  ['.5', { seconds: 1 }],
  ['0', { seconds: 1 }],
  ['3600', { seconds: 3_600 }],
  ['3600.5', { seconds: 3_600, asked: 3_600.5 }],
  ['1e+21', { seconds: 3_600, asked: Number.MAX_SAFE_INTEGER }],
  ['9'.repeat(400), { seconds: 3_600, asked: Number.MAX_SAFE_INTEGER }],
  [inSeconds(90), { seconds: 90 }],
  [inSeconds(-90), { seconds: 1 }],
  [inSeconds(7_200), { seconds: 3_600, asked: 7_200 }],
  ['Sunday, 01-Mar-26 12:01:00 GMT', { seconds: 60 }],
])('%j is read as %j', (text, expected) => {
  expect(readRetryAfter(text, NOW)).toEqual(expected);
});

test.each(['', 'soon', '-5', '+5', '5 s', '5, 10', 'NaN', 'Infinity', '0x10', '2027-01-01', 'Mon, 99 Foo 2026 GMT'])(
  '%j says nothing: the default counts',
  (text) => {
    expect(readRetryAfter(text, NOW)).toEqual({ seconds: 10 });
  },
);

test('a date says nothing where Graph does not tell its own clock', () => {
  expect(readRetryAfter(inSeconds(90), Number.NaN)).toEqual({ seconds: 10 });
});

test('whatever the header holds, the wait is between a second and an hour, and survives being stored', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.date().map(String)), (text) => {
      const wait = readRetryAfter(text, NOW);
      expect(wait.seconds).toBeGreaterThanOrEqual(1);
      expect(wait.seconds).toBeLessThanOrEqual(3_600);
      expect(JSON.parse(JSON.stringify(wait))).toEqual(wait);
    }),
  );
});
