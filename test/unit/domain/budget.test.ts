import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acquire, NOTHING_SPENT, type Cost } from '../../../shared/domain/budget.ts';
import { DIRECTORY_WRITES, INVITATIONS } from '../../../shared/domain/limits.ts';
import { DEFAULT_POLICY } from '../../../shared/domain/policy.ts';
import { NOW, SECOND } from './records.ts';

const RATE = DEFAULT_POLICY.resetsPerSecond;
const PLAIN: Cost = { writes: 1, invitations: 1 };
const WITH_EMAIL: Cost = { writes: 2, invitations: 1 };

/** The most that arrives in any window. */
function peak(arrivals: readonly { readonly at: number; readonly cost: number }[], windowSeconds: number): number {
  const sorted = arrivals.toSorted((one, other) => one.at - other.at);
  let [first, inWindow, most] = [0, 0, 0];
  for (const { at, cost } of sorted) {
    inWindow += cost;
    for (let oldest = sorted[first]; oldest !== undefined && oldest.at <= at - windowSeconds * SECOND; oldest = sorted[first]) {
      inWindow -= oldest.cost;
      first++;
    }
    most = Math.max(most, inWindow);
  }
  return most;
}

const wish = fc.record({ pauseMs: fc.oneof(fc.nat(50), fc.nat(3_000), fc.nat(200_000)), plain: fc.nat(60), withEmail: fc.nat(20), delays: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 5 }) });

test('whatever is asked for and when: no window has more than its limit, with a second of delivery in between', () => {
  fc.assert(fc.property(fc.array(wish, { minLength: 20, maxLength: 300 }), (wishes) => {
    let [spent, now] = [NOTHING_SPENT, NOW];
    const arrivals: { readonly at: number; readonly cost: Cost }[] = [];
    for (const { pauseMs, plain, withEmail, delays } of wishes) {
      now += pauseMs;
      const costs = [...Array.from({ length: plain }, () => PLAIN), ...Array.from({ length: withEmail }, () => WITH_EMAIL)];
      const acquired = acquire(spent, costs, RATE, now);
      ({ spent } = acquired);
      arrivals.push(...costs.slice(0, acquired.granted).map((cost, index) => ({ at: now + (delays[index % delays.length] ?? 0), cost })));
    }
    expect(peak(arrivals.map(({ at, cost }) => ({ at, cost: cost.writes })), DIRECTORY_WRITES.windowSeconds)).toBeLessThanOrEqual(DIRECTORY_WRITES.limit);
    expect(peak(arrivals.map(({ at, cost }) => ({ at, cost: cost.invitations })), INVITATIONS.windowSeconds)).toBeLessThanOrEqual(INVITATIONS.limit);
  }));
});

test('work along the rate is never refused', () => {
  let spent = NOTHING_SPENT;
  for (let chunk = 0; chunk < 500; chunk++) {
    const acquired = acquire(spent, Array.from({ length: 20 }, () => PLAIN), RATE, NOW + (chunk * 20 * SECOND) / RATE);
    expect(acquired.granted).toBe(20);
    ({ spent } = acquired);
  }
});

test('what was refused is granted at the time that was named, and not a millisecond before', () => {
  const many = Array.from({ length: 500 }, () => PLAIN);
  const first = acquire(NOTHING_SPENT, many, RATE, NOW);
  expect(first.granted).toBeGreaterThan(20);
  expect(first.granted).toBeLessThan(INVITATIONS.limit);
  expect(acquire(first.spent, [PLAIN], RATE, first.retryAt - 1).granted).toBe(0);
  expect(acquire(first.spent, [PLAIN], RATE, first.retryAt)).toMatchObject({ granted: 1, retryAt: first.retryAt });
});
