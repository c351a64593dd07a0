import { describe, expect, test } from 'vitest';
import type { Cost } from '../../../../shared/domain/pace/budget.ts';
import { countOfDay } from '../../../../shared/domain/pace/day-count.ts';
import type { JobOptions } from '../../../../shared/domain/job/job.ts';
import { NEW_PACE, type Pace } from '../../../../shared/domain/pace/pace.ts';
import { throttle } from '../../../../shared/domain/pace/throttling.ts';
import { moveOwnPayment, pay, type Payer } from '../../../../shared/domain/pace/pay.ts';
import { jobId, NOW, SECOND } from '../records.ts';

const RATE = 18;
const rules = { resetsPerSecond: RATE };
const resets = (count: number): Cost[] => Array.from({ length: count }, () => ({ writes: 1, invitations: 1 }));
const payer = (
  count: number,
  lane: 'bulk' | 'priority' = 'bulk',
  planned = lane === 'bulk' ? count : 0,
  options: Partial<JobOptions> = {},
): Payer => ({
  job: { id: jobId(), lane, options: { skipIfResetWithinHours: 24, defaults: {}, ...options } },
  costs: resets(count),
  planned,
});
/** All that may go for some seconds has gone. */
const busy: Pace = { ...NEW_PACE, spent: { writes: NOW + 10 * SECOND, invitations: NOW + 10 * SECOND } };

test('what was planned is sent without moving later slots; what was not pushes them back', () => {
  expect(pay(NEW_PACE, payer(20), rules, NOW)).toMatchObject({
    granted: 20,
    goAt: NOW,
    restDueAt: NOW,
    pace: { nextFreeAt: 0 },
  });
  const withEmails = { ...payer(18), costs: Array.from({ length: 18 }, () => ({ writes: 2, invitations: 1 })) };
  expect(pay(NEW_PACE, withEmails, rules, NOW).pace.nextFreeAt).toBe(NOW + SECOND);
});

test('a throttling grants nothing, and gives each chunk a slot of its own after it', () => {
  const throttled = throttle(NEW_PACE, NOW + 30 * SECOND, NOW);
  const first = pay(throttled, payer(20), rules, NOW);
  const second = pay(first.pace, payer(20), rules, NOW);
  expect([first.granted, first.restDueAt]).toEqual([0, NOW + 30 * SECOND]);
  expect(second.restDueAt).toBeGreaterThan(NOW + 31 * SECOND);
  expect(first.pace.spent).toEqual(throttled.spent);
});

test('a bulk chunk without room takes a slot after those that dispatch has planned, each a later one', () => {
  const planned: Pace = { ...busy, nextFreeAt: NOW + 60 * SECOND };
  const first = pay(planned, payer(18), rules, NOW);
  const second = pay(first.pace, payer(18), rules, NOW);
  expect([first.granted, first.restDueAt, second.restDueAt]).toEqual([0, NOW + 60 * SECOND, NOW + 61 * SECOND]);
  expect(second.pace.nextFreeAt).toBe(NOW + 62 * SECOND);
});

