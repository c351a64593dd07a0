import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  charge,
  jobPaceOf,
  NEW_PACE,
  reserve,
  reserveAt,
  reservePriority,
  reserveRead,
  withJobPace,
} from '../../../../shared/domain/pace/pace.ts';
import { describeThrottling, throttle, rateFactor } from '../../../../shared/domain/pace/throttling.ts';
import { jobId, NOW, SECOND } from '../records.ts';

const RATE = 20;
const anyLane = fc.constantFrom('priority' as const, 'bulk' as const);
const wishes = fc.array(fc.record({ lane: anyLane, cost: fc.integer({ min: 1, max: 40 }), pauseMs: fc.nat(4_000) }), {
  minLength: 2,
  maxLength: 50,
});

test('priority goes at once, and no bulk slot begins before there was time for everything reserved before it', () => {
  fc.assert(
    fc.property(wishes, (all) => {
      let pace = NEW_PACE;
      let now = NOW;
      /** The earliest time at which everything reserved so far is over. */
      let paidUntil = NOW;
      for (const { lane, cost, pauseMs } of all) {
        now += pauseMs;
        const reserved = lane === 'priority' ? reserveAt(pace, cost, RATE, now, now) : reserve(pace, cost, RATE, now);
        ({ pace } = reserved);
        // A millisecond for the rounding of fractions.
        expect(reserved.slotAt).toBeGreaterThanOrEqual(lane === 'priority' ? now : Math.max(now, paidUntil - 1));
        expect(lane === 'priority' && reserved.slotAt > now).toBe(false);
        paidUntil = Math.max(now, paidUntil) + (cost * SECOND) / RATE;
      }
    }),
  );
});

test('writes that were not planned count like planned ones', () => {
  const { pace } = reserve(NEW_PACE, 20, RATE, NOW);
  expect(reserve(charge(pace, 20, RATE, NOW), 1, RATE, NOW).slotAt).toBe(NOW + 2 * SECOND);
  expect(charge(NEW_PACE, 20, RATE, NOW).nextFreeAt).toBe(NOW + SECOND);
  expect(charge(NEW_PACE, 0, RATE, NOW)).toBe(NEW_PACE);
});

test('a throttling stops both lanes, and a shorter one never shortens it', () => {
  const throttled = throttle(throttle(NEW_PACE, NOW + 30 * SECOND, NOW), NOW + 10 * SECOND, NOW + SECOND);
  for (const { slotAt } of [
    reserve(throttled, 1, RATE, NOW),
    reserveAt(throttled, 1, RATE, NOW, NOW),
    reservePriority(throttled, 1, RATE, NOW),
  ])
    expect(slotAt).toBe(NOW + 30 * SECOND);
});

test('looking up has a timeline of its own: it waits for other look-ups and for a throttling, and costs no write', () => {
  const busy = charge(NEW_PACE, 2_000, RATE, NOW);
  const first = reserveRead(busy, 30, 60, NOW);
  expect([first.slotAt, first.pace.nextFreeAt]).toEqual([NOW, busy.nextFreeAt]);
  expect(reserveRead(first.pace, 60, 60, NOW).slotAt).toBe(NOW + SECOND / 2);
  expect(reserveRead(first.pace, 60, 60, NOW + SECOND).slotAt).toBe(NOW + SECOND);
  expect(reserveRead(throttle(first.pace, NOW + 9 * SECOND, NOW), 60, 60, NOW).slotAt).toBe(NOW + 9 * SECOND);
});

test('waits are remembered for some days', () => {
  const first = throttle(NEW_PACE, NOW + 30 * SECOND, NOW);
  const second = throttle(throttle(first, NOW + 40 * SECOND, NOW + SECOND), NOW + 90 * SECOND, NOW + 80 * SECOND);
  expect(second.waits).toEqual([
    [NOW, NOW + 40 * SECOND],
    [NOW + 80 * SECOND, NOW + 90 * SECOND],
  ]);
  const later = NOW + 3 * 86_400 * SECOND;
  expect(throttle(second, later + SECOND, later).waits).toEqual([[later, later + SECOND]]);
});

