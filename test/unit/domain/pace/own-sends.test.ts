import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acquire, NOTHING_SPENT, type Cost } from '../../../../shared/domain/pace/budget.ts';
import { DIRECTORY_WRITES, INVITATIONS } from '../../../../shared/domain/limits.ts';
import { ownSends } from '../../../../shared/domain/pace/own-sends.ts';
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts';
import { peak } from '../peak.ts';
import { NOW, SECOND } from '../records.ts';

const RATE = DEFAULT_POLICY.resetsPerSecond;
const wish = fc.record({
  pauseMs: fc.oneof(fc.nat(50), fc.nat(2_000), fc.nat(60_000)),
  resets: fc.integer({ min: 1, max: 20 }),
  emails: fc.nat(20),
});

test('whatever is to be sent and when: what is let through brings no window over its budget, and what is not would', () => {
  fc.assert(
    fc.property(fc.array(wish, { minLength: 50, maxLength: 400 }), (wishes) => {
      const own = ownSends();
      let now = NOW;
      const gone: { readonly at: number; readonly cost: Cost }[] = [];
      const peaks = (arrivals: typeof gone): readonly number[] => [
        peak(
          arrivals.map(({ at, cost }) => ({ at, cost: cost.writes })),
          DIRECTORY_WRITES.windowSeconds,
        ),
        peak(
          arrivals.map(({ at, cost }) => ({ at, cost: cost.invitations })),
          INVITATIONS.windowSeconds,
        ),
      ];
      const isOver = ([writes = 0, invitations = 0]: readonly number[]): boolean =>
        writes > DIRECTORY_WRITES.limit || invitations > INVITATIONS.limit;
      for (const { pauseMs, resets, emails } of wishes) {
        now += pauseMs;
        const cost = { writes: resets + Math.min(emails, resets), invitations: resets };
        const isLetThrough = own.take(cost, RATE, now);
        expect(isLetThrough).toBe(!isOver(peaks([...gone, { at: now, cost }])));
        if (isLetThrough) gone.push({ at: now, cost });
      }
      expect(isOver(peaks(gone))).toBe(false);
    }),
    { numRuns: 40 },
  );
});

test.each([RATE, 22, 25, 50, 200])(
  'what keeps to a pace of %d a second is never refused, though it is sent up to a second after it was paid for',
  (perSecond) => {
    const own = ownSends();
    let spent = NOTHING_SPENT;
    const sendAt: number[] = [];
    for (let [chunk, now] = [0, NOW]; chunk < 1_500; chunk++) {
      const acquired = acquire(
        spent,
        Array.from({ length: 20 }, () => ({ writes: 1, invitations: 1 })),
        { perSecond, rateFactor: 1, lane: 'bulk' },
        now,
        10 * SECOND,
      );
      spent = acquired.spent;
      now = acquired.goAt + (chunk % 400 === 399 ? 30 * SECOND : 0);
      sendAt.push(acquired.goAt + ((chunk * 7919) % 1_000));
    }
    for (const at of sendAt.toSorted((one, other) => one - other)) {
      expect(own.take({ writes: 20, invitations: 20 }, perSecond, at)).toBe(true);
    }
  },
);

test('where a rate above the documented one was asked for, so much may go', () => {
  const own = ownSends();
  for (let chunk = 0; chunk < 500; chunk++) {
    expect(own.take({ writes: 20, invitations: 20 }, 200, NOW + chunk * 100)).toBe(true);
  }
});