test('fifty small jobs at once come back one after another, at the rate, and not behind the bulk', () => {
  let pace: Pace = { ...busy, nextFreeAt: NOW + 120 * SECOND };
  const dues: number[] = [];
  for (let job = 0; job < 50; job++) {
    const { pace: next, granted, restDueAt } = pay(pace, payer(18, 'priority'), rules, NOW);
    expect(granted).toBe(0);
    dues.push(restDueAt);
    pace = next;
  }
  const gaps = dues.slice(1).map((due, index) => due - (dues[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(0.99 * SECOND);
  expect((dues.at(-1) ?? 0) - (dues[0] ?? 0)).toBeLessThan(50 * SECOND);
  expect(pace.nextFreeAt).toBe(NOW + 120 * SECOND);
});

test('part of a small job goes where there is room for part of it', () => {
  const { granted, restDueAt, pace } = pay(
    { ...NEW_PACE, spent: { writes: NOW + 4.8 * SECOND, invitations: NOW + 4.8 * SECOND } },
    payer(20, 'priority'),
    rules,
    NOW,
  );
  expect(granted).toBeGreaterThan(5);
  expect(granted).toBeLessThan(20);
  expect(pay(pace, payer(20 - granted, 'priority'), rules, restDueAt).granted).toBe(20 - granted);
});

describe('a day with a cap', () => {
  const capped = { ...rules, maxInvitationsPerDay: 50 };
  test('grants what is left of it, and counts that', () => {
    const almost: Pace = { ...NEW_PACE, day: countOfDay({}, 45, NOW) };
    const { granted, pace } = pay(almost, payer(20), capped, NOW);
    expect(granted).toBe(5);
    expect(pay({ ...pace, spent: NEW_PACE.spent }, payer(20), capped, NOW + 60 * SECOND).granted).toBe(0);
    expect(pay(pace, payer(20), capped, NOW + 25 * 3_600 * SECOND).granted).toBe(20);
  });
  test('has those who found nothing left look again soon, in case it is raised, and takes no slots for them', () => {
    const full: Pace = { ...NEW_PACE, day: countOfDay({}, 50, NOW) };
    const { granted, restDueAt, pace } = pay(full, payer(20), capped, NOW);
    expect([granted, restDueAt, pace.nextFreeAt]).toEqual([0, NOW + 120 * SECOND, 0]);
    expect(pay(full, payer(20), { ...rules, maxInvitationsPerDay: 100 }, NOW).granted).toBe(20);
  });
  test('that grants less than was planned gives no slot back', () => {
    expect(
      pay({ ...NEW_PACE, nextFreeAt: NOW + SECOND, day: countOfDay({}, 45, NOW) }, payer(20), capped, NOW).pace
        .nextFreeAt,
    ).toBe(NOW + SECOND);
  });
  test('has them come when its first hour is over, where that is sooner', () => {
    const yesterday: Pace = { ...NEW_PACE, day: countOfDay({}, 50, NOW - 24 * 3_600 * SECOND) };
    expect(pay(yesterday, payer(20), capped, NOW + 3_540 * SECOND).restDueAt).toBe(NOW + 3_600 * SECOND);
  });
  test('that nobody capped is not counted, nor has a job a timeline that has no rate of its own', () => {
    for (const member of ['day', 'jobs']) expect(pay(NEW_PACE, payer(20), rules, NOW).pace).not.toHaveProperty(member);
  });
});

describe('a job with a rate of its own', () => {
  const slow = payer(20, 'bulk', 20, { maxPerMinute: 12 });
  test('sends a part now, and the next when its minute allows, without a slot of the others', () => {
    const first = pay(NEW_PACE, slow, rules, NOW);
    expect(first.granted).toBe(3);
    expect(first.pace.nextFreeAt).toBe(0);
    expect(pay(first.pace, { ...slow, costs: resets(17) }, rules, first.restDueAt).granted).toBe(3);
    expect(first.restDueAt).toBeGreaterThan(NOW + 15 * SECOND);
  });
  test('keeps the slots that were planned for it', () => {
    const planned: Pace = { ...NEW_PACE, jobs: { [jobId()]: { nextFreeAt: NOW + 50 * SECOND, spent: 0 } } };
    expect(pay(planned, slow, rules, NOW).pace.jobs?.[jobId()]?.nextFreeAt).toBe(NOW + 50 * SECOND);
  });
  test('comes again after a throttling without a slot of the others', () => {
    expect(pay(throttle(NEW_PACE, NOW + 30 * SECOND, NOW), slow, rules, NOW)).toMatchObject({
      granted: 0,
      restDueAt: NOW + 30 * SECOND,
      pace: { nextFreeAt: 0 },
    });
  });
  test('has what goes late fill its minute from then, and what has filled it for longer stays', () => {
    const { pace } = pay(NEW_PACE, slow, rules, NOW);
    const late = moveOwnPayment(pace, slow.job, 3, NOW + 8 * SECOND, NOW + SECOND);
    const fullAt = (from: Pace): number => from.jobs?.[slow.job.id]?.spent ?? 0;
    expect(fullAt(late)).toBe(fullAt(pace) + 8 * SECOND);
    expect(moveOwnPayment(late, slow.job, 1, NOW, NOW)).toEqual(late);
    expect(
      moveOwnPayment(
        pace,
        { ...slow.job, options: { skipIfResetWithinHours: 24, defaults: {} } },
        3,
        NOW + 8 * SECOND,
        NOW,
      ),
    ).toBe(pace);
  });
  test('has those that found no room come one after another, each when it may send a part', () => {
    const throttled = throttle(NEW_PACE, NOW + 30 * SECOND, NOW);
    let pace = throttled;
    const dues = Array.from({ length: 5 }, () => {
      const { pace: next, restDueAt } = pay(pace, slow, rules, NOW);
      pace = next;
      return restDueAt;
    });
    expect(dues[0]).toBe(NOW + 30 * SECOND);
    for (const [position, due] of dues.slice(1).entries())
      expect(due - (dues[position] ?? 0)).toBeGreaterThan(15 * SECOND);
    expect(pace.nextFreeAt).toBe(throttled.nextFreeAt);
  });
  test('takes nothing from another job, and is forgotten when its minute is over', () => {
    const { pace } = pay(NEW_PACE, slow, rules, NOW);
    const other = { ...slow, job: { ...slow.job, id: jobId(7) } };
    expect(pay(pace, other, rules, NOW).granted).toBe(3);
    expect(Object.keys(pay(pace, other, rules, NOW + 120 * SECOND).pace.jobs ?? {})).toEqual([jobId(7)]);
  });
});

test('a throttling that is over at this very moment stops nobody', () => {
  expect(pay({ ...NEW_PACE, throttledUntil: NOW }, payer(20), rules, NOW).granted).toBe(20);
});

test.each([
  ['bulk', 1.5 * SECOND],
  ['priority', 3 * SECOND],
] as const)('a visit of the %s lane waits in place for %i ms at most', (lane, most) => {
  const visits = Array.from({ length: 100 }, (_, tenths) =>
    pay({ ...NEW_PACE, spent: { writes: 0, invitations: NOW + tenths * 100 } }, payer(1, lane), rules, NOW),
  );
  const longest = Math.max(...visits.filter(({ granted }) => granted === 1).map(({ goAt }) => goAt - NOW));
  expect(longest).toBeGreaterThan(most - 100);
  expect(longest).toBeLessThanOrEqual(most);
});

test('a turn comes at a whole millisecond, never before its time', () => {
  const first = pay({ ...busy, nextFreeAt: NOW + 60 * SECOND }, payer(17), rules, NOW);
  expect(pay(first.pace, payer(17), rules, NOW).restDueAt).toBe(NOW + 60 * SECOND + 945);
});
