/** What is done is told once, in order, with a bound, by whoever did it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  MAX_ACTIONS,
  SERVICE,
  unaudited,
  withAction,
  withAudited,
  withoutAudited,
  withoutNames,
  type Logged,
} from '../../../shared/domain/actions.ts';
import { beginTrial, lift, OPEN_GATE, pause, stop, type Gate } from '../../../shared/domain/stops/stop.ts';
import type { JobId } from '../../../shared/domain/ids.ts';

const ADA = { id: 'ada', name: 'Ada' };
const BOB = { id: 'bob' };
const NOW = Date.parse('2026-03-01T12:00:00Z');
const REFUSED = { code: 'tenantBlocked', message: 'Blocked.' } as const;
const trial = { jobId: 'job' as JobId, chunk: 0, until: NOW + 60_000 };

const told = ({ actions }: Logged) => actions?.list.map(({ number: _number, at: _at, ...rest }) => rest) ?? [];
const stopOf = ({ stop: standing }: Gate) => standing ?? { code: 'noToken' as const, message: '', since: 0 };
const many = (count: number): Logged => {
  let log: Logged = {};
  for (let at = 0; at < count; at++) log = withAction(log, { action: 'paused', at, by: ADA });
  return log;
};

/** Each with its row in the audit before the next. */
const audited = (count: number): Logged => {
  let log: Logged = {};
  for (let at = 0; at < count; at++) log = withAudited(withAction(log, { action: 'paused', at, by: ADA }), at + 1);
  return log;
};

describe('an action', () => {
  test('is told once, however often its change is made on top of itself', () => {
    const once = withAction({}, { action: 'checked', at: NOW, by: ADA });
    expect(withAction(once, { action: 'checked', at: NOW, by: ADA })).toBe(once);
    expect(told(withAction(once, { action: 'checked', at: NOW, by: BOB }))).toHaveLength(2);
  });
  test('tells no more of a name than a row has room for', () => {
    const [action] =
      withAction<Logged>({}, { action: 'paused', at: 1, by: { id: 'x', name: 'n'.repeat(9_000) } }).actions?.list ?? [];
    expect(action?.by.name).toHaveLength(256);
  });
  test('at the same moment, by the same person, is another one where the reason is another', () => {
    const at = { action: 'paused', at: NOW, by: ADA } as const;
    expect(told(withAction(withAction({}, { ...at, reason: 'one' }), { ...at, reason: 'other' }))).toHaveLength(2);
    expect(told(withAction(withAction({}, { ...at, code: 'one' }), { ...at, code: 'other' }))).toHaveLength(2);
  });
  test('that has no row in the audit yet gives way to none, unless its row has room for no more', () => {
    expect(unaudited(many(MAX_ACTIONS + 10))).toHaveLength(MAX_ACTIONS + 10);
    const marked = withAudited(many(MAX_ACTIONS + 10), MAX_ACTIONS);
    const next = withAction(marked, { action: 'paused', at: NOW, by: ADA });
    expect(next.actions?.list).toHaveLength(MAX_ACTIONS);
    expect(unaudited(next)).toHaveLength(11);
    expect(many(1_000).actions?.list).toHaveLength(4 * MAX_ACTIONS);
  });
  test('gives way to newer ones when there are many, but for the first; none loses its number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (count) => {
        const { list, count: all } = audited(count).actions ?? { list: [], count: 0 };
        const numbers = list.map(({ number }) => number);
        expect(all).toBe(count);
        expect(list.length).toBe(Math.min(count, MAX_ACTIONS));
        expect([numbers[0], numbers.at(-1)]).toEqual([0, count - 1]);
        expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
      }),
    );
  });
  test('has its row once that is said; what came since has none', () => {
    const marked = withAudited(many(3), 2);
    expect(unaudited(marked).map(({ number }) => number)).toEqual([2]);
    expect(withAudited(marked, 1)).toBe(marked);
    expect(withoutAudited(many(3), 2).actions).toMatchObject({ list: [{ number: 2 }], count: 3, audited: 2 });
    expect(withoutAudited(marked, 2)).toBe(marked);
  });
  test('keeps the id of whoever did it where names are left out', () => {
    expect(withoutNames(many(1).actions ?? { list: [], count: 0, audited: 0 }).list).toMatchObject([
      { by: { id: 'ada' } },
    ]);
    expect(JSON.stringify(withoutNames(many(2).actions ?? { list: [], count: 0, audited: 0 }))).not.toContain('Ada');
  });
});

describe('of a stop', () => {
  test('a pause and a resume tell whose they are, and why where that was said', () => {
    const paused = pause(OPEN_GATE, 'Paused.', NOW, true, { by: ADA, reason: 'wrong list' });
    expect(told(lift(paused, stopOf(paused), NOW + 1, BOB))).toEqual([
      { action: 'paused', by: ADA, reason: 'wrong list' },
      { action: 'resumed', by: BOB, code: 'pausedByHand' },
    ]);
  });
  test('the same pause again adds none; another reason, or another person, does', () => {
    const wish = { by: ADA, reason: 'wrong list' };
    const once = pause(OPEN_GATE, 'Paused.', NOW, true, wish);
    expect(told(pause(once, 'Paused.', NOW + 5, true, wish))).toHaveLength(1);
    expect(told(pause(once, 'Paused.', NOW + 5, true, { ...wish, reason: 'other' }))).toHaveLength(2);
    expect(told(pause(once, 'Paused.', NOW + 5, true, { ...wish, by: BOB }))).toHaveLength(2);
    expect(pause(once, 'Paused.', NOW + 5, false, { by: BOB })).toBe(once);
  });
  test('a refusal tells that the service stopped, and its code', () => {
    expect(told(stop(OPEN_GATE, REFUSED, NOW))).toEqual([{ action: 'stopped', by: SERVICE, code: 'tenantBlocked' }]);
    expect(told(stop(pause(OPEN_GATE, 'Paused.', NOW), REFUSED, NOW)).at(-1)).toMatchObject({ action: 'stopped' });
  });
  test('who begins a trial has resumed, once; the trial itself lifts the stop for nobody', () => {
    const stopped = stop(OPEN_GATE, REFUSED, NOW);
    const seen = stopOf(stopped);
    const trying = beginTrial(stopped, seen, trial, { by: ADA, at: NOW + 1 });
    const again = beginTrial(trying, seen, { ...trial, chunk: 1 }, { by: ADA, at: NOW + 2 });
    const lifted = lift(beginTrial(again, seen, { ...trial, chunk: 2 }), seen, NOW + 3);
    expect(told(lifted).map(({ action, by }) => [action, by.id])).toEqual([
      ['stopped', 'service'],
      ['resumed', 'ada'],
    ]);
  });
});
