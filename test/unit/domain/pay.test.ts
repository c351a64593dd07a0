import { expect, test } from 'vitest';
import { hold, NEW_PACE, type Pace } from '../../../shared/domain/pace.ts';
import { pay } from '../../../shared/domain/pay.ts';
import { NOW, SECOND } from './records.ts';

const RATE = 18;
const resets = (count: number) => Array.from({ length: count }, () => ({ writes: 1, invitations: 1 }));
/** All that may go at once has gone. */
const spent = (lane: 'bulk' | 'priority' = 'bulk'): Pace => pay(NEW_PACE, resets(500), lane, 500, RATE, NOW).pace;

test('what was planned is sent without moving later slots; what was not pushes them back', () => {
  expect(pay(NEW_PACE, resets(20), 'bulk', 20, RATE, NOW)).toMatchObject({ granted: 20, restDueAt: NOW, pace: { nextFreeAt: NOW } });
  const withEmails = Array.from({ length: 18 }, () => ({ writes: 2, invitations: 1 }));
  expect(pay(NEW_PACE, withEmails, 'bulk', 18, RATE, NOW).pace.nextFreeAt).toBe(NOW + SECOND);
});

test('a hold grants nothing and takes no slot', () => {
  const held = hold(NEW_PACE, NOW + 30 * SECOND);
  expect(pay(held, resets(20), 'bulk', 20, RATE, NOW)).toEqual({ pace: held, granted: 0, restDueAt: NOW + 30 * SECOND });
});

test('a bulk chunk without room takes a slot after those that dispatch has planned, each a later one', () => {
  const busy: Pace = { ...spent(), nextFreeAt: NOW + 120 * SECOND };
  const first = pay(busy, resets(18), 'bulk', 18, RATE, NOW);
  const second = pay(first.pace, resets(18), 'bulk', 18, RATE, NOW);
  expect([first.granted, first.restDueAt, second.restDueAt]).toEqual([0, NOW + 120 * SECOND, NOW + 121 * SECOND]);
  expect(second.pace.nextFreeAt).toBe(NOW + 122 * SECOND);
});

test('fifty small jobs at once come back one after another, at the rate, and not behind the bulk', () => {
  let pace: Pace = { ...spent('priority'), nextFreeAt: NOW + 120 * SECOND };
  const dues: number[] = [];
  for (let job = 0; job < 50; job++) {
    const { pace: next, granted, restDueAt } = pay(pace, resets(18), 'priority', 0, RATE, NOW);
    expect(granted).toBe(0);
    dues.push(restDueAt);
    pace = next;
  }
  const gaps = dues.slice(1).map((due, index) => due - (dues[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(0.99 * SECOND);
  expect((dues.at(-1) ?? 0) - (dues[0] ?? 0)).toBeLessThan(50 * SECOND);
  expect(pace.nextFreeAt).toBe(NOW + 120 * SECOND);
});

test('part of a chunk goes where there is room for part of it', () => {
  const { granted, restDueAt, pace } = pay(NEW_PACE, resets(60), 'priority', 0, RATE, NOW);
  expect(granted).toBeGreaterThan(20);
  expect(granted).toBeLessThan(60);
  expect(pay(pace, resets(60 - granted), 'priority', 0, RATE, restDueAt).granted).toBeGreaterThan(0);
});
