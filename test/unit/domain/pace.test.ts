import fc from 'fast-check';
import { expect, test } from 'vitest';
import { charge, hold, NEW_PACE, reserve, reserveRead } from '../../../shared/domain/pace.ts';
import { NOW, SECOND } from './records.ts';

const RATE = 20;
const lane = fc.constantFrom('priority' as const, 'bulk' as const);
const wishes = fc.array(fc.record({ lane, cost: fc.integer({ min: 1, max: 40 }), pauseMs: fc.nat(4_000) }), { minLength: 2, maxLength: 50 });

test('priority goes at once, and no bulk slot begins before there was time for everything reserved before it', () => {
  fc.assert(fc.property(wishes, (all) => {
    let pace = NEW_PACE;
    let now = NOW;
    /** The earliest time at which everything reserved so far is over. */
    let paidUntil = NOW;
    for (const { lane, cost, pauseMs } of all) {
      now += pauseMs;
      const reserved = reserve(pace, cost, lane, RATE, now);
      ({ pace } = reserved);
      // A millisecond for the rounding of fractions.
      expect(reserved.slotAt).toBeGreaterThanOrEqual(lane === 'priority' ? now : Math.max(now, paidUntil - 1));
      expect(lane === 'priority' && reserved.slotAt > now).toBe(false);
      paidUntil = Math.max(now, paidUntil) + (cost * SECOND) / RATE;
    }
  }));
});

test('writes that were not planned count like planned ones', () => {
  const { pace } = reserve(NEW_PACE, 20, 'bulk', RATE, NOW);
  expect(reserve(charge(pace, 20, RATE, NOW), 1, 'bulk', RATE, NOW).slotAt).toBe(NOW + 2 * SECOND);
  expect(charge(NEW_PACE, 20, RATE, NOW).nextFreeAt).toBe(NOW + SECOND);
});

test('a hold stops both lanes, and a shorter one never shortens it', () => {
  const held = hold(hold(NEW_PACE, NOW + 30 * SECOND), NOW + 10 * SECOND);
  for (const lane of ['priority', 'bulk'] as const) expect(reserve(held, 1, lane, RATE, NOW).slotAt).toBe(NOW + 30 * SECOND);
});

test('looking up has a timeline of its own: it waits for other look-ups and for a hold, and costs no write', () => {
  const busy = charge(NEW_PACE, 2_000, RATE, NOW);
  const first = reserveRead(busy, 30, 60, NOW);
  expect([first.slotAt, first.pace.nextFreeAt]).toEqual([NOW, busy.nextFreeAt]);
  expect(reserveRead(first.pace, 60, 60, NOW).slotAt).toBe(NOW + SECOND / 2);
  expect(reserveRead(first.pace, 60, 60, NOW + SECOND).slotAt).toBe(NOW + SECOND);
  expect(reserveRead(hold(first.pace, NOW + 9 * SECOND), 60, 60, NOW).slotAt).toBe(NOW + 9 * SECOND);
});
