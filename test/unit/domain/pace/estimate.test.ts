import { describe, expect, test } from 'vitest';
import { countOfDay } from '../../../../shared/domain/pace/day-count.ts';
import { estimateEnd } from '../../../../shared/domain/pace/estimate.ts';
import type { JobOptions } from '../../../../shared/domain/job/job.ts';
import { NEW_PACE } from '../../../../shared/domain/pace/pace.ts';
import { throttle, rateFactor } from '../../../../shared/domain/pace/throttling.ts';
import { job, NOW, SECOND } from '../records.ts';

const rules = { resetsPerSecond: 20, readsPerSecond: 60 };
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const withOptions = (more: Partial<JobOptions>) =>
  job({ options: { skipIfResetWithinHours: 24, defaults: {}, ...more } });
const minutes = (end: number): number => Math.round((end - NOW) / MINUTE);

describe('a job alone will be done', () => {
  test('when all that is open has had its turn, and the last its visit', () => {
    expect(estimateEnd(job(), 1_200, NEW_PACE, rules, NOW)).toBe(NOW + 62 * SECOND);
  });
  test('after its beginning, and after the wait that Graph asked for', () => {
    expect(minutes(estimateEnd(withOptions({ notBefore: NOW + 10 * MINUTE }), 1_200, NEW_PACE, rules, NOW))).toBe(11);
    expect(minutes(estimateEnd(job(), 1_200, throttle(NEW_PACE, NOW + 5 * MINUTE, NOW), rules, NOW))).toBe(6);
  });
  test('later by what is lost while the rate recovers', () => {
    const throttled = throttle(NEW_PACE, NOW, NOW);
    const deeper = throttle(throttled, NOW + 30 * SECOND, NOW + 30 * SECOND);
    for (const [pace, now] of [
      [throttled, NOW],
      [throttled, NOW + 4 * MINUTE],
      [deeper, NOW + 30 * SECOND],
    ] as const) {
      // 20 a second of the full rate, as far as it is back.
      let [open, end] = [72_000, now];
      for (; open > 0; end += SECOND) open -= 20 * rateFactor(pace, end);
      expect(Math.abs(estimateEnd(job(), 72_000, pace, rules, now) - 2 * SECOND - end)).toBeLessThan(2 * SECOND);
    }
  });
  test('at its own rate where that is lower', () => {
    expect(minutes(estimateEnd(withOptions({ maxPerMinute: 120 }), 1_200, NEW_PACE, rules, NOW))).toBe(12);
    expect(minutes(estimateEnd(withOptions({ maxPerMinute: 100_000 }), 1_200, NEW_PACE, rules, NOW))).toBe(1);
  });
  test('on a later day, where a day has a cap', () => {
    const capped = { ...rules, maxInvitationsPerDay: 1_000 };
    const half = { ...NEW_PACE, day: countOfDay({}, 500, NOW) };
    expect(minutes(estimateEnd(job(), 400, half, capped, NOW))).toBe(0);
    for (const [open, hours] of [
      [600, 25],
      [1_500, 25],
      [1_600, 50],
      [3_500, 75],
    ] as const) {
      expect(Math.abs((estimateEnd(job(), open, half, capped, NOW) - NOW) / HOUR - hours), String(open)).toBeLessThan(
        1.1,
      );
    }
  });
  test('with what a day leaves for the last one, as soon as that has room', () => {
    const end = (open: number, day = countOfDay({}, 500, NOW)) =>
      estimateEnd(job(), open, { ...NEW_PACE, day }, { ...rules, maxInvitationsPerDay: 1_000 }, NOW) - NOW;
    // 20 a second, and the last visit.
    expect([500, 520, 1_500, 1_520, 2_520].map((open) => end(open))).toEqual([
      27 * SECOND,
      25 * HOUR + 3 * SECOND,
      25 * HOUR + 52 * SECOND,
      50 * HOUR + 3 * SECOND,
      75 * HOUR + 3 * SECOND,
    ]);
    expect(end(1_020, {})).toBe(25 * HOUR + 3 * SECOND);
    expect(end(20, countOfDay({}, 1_000, NOW - 5 * HOUR))).toBe(20 * HOUR + 3 * SECOND);
  });
  test('when it may send no more, at the latest', () => {
    expect(estimateEnd(withOptions({ notAfter: NOW + MINUTE }), 12_000, NEW_PACE, rules, NOW)).toBe(NOW + MINUTE);
  });
  test('of a dry run at the rate of look-ups', () => {
    expect(
      estimateEnd(
        withOptions({ dryRun: true, maxPerMinute: 1 }),
        600,
        NEW_PACE,
        { ...rules, maxInvitationsPerDay: 1 },
        NOW,
      ),
    ).toBe(NOW + 10 * SECOND);
  });
});
