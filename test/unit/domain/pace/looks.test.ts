import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeLook } from '../../../../shared/domain/pace/looks.ts';
import { NEW_PACE, reserveRead, type Pace } from '../../../../shared/domain/pace/pace.ts';
import { NOW } from '../records.ts';

const READS = 60;
const MINUTE = 60_000;

/** Everybody looks at these times, in order. @returns when they got to */
function looks(times: readonly number[], readsPerSecond = READS): { readonly at: number[]; readonly pace: Pace } {
  let pace: Pace = NEW_PACE;
  const at: number[] = [];
  for (const time of times) {
    const taken = takeLook(pace, readsPerSecond, time);
    pace = taken.pace;
    if (taken.waitMs === 0) at.push(time);
  }
  return { at, pace };
}
const most = (at: readonly number[], withinMs: number): number =>
  Math.max(0, ...at.map((from) => at.filter((each) => each >= from && each < from + withinMs).length));

test('twenty may look at once, and in no minute more than eighty, however many want to', () => {
  const eager = Array.from({ length: 4_000 }, (_, index) => NOW + index * 50);
  const { at } = looks(eager);
  expect([most(at, 1_000), most(at, MINUTE)]).toEqual([20, 79]);
  expect(looks(Array.from({ length: 100 }, () => NOW)).at).toHaveLength(20);
});

test('where few look-ups a second are allowed at all, looks leave half of them to the jobs', () => {
  const eager = Array.from({ length: 10_000 }, (_, index) => NOW + index * 100);
  for (const reads of [0.1, 0.5, 1]) {
    const { at } = looks(eager, reads);
    expect(at.length).toBeLessThanOrEqual(20 + 1_000 * (reads / 2));
    expect(at.length).toBeGreaterThanOrEqual(1_000 * (reads / 2));
  }
});

test('whoever is told to wait gets to look after that, and not before', () => {
  const wait = fc.tuple(
    fc.integer({ min: 1, max: 200 }),
    fc.integer({ min: 0, max: 5_000 }),
    fc.double({ min: 0.1, max: 500, noNaN: true }),
  );
  fc.assert(
    fc.property(wait, ([before, later, reads]) => {
      const { pace } = looks(
        Array.from({ length: before }, () => NOW),
        reads,
      );
      const now = NOW + later;
      const { waitMs, pace: same } = takeLook(pace, reads, now);
      if (waitMs === 0) return;
      expect(same).toBe(pace);
      expect(takeLook(pace, reads, now + waitMs - 1).waitMs).toBeGreaterThan(0);
      expect(takeLook(pace, reads, now + Math.ceil(waitMs)).waitMs).toBe(0);
    }),
  );
});

test('each look moves back what dry runs look up later, by its own turn, and nothing that is sent', () => {
  const planned = reserveRead(NEW_PACE, 600, READS, NOW).pace;
  const { pace } = takeLook(planned, READS, NOW);
  expect(pace.nextReadAt - planned.nextReadAt).toBeCloseTo(1000 / READS);
  expect({ ...pace, nextReadAt: 0, looksFullAt: 0 }).toEqual({ ...planned, nextReadAt: 0, looksFullAt: 0 });
  expect(takeLook(NEW_PACE, READS, NOW).pace.nextReadAt).toBeCloseTo(NOW + 1000 / READS);
});

test('a clock that was hours ahead keeps nobody from looking for longer than a full bucket does', () => {
  const { pace } = looks(Array.from({ length: 30 }, () => NOW + 9 * 3_600_000));
  const { waitMs } = takeLook(pace, READS, NOW);
  expect(waitMs).toBeLessThanOrEqual(1_000);
});
