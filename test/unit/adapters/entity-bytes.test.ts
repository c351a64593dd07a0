import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entityBytes } from '../../../shared/adapters/tables/entity-bytes.ts';

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
const sent = (value: object | string): number => Buffer.byteLength(JSON.stringify(value));

test('an entity takes no more bytes than is said, measured or estimated', () => {
  fc.assert(
    fc.property(entity, (each) => {
      expect(entityBytes(each, 0)).toBeGreaterThanOrEqual(sent(each));
      expect(entityBytes(each, Infinity)).toBeGreaterThanOrEqual(sent(each));
    }),
  );
});

test('what is measured is the texts as they are sent, and a kilobyte', () => {
  const texts = { a: JSON.stringify('"\\'.repeat(5_000)), b: JSON.stringify('é😀'.repeat(5_000)) };
  expect(entityBytes({ ...texts, index: 7 }, 1_024)).toBe(sent(texts.a) + sent(texts.b) - 4 + 1_024);
});

test('an entity that may be larger than a small one is measured', () => {
  const text = 'x'.repeat(1_000);
  expect(entityBytes({ text }, 3 * 1_000 + 1_024)).toBe(3 * 1_000 + 1_024);
  expect(entityBytes({ text }, 3 * 1_000 + 1_023)).toBe(1_000 + 1_024);
});
