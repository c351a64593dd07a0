import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  acquire,
  minuteBucket,
  slowDown,
  NOTHING_SPENT,
  type Budgets,
  type Cost,
} from '../../../../shared/domain/pace/budget.ts';
import { PRIORITY_MARGIN, DEFAULT_POLICY } from '../../../../shared/domain/policy.ts';
import { DIRECTORY_WRITES, INVITATIONS } from '../../../../shared/domain/limits.ts';
import { peak } from '../peak.ts';
import { NOW, SECOND } from '../records.ts';

const RATE = DEFAULT_POLICY.resetsPerSecond;
const PLAIN: Cost = { writes: 1, invitations: 1 };
const WITH_EMAIL: Cost = { writes: 2, invitations: 1 };

const wish = fc.record({
  pauseMs: fc.oneof(fc.nat(50), fc.nat(3_000), fc.nat(200_000)),
  plain: fc.nat(20),
  withEmail: fc.nat(20),
  lane: fc.constantFrom('bulk' as const, 'priority' as const),
  rateFactor: fc.constantFrom(1, 1, 0.7, 0.25),
  delays: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 5 }),
});
const BULK: Budgets = { perSecond: RATE, rateFactor: 1, lane: 'bulk' };
const PRIORITY: Budgets = { ...BULK, lane: 'priority' };
const resets = (count: number, cost = PLAIN): Cost[] => Array.from({ length: count }, () => cost);

test(
  'whatever is asked for and when, waits and slower times included: no window has more than its limit, with a ' +
    'second of delivery in between',
  () => {
    fc.assert(
      fc.property(fc.array(wish, { minLength: 20, maxLength: 300 }), (wishes) => {
        let [spent, now, factor] = [NOTHING_SPENT, NOW, 1];
        const arrivals: { readonly at: number; readonly cost: Cost }[] = [];
        for (const { pauseMs, plain, withEmail, lane, rateFactor, delays } of wishes) {
          now += pauseMs;
          if (rateFactor < factor) spent = slowDown(spent, factor / rateFactor, now);
          factor = rateFactor;
          const costs = [...resets(plain), ...resets(Math.min(withEmail, 20 - plain), WITH_EMAIL)];
          const acquired = acquire(
            spent,
            costs,
            { perSecond: RATE, rateFactor, lane },
            now,
            lane === 'bulk' ? 1_000 : 3_000,
          );
          ({ spent } = acquired);
          arrivals.push(
            ...costs
              .slice(0, acquired.granted)
              .map((cost, index) => ({ at: acquired.goAt + (delays[index % delays.length] ?? 0), cost })),
          );
        }
        expect(
          peak(
            arrivals.map(({ at, cost }) => ({ at, cost: cost.writes })),
            DIRECTORY_WRITES.windowSeconds,
          ),
        ).toBeLessThanOrEqual(DIRECTORY_WRITES.limit);
        expect(
          peak(
            arrivals.map(({ at, cost }) => ({ at, cost: cost.invitations })),
            INVITATIONS.windowSeconds,
          ),
        ).toBeLessThanOrEqual(INVITATIONS.limit);
      }),
    );
  },
);

test('the steady rate is over 97 % of the documented one', () => {
  expect(RATE).toBeGreaterThan((0.97 * DIRECTORY_WRITES.limit) / DIRECTORY_WRITES.windowSeconds);
});

test('work along the rate is never refused, and late work only waits: nothing of the rate is lost', () => {
  let spent = NOTHING_SPENT;
  let last = 0;
  for (let chunk = 0; chunk < 500; chunk++) {
    // Looking up takes now longer, now shorter.
    const cameAt = NOW + (chunk * 20 * SECOND) / RATE + (chunk % 7) * 120;
    const acquired = acquire(spent, resets(20), BULK, cameAt, SECOND);
    expect(acquired.granted).toBe(20);
    ({ spent, goAt: last } = acquired);
  }
  expect(last).toBeLessThan(NOW + (500 * 20 * SECOND) / RATE + SECOND);
});

test('what was refused is granted at the time that was named, and not a millisecond before', () => {
  const first = acquire(NOTHING_SPENT, resets(500), PRIORITY, NOW, 0);
  expect(first.granted).toBeGreaterThan(20);
  expect(first.granted).toBeLessThan(INVITATIONS.limit);
  const next = acquire(first.spent, resets(20), PRIORITY, NOW, 0);
  expect(acquire(first.spent, resets(20), PRIORITY, next.retryAt - 1, 0).granted).toBeLessThan(20);
  expect(acquire(first.spent, resets(20), PRIORITY, next.retryAt, 0)).toMatchObject({
    granted: 20,
    goAt: next.retryAt,
  });
});

test('a short wait in place makes room', () => {
  const { spent } = acquire(NOTHING_SPENT, resets(20), BULK, NOW, 0);
  const wait = acquire(spent, resets(20), BULK, NOW, SECOND);
  expect(wait).toMatchObject({ granted: 20 });
  expect(wait.goAt).toBeGreaterThan(NOW);
  expect(wait.goAt).toBeLessThanOrEqual(NOW + SECOND);
});

