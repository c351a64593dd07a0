import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DuplicateGuests } from '../../../../shared/domain/submission/duplicate-guests.ts';

test('each guest is known by the first row that named it, as in a map of the whole keys', () => {
  const key = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('a', 'b', 'ab', 'ba', ''));
  fc.assert(
    fc.property(fc.array(key, { minLength: 1_500, maxLength: 3_000 }), (keys) => {
      const seen = new DuplicateGuests();
      const map = new Map<string, number>();
      for (const [position, each] of keys.entries()) {
        expect(seen.add(each, position + 1)).toBe(map.get(each));
        if (!map.has(each)) map.set(each, position + 1);
      }
    }),
    { numRuns: 30, endOnFailure: true },
  );
});

test.each([
  ['object ids in a row', (index: number) => `id:00000000-0000-4000-8000-${String(index).padStart(12, '0')}`],
  ['addresses in a row', (index: number) => `mail:guest${index}@partner${index % 7}.example`],
  ['object ids by chance', (index: number) => createHash('sha256').update(String(index)).digest('hex').slice(0, 32)],
])('200,000 %s are as many guests, and all are known again', (_name, keyOf) => {
  const seen = new DuplicateGuests();
  for (let index = 0; index < 200_000; index++)
    if (seen.add(keyOf(index), index + 1) !== undefined) throw new Error(`${keyOf(index)} was taken for another`);
  for (let index = 0; index < 200_000; index += 97) expect(seen.add(keyOf(index), 999_999)).toBe(index + 1);
});
