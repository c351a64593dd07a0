import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK_MAX_RESETS } from '../../../../shared/domain/chunk/chunk.ts';
import { chunksOfRow } from '../../../../shared/domain/job/rows.ts';

test('a row is in one of the chunks that it can be in, however the job is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: CHUNK_MAX_RESETS }), { minLength: 1, maxLength: 60 }),
      fc.nat(),
      (sizes, seed) => {
        const cut = sizes.flatMap((size, index) => Array.from({ length: size }, () => index));
        const row = 1 + (seed % cut.length);
        const { first, last } = chunksOfRow({ total: cut.length, chunkCount: sizes.length }, row);
        expect(cut[row - 1]).toBeGreaterThanOrEqual(first);
        expect(cut[row - 1]).toBeLessThanOrEqual(last);
        expect(last).toBeLessThan(sizes.length);
      },
    ),
  );
});

test('where all chunks are full but the last one, no row can be in more than two', () => {
  const job = { total: 199_990, chunkCount: 10_000 };
  for (const row of [1, 20, 21, 100_000, 150_000, 199_981, 199_990]) {
    const { first, last } = chunksOfRow(job, row);
    expect([row, first, last - first <= 1]).toEqual([row, Math.floor((row - 1) / CHUNK_MAX_RESETS), true]);
  }
});