test('a chunk of the bulk lane takes all or nothing, so that it is not looked at twice; unless it would never fit', () => {
  const spent = { writes: NOW + 3 * SECOND, invitations: NOW + 3 * SECOND };
  expect(acquire(spent, resets(20), BULK, NOW, 2_200)).toMatchObject({ granted: 0, spent });
  expect(acquire(spent, resets(20), PRIORITY, NOW, 2_200).granted).toBeGreaterThan(0);
  // So near the documented rate that hardly a burst is left.
  const fullAt = (at: number): number =>
    acquire({ writes: at, invitations: at }, resets(20, WITH_EMAIL), { ...BULK, perSecond: 19.8 }, NOW, 0).granted;
  expect([fullAt(NOW), fullAt(NOW + 1)]).toEqual([10, 0]);
});

test(
  'at a slower rate a chunk still goes whole, as much apart as the ' +
    'rate says; and a slow rate has no greater burst',
  () => {
    for (const rateFactor of [1, 0.7, 0.49, 0.25]) {
      let [spent, now] = [NOTHING_SPENT, NOW];
      for (let chunk = 0; chunk < 50; chunk++) {
        const acquired = acquire(spent, resets(20), { ...BULK, rateFactor }, now, SECOND);
        expect(acquired.granted).toBe(20);
        ({ spent } = acquired);
        now += (20 * SECOND) / (RATE * rateFactor);
      }
    }
    for (const perSecond of [0.1, 1, 5])
      expect(acquire(NOTHING_SPENT, resets(500), { ...PRIORITY, perSecond }, NOW, 0).granted).toBeLessThan(50);
  },
);

test('a single reset goes at once although bulk jobs have taken all that they may', () => {
  let spent = NOTHING_SPENT;
  for (let one = acquire(spent, [PLAIN], BULK, NOW, 0); one.granted === 1; one = acquire(spent, [PLAIN], BULK, NOW, 0))
    ({ spent } = one);
  for (let single = 0; single < PRIORITY_MARGIN; single++) {
    const one = acquire(spent, [PLAIN], PRIORITY, NOW, 0);
    expect(one.granted).toBe(1);
    ({ spent } = one);
  }
  expect(acquire(spent, [PLAIN], PRIORITY, NOW, 0).granted).toBe(0);
});

test('a job with a rate of its own sends no more than that in any minute, and comes close to it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 900 }),
      fc.array(fc.nat(1_000), { minLength: 3, maxLength: 9 }),
      (maxPerMinute, delays) => {
        const bucket = minuteBucket(maxPerMinute);
        let [tenant, own, now] = [NOTHING_SPENT, 0, NOW];
        const arrivals: { at: number; cost: number }[] = [];
        while (now < NOW + 600 * SECOND) {
          const acquired = acquire(tenant, resets(20), { ...BULK, own: { bucket, spent: own } }, now, 0);
          tenant = acquired.spent;
          own = acquired.ownSpent;
          for (let index = 0; index < acquired.granted; index++)
            arrivals.push({ at: acquired.goAt + (delays[arrivals.length % delays.length] ?? 0), cost: 1 });
          expect(acquired.granted === 20 || acquired.retryAt > now).toBe(true);
          now = Math.max(now + 1, acquired.retryAt);
        }
        expect(peak(arrivals, 60)).toBeLessThanOrEqual(maxPerMinute);
        expect(arrivals.length).toBeGreaterThanOrEqual(0.7 * 10 * maxPerMinute);
      },
    ),
    { numRuns: 60 },
  );
});

test('a full budget holds a chunk that adds an email for each guest, and beside it the margin of single resets', () => {
  const chunk = acquire(NOTHING_SPENT, resets(20, WITH_EMAIL), BULK, NOW, 0);
  expect(chunk).toMatchObject({ granted: 20, goAt: NOW });
  expect(acquire(chunk.spent, [PLAIN], BULK, NOW, 0).granted).toBe(0);
  expect(acquire(chunk.spent, resets(PRIORITY_MARGIN + 5), PRIORITY, NOW, 0).granted).toBe(PRIORITY_MARGIN);
});

test(
  'where a rate above the limits was asked for, a second of it goes at once, and never less than a chunk and the ' +
    'margin',
  () => {
    const atOnce = (perSecond: number): number =>
      acquire(NOTHING_SPENT, resets(200), { ...PRIORITY, perSecond }, NOW, 0).granted;
    expect([100, 25].map(atOnce)).toEqual([100, 28]);
  },
);

test('a job with a rate of its own begins with a quarter of a minute: one reset at least, a chunk at most', () => {
  const rates = [1, 4, 7, 8, 79, 80, 900];
  expect(rates.map((rate) => minuteBucket(rate).burst)).toEqual([1, 1, 1, 2, 19, 20, 20]);
  // What the bucket lets through in a minute and the second of delivery.
  for (const rate of rates) expect(minuteBucket(rate).burst - 1 + 61 * minuteBucket(rate).perSecond).toBeCloseTo(rate);
});

test('what a job with a rate of its own has left comes when as many as may go at once have room', () => {
  const own = { bucket: { burst: 3, perSecond: 0.1 }, spent: 0 };
  const first = acquire(NOTHING_SPENT, resets(20), { ...BULK, own }, NOW, 0);
  expect(first).toMatchObject({ granted: 3, goAt: NOW, ownSpent: NOW + 30 * SECOND, retryAt: NOW + 30 * SECOND });
  expect(acquire(first.spent, resets(5), { ...BULK, own: { ...own, spent: first.ownSpent } }, NOW, 0)).toMatchObject({
    granted: 0,
    retryAt: NOW + 30 * SECOND,
  });
  expect(acquire(first.spent, resets(2), { ...BULK, own: { ...own, spent: first.ownSpent } }, NOW, 0)).toMatchObject({
    granted: 0,
    retryAt: NOW + 20 * SECOND,
  });
});
