import fc from 'fast-check';
import { expect, test } from 'vitest';
import { iso, storedDate } from '../../../shared/domain/instant.ts';
import { NOW } from './records.ts';

const ABSURD = [Number.NaN, Infinity, -Infinity, 1e20, -1e20, 8_640_000_000_000_001];

test('a time is told in ISO 8601, and what is none is left out', () => {
  expect(iso(NOW)).toBe('2026-03-01T12:00:00.000Z');
  expect(iso(8_640_000_000_000_000)).toBe('+275760-09-13T00:00:00.000Z');
  for (const none of [undefined, null as unknown as number, ...ABSURD]) expect(iso(none)).toBeUndefined();
});

test('whatever number is to be stored as a date, it is one that tables and queues take', () => {
  expect(storedDate(NOW)).toEqual(new Date(NOW));
  const dates = fc.oneof(fc.double(), fc.constantFrom(...ABSURD));
  fc.assert(
    fc.property(dates, (milliseconds) => {
      expect(storedDate(milliseconds).toISOString()).toMatch(/^(1[6-9]|[2-9]\d)\d\d-/);
    }),
  );
});