describe('after throttling the rate', () => {
  const throttled = throttle(NEW_PACE, NOW + 30 * SECOND, NOW);
  const MINUTE = 60 * SECOND;
  test('is lower, and comes back within ten minutes of the end of the throttling', () => {
    expect(rateFactor(NEW_PACE, NOW)).toBe(1);
    for (const [after, factor] of [
      [0, 0.7],
      [30 * SECOND, 0.7],
      [30 * SECOND + 5 * MINUTE, 0.85],
      [30 * SECOND + 10 * MINUTE, 1],
      [60 * MINUTE, 1],
    ] as const)
      expect(rateFactor(throttled, NOW + after)).toBeCloseTo(factor);
  });
  test('is not lowered again by answers that were on their way together', () => {
    const again = throttle(throttled, NOW + 35 * SECOND, NOW + 2 * SECOND);
    expect(rateFactor(again, NOW + 35 * SECOND)).toBeCloseTo(0.7);
    expect(again.throttledUntil).toBe(NOW + 35 * SECOND);
  });
  test('sinks with each throttling anew, and never to a stop', () => {
    const twice = throttle(throttled, NOW + 70 * SECOND, NOW + 50 * SECOND);
    expect(rateFactor(twice, NOW + 70 * SECOND)).toBeCloseTo(0.7 * rateFactor(throttled, NOW + 50 * SECOND));
    let [pace, now] = [throttled, NOW];
    for (let more = 0; more < 20; more++) pace = throttle(pace, (now += MINUTE), now);
    expect(rateFactor(pace, now)).toBe(0.25);
  });
  test('comes back from the end of the longest wait that the answers of one throttling asked for', () => {
    expect(throttle(throttled, NOW + 35 * SECOND, NOW + 2 * SECOND).slowed).toEqual({
      factor: 0.7,
      since: NOW + 35 * SECOND,
    });
    expect(throttle(throttled, NOW + 10 * SECOND, NOW + 2 * SECOND).slowed).toEqual({
      factor: 0.7,
      since: NOW + 30 * SECOND,
    });
  });
  test('sinks again for an answer that comes ten seconds after the throttling, and not for one a moment earlier', () => {
    expect(throttle(throttled, NOW + 50 * SECOND, NOW + 40 * SECOND - 1).slowed?.factor).toBe(0.7);
    expect(throttle(throttled, NOW + 50 * SECOND, NOW + 40 * SECOND).slowed?.factor).toBeLessThan(0.5);
  });
  test(
    'is told to whoever watches: while it throttles until when, afterwards how slow it still is, and nothing when ' +
      'that is over',
    () => {
      expect(describeThrottling(throttled, NOW + 30 * SECOND - 1)).toMatch(/2026-03-01T12:00:30\.000Z.* 70 %/);
      expect(describeThrottling(throttled, NOW + 30 * SECOND)).toMatch(/^(?!.*2026).* 70 %/);
      expect(describeThrottling(throttled, NOW + 30 * SECOND + 5 * MINUTE)).toContain(' 85 %');
      for (const calm of [describeThrottling(throttled, NOW + 11 * MINUTE), describeThrottling(NEW_PACE, NOW)])
        expect(calm).toBeUndefined();
    },
  );
});

describe('the timelines of jobs with a rate of their own', () => {
  const mine = { nextFreeAt: NOW + SECOND, spent: NOW + 2 * SECOND };
  const kept = (others: { nextFreeAt: number; spent: number }) =>
    withJobPace({ ...NEW_PACE, jobs: { [jobId(1)]: others, [jobId(2)]: others } }, jobId(2), mine, NOW).jobs;
  test('begin free at once', () => {
    expect(jobPaceOf(NEW_PACE, jobId(1))).toEqual({ nextFreeAt: 0, spent: 0 });
    expect(jobPaceOf(withJobPace(NEW_PACE, jobId(1), mine, NOW), jobId(1))).toEqual(mine);
  });
  test('are kept apart, as long as one has a slot or a budget to wait for', () => {
    for (const busy of [
      { nextFreeAt: NOW + 1, spent: 0 },
      { nextFreeAt: 0, spent: NOW + 1 },
    ])
      expect(kept(busy)).toEqual({ [jobId(1)]: busy, [jobId(2)]: mine });
    expect(kept({ nextFreeAt: NOW, spent: NOW })).toEqual({ [jobId(2)]: mine });
  });
});
