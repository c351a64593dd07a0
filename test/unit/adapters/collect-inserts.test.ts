import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostBytes } from '../../../shared/adapters/tables/collect-inserts.ts';

/** Any text, as JSON, in an entity with a number, a flag and a date. */
const entity = fc
  .oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('"', '\\', '😀', 'é', 'x', '\u2028') }),
  )
  .map((text) => ({
    partitionKey: 'p',
    rowKey: 'r',
    index: 1,
    ended: false,
    dueAt: new Date(0),
    resets0: JSON.stringify([text]).replaceAll('\u2028', '\\u2028'),
  }));
const sent = (value: object): number => Buffer.byteLength(JSON.stringify(value));

test('a row takes no more bytes in a request than is said, whatever its texts', () => {
  fc.assert(
    fc.property(entity, (each) => {
      expect(mostBytes(each)).toBeGreaterThanOrEqual(sent(each));
    }),
  );
});

test('a row is said to take three bytes for each character of its texts, and a kilobyte', () => {
  expect(mostBytes({ text: 'x'.repeat(1_000), other: 'é', index: 7 })).toBe(3 * 1_001 + 1_024);
});
