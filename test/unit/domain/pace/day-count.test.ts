import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countOfDay,
  leftToday,
  nextOfDayAt,
  type DayCount,
  isCounted,
  withinDay,
} from '../../../../shared/domain/pace/day-count.ts';
import { NOW } from '../records.ts';

const HOUR = 3_600_000;

test('no 24 hours have more than the cap, and all of it can be used', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.oneof(fc.nat(60_000), fc.nat(5 * HOUR)), fc.nat(40)), { minLength: 5, maxLength: 200 }),
      (wishes) => {
        let [count, now]: [DayCount, number] = [{}, NOW];
        const sent: { at: number; sent: number }[] = [];
        for (const [pauseMs, wanted] of wishes) {
          now += pauseMs;
          const granted = Math.min(wanted, leftToday(count, 100, now));
          count = countOfDay(count, granted, now);
          sent.push({ at: now, sent: granted });
          const inDay = sent.filter(({ at }) => at > now - 24 * HOUR).reduce((sum, each) => sum + each.sent, 0);
          expect(inDay).toBeLessThanOrEqual(100);
          expect(Object.keys(count).length).toBeLessThanOrEqual(26);
        }
      },
    ),
  );
  expect(leftToday({}, 100, NOW)).toBe(100);
});

test('room comes back when the oldest hour that counts is over, and not before', () => {
  const full = countOfDay({}, 100, NOW);
  const next = nextOfDayAt(full, NOW);
  expect(next - NOW).toBeGreaterThan(24 * HOUR);
  expect(next - NOW).toBeLessThanOrEqual(25 * HOUR);
  expect([leftToday(full, 100, next - 1), leftToday(full, 100, next)]).toEqual([0, 100]);
  expect(nextOfDayAt(countOfDay(countOfDay({}, 1, NOW - 5 * HOUR), 1, NOW), NOW)).toBe(NOW + 20 * HOUR);
  expect(nextOfDayAt({}, NOW)).toBe(NOW);
});

test('an instance whose clock is behind counts what the others have sent', () => {
  expect(leftToday(countOfDay({}, 60, NOW + 10 * 60_000), 100, NOW - 10 * 60_000)).toBe(40);
});

test('nothing sent leaves the count as it is, and a cap that is lowered below it leaves nothing', () => {
  const count = countOfDay({}, 60, NOW);
  expect(countOfDay(count, 0, NOW + 100 * HOUR)).toBe(count);
  expect(leftToday(count, 50, NOW)).toBe(0);
});

test('no 24 hours have more than the cap, also where requests take their time and some are not sent', () => {
  // Around the ends of hours, and a day later.
  const pause = fc.oneof(
    fc.nat(60_000),
    fc.nat(5_000).map((early) => -early),
    fc.nat(60_000).map((early) => 24 * HOUR - early),
  );
  const wish = fc.record({
    pauseMs: pause,
    wanted: fc.oneof(fc.nat(40), fc.constant(100)),
    unsent: fc.oneof(fc.constant(0), fc.nat(40)),
    takesMs: fc.nat(75_000),
  });
  fc.assert(
    fc.property(fc.array(wish, { minLength: 5, maxLength: 120 }), (wishes) => {
      let [count, now]: [DayCount, number] = [{}, NOW];
      const visits: { at: number; sent: number }[] = [];
      for (const { pauseMs, wanted, unsent, takesMs } of wishes) {
        now = pauseMs < 0 ? Math.ceil((now + 10_000) / HOUR) * HOUR + pauseMs : now + pauseMs;
        const granted = Math.min(wanted, leftToday(count, 100, now));
        count = countOfDay(count, granted, now);
        visits.push({ at: now + takesMs, sent: granted - Math.min(unsent, granted) });
      }
      for (const { at: end } of visits) {
        const inDay = visits
          .filter(({ at }) => at <= end && at > end - 24 * HOUR)
          .reduce((sum, each) => sum + each.sent, 0);
        expect(inDay).toBeLessThanOrEqual(100);
      }
    }),
    { numRuns: 500 },
  );
});

test('what is paid for at the end of an hour counts with those that it may arrive with', () => {
  const at = Math.ceil(NOW / HOUR) * HOUR;
  const count = countOfDay({}, 100, at - 1_000);
  expect(leftToday(count, 100, at + 24 * HOUR + 75_000)).toBe(0);
});

test('what was paid for and not sent is not counted once more in the same hour; later it is', () => {
  const hour = Math.ceil(NOW / HOUR) * HOUR - 2 * 60_000;
  expect([isCounted(hour, hour), isCounted(hour, hour + HOUR - 1), isCounted(hour, hour + HOUR)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(isCounted(undefined, NOW)).toBe(false);
});

test('of those that are counted already any number may go; of the others as many as the cap leaves', () => {
  const costs = [{}, { paidOn: NOW }, {}, { paidOn: NOW }, {}];
  expect([0, 1, 2, 3, 9].map((left) => withinDay(costs, left, NOW))).toEqual([0, 2, 4, 5, 5]);
});
