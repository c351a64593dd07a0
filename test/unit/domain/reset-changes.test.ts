import fc from 'fast-check';
import { expect, test } from 'vitest';
import { end, keepInDoubt, postpone, release, startSending, succeed } from '../../../shared/domain/reset-changes.ts';
import { isTerminal, TERMINAL_RESET_STATUSES, type ResetRecord } from '../../../shared/domain/reset.ts';
import { NOW, pending, plan, sending } from './records.ts';

const verdict = { code: 'x', message: 'x', retryable: false };
const changes: Record<string, (record: ResetRecord) => ResetRecord> = {
  startSending: (record) => startSending(record, plan(), { id: 'a', quietUntil: NOW + 1, graphDate: NOW }, NOW),
  release: (record) => release(record, { dueAt: NOW }),
  postpone: (record) => postpone(record, { dueAt: NOW }),
  keepInDoubt: (record) => keepInDoubt(record, { dueAt: NOW }),
  succeed: (record) => succeed(record, { verdict, attempts: 1 }, NOW),
  fail: (record) => end(record, 'failed', { verdict }, NOW),
  skip: (record) => end(record, 'skipped', { verdict }, NOW),
  giveUpKnowing: (record) => end(record, 'unknown', { verdict }, NOW),
  cancel: (record) => end(record, 'canceled', { verdict }, NOW),
};

test.each([
  ['startSending', 'sending'], ['postpone', 'pending'], ['fail', 'failed'], ['skip', 'skipped'], ['cancel', 'canceled'],
])('a pending reset may %s', (change, status) => { expect(changes[change]?.(pending()).status).toBe(status); });

test.each([
  ['release', 'pending'], ['postpone', 'sending'], ['keepInDoubt', 'sending'], ['succeed', 'succeeded'], ['fail', 'failed'], ['skip', 'skipped'], ['giveUpKnowing', 'unknown'],
])('a reset being sent may %s', (change, status) => { expect(changes[change]?.(sending()).status).toBe(status); });

test.each(['succeed', 'giveUpKnowing', 'keepInDoubt'])('a pending reset may not %s: nothing was sent', (change) => {
  expect(() => changes[change]?.(pending())).toThrow('cannot go from pending');
});

test('a reset being sent may not be sent once more: its doubt comes first', () => {
  expect(() => changes['startSending']?.(sending())).toThrow('cannot go from sending');
});

test('a reset being sent may not be canceled: it may have happened', () => {
  expect(() => changes['cancel']?.(sending())).toThrow('cannot go from sending');
});

test('whatever happens, an ended reset stays as it is', () => {
  fc.assert(fc.property(fc.constantFrom(...TERMINAL_RESET_STATUSES), fc.constantFrom(...Object.values(changes)), (status, change) => {
    expect(() => change({ ...pending(), status })).toThrow(`cannot go from ${status}`);
  }));
});

test('any walk of allowed changes keeps the attempt count growing and ends without a next action', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...Object.values(changes)), { maxLength: 12 }), (walk) => {
    let record = pending();
    for (const change of walk) {
      if (isTerminal(record.status)) break;
      const before = record;
      try { record = change(record); } catch { continue; }
      expect(record.attempts).toBeGreaterThanOrEqual(before.attempts);
      expect(record.nextAction === undefined).toBe(isTerminal(record.status));
      expect(record.endedAt !== undefined).toBe(isTerminal(record.status));
    }
  }));
});
