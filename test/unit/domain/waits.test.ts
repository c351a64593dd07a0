import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinWaits, WAITS_MAX, waitsWithin, type Wait } from '../../../shared/domain/waits.ts';

const wait = fc
  .tuple(fc.nat(10_000), fc.integer({ min: 1, max: 300 }))
  .map(([from, long]): Wait => [from, from + long]);
const covers = (waits: readonly Wait[], at: number): boolean => waits.some(([from, until]) => from <= at && at < until);

test('joined they tell of the same moments, in order, and none touches another', () => {
  fc.assert(
    fc.property(fc.array(wait, { maxLength: 30 }), fc.array(wait, { maxLength: 30 }), (some, others) => {
      const joined = joinWaits(some, undefined, others);
      for (let at = 0; at <= 10_400; at += 7) expect(covers(joined, at)).toBe(covers([...some, ...others], at));
      for (const [position, [from]] of joined.entries()) expect(from).toBeGreaterThan(joined[position - 1]?.[1] ?? -1);
    }),
  );
});

test('of more than are told apart none is lost, and those next to each other are joined', () => {
  const far = Array.from({ length: WAITS_MAX }, (_, at): Wait => [at * 1_000, at * 1_000 + 10]);
  expect(joinWaits(far)).toEqual(far);
  const near: Wait = [far.length * 1_000 - 900, far.length * 1_000 - 890];
  const joined = joinWaits(far, [near]);
  expect(joined).toHaveLength(WAITS_MAX);
  expect(joined.at(-1)).toEqual([far.length * 1_000 - 1_000, near[1]]);
});

test('within a time they are cut at its ends, and what only touches it is left out', () => {
  const all: readonly Wait[] = [
    [0, 10],
    [20, 30],
    [40, 50],
    [60, 70],
  ];
  expect(waitsWithin(all, 10, 45)).toEqual([
    [20, 30],
    [40, 45],
  ]);
  expect(waitsWithin(undefined, 0, 1)).toEqual([]);
});
