import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addCounts, NO_COUNTS, sumOf, type Counts } from '../../../../shared/domain/reset/counts.ts';
import { endStatus, foldProgress, type Progress } from '../../../../shared/domain/job/progress.ts';
import { timesIn } from '../../../../shared/domain/reset/endings.ts';
import { NO_OUTCOME_COUNTS } from '../../../../shared/domain/reset/outcome-counts.ts';
import { job } from '../records.ts';

const SIZE = 4;
const ended: fc.Arbitrary<Counts> = fc
  .array(fc.constantFrom('succeeded', 'failed', 'skipped', 'unknown', 'canceled'), { minLength: SIZE, maxLength: SIZE })
  .map((statuses) =>
    statuses.reduce<Counts>((counts, status) => addCounts(counts, { ...NO_COUNTS, [status]: 1 }), NO_COUNTS),
  );

/** A job whose chunks end one after the other in any order, as counters are seen by a reader after each of them. */
const history = fc.array(ended, { minLength: 1, maxLength: 7 }).chain((chunks) =>
  fc.record({
    chunks: fc.constant(chunks),
    order: fc.shuffledSubarray([...chunks.keys()], { minLength: chunks.length }),
  }),
);

test('while chunks end in any order, the snapshot never goes back, and folding from it equals folding from the start', () => {
  fc.assert(
    fc.property(history, ({ chunks, order }) => {
      const whole = job({ total: chunks.length * SIZE, chunkCount: chunks.length, cursor: chunks.length });
      const over = new Set<number>();
      let last: Progress = foldProgress({ ...whole, cursor: 0 }, []);
      for (const index of order) {
        over.add(index);
        const rows = chunks.map((counts, position) => ({
          index: position,
          counts: over.has(position) ? counts : { ...NO_COUNTS, pending: SIZE - 1, sending: 1 },
          outcomeCounts: NO_OUTCOME_COUNTS,
          sentTimes: [[900 * position * position, SIZE] as const],
          ...(over.has(position) && { endTimes: [[1_000 * position * position, SIZE] as const] }),
        }));
        const folded = foldProgress(whole, rows);
        expect(folded.snapshot.upTo).toBeGreaterThanOrEqual(last.snapshot.upTo);
        expect(foldProgress({ ...whole, snapshot: last.snapshot }, rows.slice(last.snapshot.upTo))).toEqual(folded);
        expect(sumOf(folded.counts)).toBe(whole.total);
        const sums = [folded.endings, folded.sendings].map((times) =>
          timesIn(times).reduce((sum, [, count]) => sum + count, 0),
        );
        expect(sums).toEqual([over.size * SIZE, chunks.length * SIZE]);
        expect(folded.allEnded).toBe(over.size === chunks.length);
        last = folded;
      }
    }),
    { numRuns: 60 },
  );
});

test('a chunk missing in the middle, or out of order, is refused', () => {
  const rows = [0, 1, 2].map((index) => ({
    index,
    counts: { ...NO_COUNTS, succeeded: 20 },
    outcomeCounts: { ...NO_OUTCOME_COUNTS, mails: 7, emailChanges: index },
  }));
  const three = job({ total: 60, chunkCount: 3, cursor: 3 });
  expect(() =>
    foldProgress(
      three,
      rows.filter(({ index }) => index !== 1),
    ),
  ).toThrow('chunk 1 is missing');
  expect(() => foldProgress(three, rows.toReversed())).toThrow('chunk 0 is missing');
  expect(() =>
    foldProgress(
      { ...three, snapshot: { upTo: 1, counts: { ...NO_COUNTS, succeeded: 20 }, outcomeCounts: NO_OUTCOME_COUNTS } },
      rows,
    ),
  ).toThrow('chunk 1 is missing');
});

test('a job is completed only if every reset succeeded or was skipped, canceled or failed only if every one was', () => {
  fc.assert(
    fc.property(ended, (counts) => {
      const status = endStatus(counts);
      expect(status === 'completed').toBe(counts.succeeded + counts.skipped === SIZE);
      expect(status === 'canceled').toBe(counts.canceled === SIZE);
      expect(status === 'failed').toBe(counts.failed === SIZE);
    }),
  );
});

test('the sums of what a job did grow with its chunks', () => {
  const rows = [0, 1].map((index) => ({
    index,
    counts: { ...NO_COUNTS, succeeded: 20 },
    outcomeCounts: { mails: 7, emailChanges: 2, byCode: { reset: 20 }, byWarning: { alreadyPending: index } },
  }));
  const folded = foldProgress(job({ total: 40, chunkCount: 2, cursor: 2 }), rows);
  const outcomeCounts = { mails: 14, emailChanges: 4, byCode: { reset: 40 }, byWarning: { alreadyPending: 1 } };
  expect(folded).toMatchObject({
    outcomeCounts,
    snapshot: { upTo: 2, outcomeCounts },
    allEnded: true,
  });
});
