import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countOfDay, leftToday, nextOfDayAt, uncountOfDay, type DayCount } from '../../../shared/domain/day-count.ts';
import { NOW } from './records.ts';

const HOUR = 3_600_000;

test('no 24 hours have more than the cap, and all of it can be used', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.oneof(fc.nat(60_000), fc.nat(5 * HOUR)), fc.nat(40)), { minLength: 5, maxLength: 200 }), (wishes) => {
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
  }));
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

test('what was counted and not sent is taken back, over the end of an hour too, and never more than was counted', () => {
  const at = Math.ceil(NOW / HOUR) * HOUR;
  const counted = countOfDay(countOfDay({}, 12, at - 1), 5, at);
  expect([leftToday(uncountOfDay(counted, 3, at), 100, at), leftToday(uncountOfDay(counted, 8, at), 100, at), leftToday(uncountOfDay(counted, 99, at), 100, at)]).toEqual([86, 91, 100]);
});
