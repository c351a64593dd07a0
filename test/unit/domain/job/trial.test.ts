import { describe, expect, test } from 'vitest';
import { canBeTried, canTryNow, guestToTry, mayBeTried, preference } from '../../../../shared/domain/job/trial.ts';
import { requestCancel } from '../../../../shared/domain/job/changes.ts';
import type { ResetRecord } from '../../../../shared/domain/reset/reset.ts';
import { chunk, job, NOW, pending, SECOND, sending } from '../records.ts';

const verdict = { code: 'graphFailed', message: 'Later.' } as const;
const refused = { ...verdict, code: 'notAuthorized' } as const;
const inDoubt = (row: number, at = NOW): ResetRecord => {
  const record = sending({}, row);
  const { sent } = record;
  return {
    ...record,
    nextAction: 'look',
    dueAt: NOW + 180 * SECOND,
    ...(sent !== undefined && { sent: { ...sent, at } }),
  };
};
const later = NOW + 60 * SECOND;
const begunWaiting = pending(1, { startedAt: NOW - 9, dueAt: later });
const retried = pending(2, { startedAt: NOW - 9, dueAt: later, verdict });
const waiting = pending(3, { dueAt: later });
const refusedBefore = pending(4, { startedAt: NOW - 9, verdict: refused });
const fresh = pending(5);
const begun = pending(6, { startedAt: NOW - 9, verdict });

describe('of a chunk the trial takes', () => {
  const rowOf = (...records: ResetRecord[]) => guestToTry(job(), chunk(records), NOW)?.request.row;
  test.each([
    ['who was begun with, before a fresh one', [fresh, begun], 6],
    ['who waits because Graph asks to, before a fresh one', [fresh, begunWaiting], 1],
    ['a fresh one, before one who was refused', [refusedBefore, fresh], 5],
    ['who was refused, before one who waits for a retry', [retried, refusedBefore], 4],
    ['who waits, where nobody else is', [waiting, inDoubt(7)], 3],
    ['never one in doubt', [inDoubt(7)], undefined],
  ])('%s', (_words, records, row) => {
    expect(rowOf(...records)).toBe(row);
  });
  test('nobody behind the canary', () => {
    const running = job({ total: 9, canary: { resets: 4, chunks: 1 } });
    expect(guestToTry(running, chunk([fresh, waiting]), NOW)?.request.row).toBe(3);
    expect(guestToTry(running, chunk([fresh]), NOW)).toBeUndefined();
  });
});

test('a chunk can say more at once while somebody is due, or waits because Graph asks to', () => {
  const say = (...records: ResetRecord[]) => canTryNow(job(), chunk(records), NOW);
  expect([
    say(fresh),
    say(refusedBefore),
    say(begunWaiting),
    say(retried),
    say(waiting),
    say(inDoubt(7)),
    say(),
  ]).toEqual([true, true, true, false, false, false, false]);
});

test('a chunk can be tried as long as somebody is to be sent, or the answer of one who was tried is lost', () => {
  const stoppedAt = NOW - 60 * SECOND;
  const can = (...records: ResetRecord[]) => canBeTried(job(), chunk(records), stoppedAt);
  const odd = { ...inDoubt(7), oddAnswer: verdict };
  const all = [can(waiting), can(inDoubt(7)), can(inDoubt(7, stoppedAt - 1)), can(odd), can()];
  expect(all).toEqual([true, true, false, false, false]);
});

test('a job is tried that sends, and whose time has come', () => {
  const { options } = job();
  const may = [
    job(),
    job({ options: { ...options, notBefore: NOW } }),
    job({ options: { ...options, notBefore: NOW + 1 } }),
    job({ options: { ...options, dryRun: true } }),
    requestCancel(job(), { id: 'Bo' }, NOW),
    job({ endedAt: NOW }),
    job({ status: 'receiving' }),
  ].map((each) => mayBeTried(each, NOW));
  expect(may).toEqual([true, true, false, false, false, false, false]);
});

test(
  'of several chunks the trial prefers one with a fresh guest, then ' +
    'the refused, then the first of those that wait',
  () => {
    const due = { dueAt: NOW };
    const chunks = {
      fresh: chunk([refusedBefore, fresh], due),
      refused: chunk([refusedBefore], due),
      waitsShort: chunk([waiting], due),
      sending: chunk([fresh], { ...due, quietUntil: later + 1 }),
      doubt: chunk([inDoubt(7)], due),
    };
    const order = Object.entries(chunks).toSorted(([, one], [, other]) => {
      const [first, second] = [preference(job(), one, NOW), preference(job(), other, NOW)];
      return first[0] - second[0] || first[1] - second[1];
    });
    expect(order.map(([name]) => name)).toEqual(['fresh', 'refused', 'waitsShort', 'sending', 'doubt']);
  },
);
