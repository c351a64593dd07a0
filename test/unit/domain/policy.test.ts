import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIRECTORY_WRITES, HTTP_BODY_MAX_BYTES, INVITATIONS } from '../../../shared/domain/limits.ts';
import {
  backoffMs,
  DEFAULT_POLICY,
  policyProblems,
  steadyBackoffMs,
  SUBMISSION_MAX_BYTES,
} from '../../../shared/domain/policy.ts';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const attempts = fc.integer({ min: 1, max: 200 });

describe('back-off', () => {
  const { backoff } = DEFAULT_POLICY;
  test('stays between a second and a quarter of an hour, however many attempts failed', () => {
    fc.assert(
      fc.property(attempts, random, (failed, dice) => {
        const wait = backoffMs(failed, backoff, dice);
        expect(wait).toBeGreaterThanOrEqual(1_000);
        expect(wait).toBeLessThanOrEqual(15 * 60_000);
      }),
    );
  });
  test('is never shorter after one failure more', () => {
    fc.assert(
      fc.property(attempts, random, (failed, dice) => {
        expect(backoffMs(failed + 1, backoff, dice)).toBeGreaterThanOrEqual(backoffMs(failed, backoff, dice));
      }),
    );
  });
  test('uses the whole range, so that resets which failed together do not come back together', () => {
    expect([0.25, 0.5, 0.75].map((dice) => backoffMs(4, backoff, dice))).toEqual([10_000, 20_000, 30_000]);
  });
  test('that must not be used up early takes at least half of each wait', () => {
    expect([1, 2, 3, 30].map((failed) => steadyBackoffMs(failed, backoff, 0))).toEqual([2_500, 5_000, 10_000, 450_000]);
    expect([1, 2, 3, 30].map((failed) => steadyBackoffMs(failed, backoff, 0.5))).toEqual([
      3_750, 7_500, 15_000, 675_000,
    ]);
    expect(steadyBackoffMs(1, { firstSeconds: 1, maxSeconds: 60 }, 0)).toBe(1_000);
  });
});

test('a quiet time of exactly send window, time-out and margin is enough; every other default is sound with it', () => {
  const { sendWindowSeconds, graphTimeoutSeconds } = DEFAULT_POLICY;
  expect(policyProblems({ ...DEFAULT_POLICY, quietSeconds: sendWindowSeconds + graphTimeoutSeconds + 5 })).toEqual([]);
  expect(
    policyProblems({ ...DEFAULT_POLICY, quietSeconds: sendWindowSeconds + graphTimeoutSeconds + 4.9 }),
  ).toHaveLength(1);
  expect(policyProblems({ ...DEFAULT_POLICY, graphTimeoutSeconds: 170 })).toEqual([
    expect.stringContaining('at least 185'),
  ]);
});

test.each([
  ['directory writes', DIRECTORY_WRITES],
  ['invitations', INVITATIONS],
])('the steady rate fills no window of %s', (_name, { limit, windowSeconds }) => {
  expect(DEFAULT_POLICY.resetsPerSecond * windowSeconds).toBeLessThan(limit);
});

test('the steady rate leaves room for a chunk with added emails and a margin at once: 19.55 resets a second', () => {
  expect(DEFAULT_POLICY.resetsPerSecond).toBeCloseTo(19.55);
});

test('wakes are sent at most two minutes ahead', () => {
  expect(DEFAULT_POLICY.dispatchHorizonSeconds).toBeLessThanOrEqual(120);
});

test('a body that is too large is refused by the service before the platform does', () => {
  expect(SUBMISSION_MAX_BYTES).toBeLessThan(HTTP_BODY_MAX_BYTES);
  expect(SUBMISSION_MAX_BYTES).toBe(95 * 1024 * 1024);
});
