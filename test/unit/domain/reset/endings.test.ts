import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addEndTimes,
  endTimesOf,
  sentTimesOf,
  MOST_INTERVALS,
  sumsWithin,
  timesIn,
  type Endings,
  type EndTime,
} from '../../../../shared/domain/reset/endings.ts';
import type { ResetRecord } from '../../../../shared/domain/reset/reset.ts';
import { NOW, pending, SECOND, sending } from '../records.ts';

const START = NOW / SECOND;
const total = (times: readonly EndTime[]): number => times.reduce((sum, [, count]) => sum + count, 0);
const sumOf = (endings: Endings | undefined): number => total(timesIn(endings));

/** A job of seconds, of hours or of years. */
const times = fc.constantFrom(60, 86_400, 3 * 365 * 86_400).chain((span) =>
  fc.array(
    fc.tuple(
      fc.nat(span).map((after) => START + after),
      fc.integer({ min: 1, max: 20 }),
    ),
  ),
);

test('of a chunk those that have ended are counted by their second, and no others', () => {
  const ended = (row: number, after: number) => ({ ...pending(row), status: 'failed' as const, endedAt: NOW + after });
  const resets = [ended(1, 0), ended(2, 999), pending(3), ended(4, 7 * SECOND), { ...pending(5), endedAt: NOW }];
  expect(endTimesOf(resets)).toEqual([
    [START, 2],
    [START + 7, 1],
  ]);
});

test('of a chunk those are sent that went to Graph, at the time of the last request; not what was given up before', () => {
  const row = (number: number, more: Partial<ResetRecord>): ResetRecord => ({ ...sending({}, number), ...more });
  const resets = [
    row(1, { status: 'sending' }),
    row(2, { status: 'succeeded', attempts: 1, endedAt: NOW + 9 * SECOND }),
    row(3, { status: 'pending', wasSent: true }),
    row(4, { status: 'unknown' }),
    row(5, { status: 'pending' }),
    row(6, { status: 'canceled', endedAt: NOW }),
    pending(7, { status: 'skipped', endedAt: NOW }),
  ];
  expect(sentTimesOf(resets)).toEqual([[Math.floor((sending().sent?.at ?? 0) / SECOND), 4]]);
});

test('however long it takes, all are counted, in few intervals, and each in the one in which it ended', () => {
  fc.assert(
    fc.property(times, (all) => {
      const endings = addEndTimes(undefined, all);
      expect(sumOf(endings)).toBe(total(all));
      if (endings === undefined) return;
      const { interval, first, counts } = endings;
      expect(counts.length).toBeLessThanOrEqual(MOST_INTERVALS);
      const expected = counts.map((_count, at) =>
        total(all.filter(([second]) => Math.floor(second / interval) === first + at)),
      );
      expect(counts).toEqual(expected);
      expect([counts[0], counts.at(-1)]).not.toContain(0);
    }),
  );
});

test('in whatever parts and order they are added, they are the same sums', () => {
  fc.assert(
    fc.property(times, fc.nat(), (all, seed) => {
      const cut = all.length === 0 ? 0 : seed % all.length;
      const apart = addEndTimes(addEndTimes(undefined, all.slice(cut).toReversed()), all.slice(0, cut));
      expect(apart).toEqual(addEndTimes(undefined, all));
      expect(addEndTimes(apart, [])).toBe(apart);
    }),
  );
});

test('a job of five minutes is told by five seconds, one of eleven hours by two minutes', () => {
  const after = (seconds: number): Endings | undefined =>
    addEndTimes(addEndTimes(undefined, [[START, 1]]), [[START + seconds, 1]]);
  expect(after(5 * 60)?.interval).toBe(5);
  expect(after(11 * 3_600)?.interval).toBe(120);
});

test('what ended before the first interval, or behind the last, is in that one', () => {
  const sums = sumsWithin(START, START + 20, [
    [START - 100, 1],
    [START + 7, 2],
    [START + 100, 4],
  ]);
  expect(sums).toEqual({ interval: 5, first: START / 5, counts: [1, 2, 0, 0, 4] });
});

test.each([1e20, Infinity, -Infinity, Number.NaN])(
  'an end at %d is none: it is not counted, and nothing goes on for ever',
  (time) => {
    const absurd = { ...pending(1), status: 'failed' as const, endedAt: time };
    expect(endTimesOf([absurd, { ...absurd, endedAt: NOW }])).toEqual([[START, 1]]);
    const sums = addEndTimes(undefined, [
      [time, 3],
      [START, 2],
    ]);
    expect(timesIn(sums)).toEqual([[START, 2]]);
    expect(addEndTimes(undefined, [[time, 3]])).toBeUndefined();
    expect(timesIn({ interval: 5, first: time, counts: [1] })).toEqual([]);
  },
);
