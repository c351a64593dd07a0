import { describe, expect, test } from 'vitest';
import { decideWake, parseWake, type Wake } from '../../../../shared/domain/chunk/wake.ts';
import { end } from '../../../../shared/domain/reset/changes.ts';
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts';
import { chunk, jobId, NOW, pending, SECOND, sending } from '../records.ts';

const wake = (number: number): Wake => ({ version: 1, jobId: jobId(), chunk: 0, wake: number });
const ended = end(pending(), 'failed', { verdict: { code: 'requestRefused', message: 'x' } }, NOW);

describe('a wake', () => {
  test('of a chunk that is due is work', () => {
    expect(decideWake(chunk(), wake(1), false, NOW)).toEqual({ kind: 'work' });
  });
  test('of a chunk that is gone or has ended is complete, even while parked', () => {
    expect(decideWake(undefined, wake(1), false, NOW)).toEqual({ kind: 'complete', reason: 'chunkGone' });
    expect(decideWake(chunk([ended]), wake(1), true, NOW)).toEqual({ kind: 'complete', reason: 'chunkEnded' });
  });
  test("older than the row's has the row's own sent again, when that is due", () => {
    expect(decideWake(chunk([pending()], { wake: 3, dueAt: NOW + 60 * SECOND }), wake(2), false, NOW)).toEqual({
      kind: 'resendCurrent',
      wake: 3,
      at: NOW + 60 * SECOND,
    });
    expect(
      decideWake(
        chunk([pending()], { wake: 3, dueAt: NOW - SECOND, attemptId: 'a', quietUntil: NOW + 9 * SECOND }),
        wake(2),
        true,
        NOW,
      ),
    ).toEqual({ kind: 'resendCurrent', wake: 3, at: NOW + 9 * SECOND });
  });
  test('comes back after the attempt that is on its way, never before', () => {
    const live = chunk([pending()], { attemptId: 'a', quietUntil: NOW + 100 * SECOND });
    expect(decideWake(live, wake(1), false, NOW)).toEqual({ kind: 'comeBack', at: NOW + 100 * SECOND });
    expect(decideWake(live, wake(1), true, NOW)).toEqual({ kind: 'comeBack', at: NOW + 100 * SECOND });
    expect(decideWake(live, wake(1), false, NOW + 100 * SECOND)).toEqual({ kind: 'work' });
  });
  test('that is early comes back when it is due, a moment early is waited for in place', () => {
    expect(decideWake(chunk([pending()], { dueAt: NOW + 5 * SECOND }), wake(1), false, NOW)).toEqual({
      kind: 'comeBack',
      at: NOW + 5 * SECOND,
    });
    expect(decideWake(chunk([pending()], { dueAt: NOW + SECOND }), wake(1), false, NOW)).toEqual({ kind: 'work' });
  });
  test('of a chunk with a request in doubt looks even while everything is stopped, once that is due', () => {
    const doubtful = chunk([pending(1), sending({}, 2)], { dueAt: NOW });
    const quiet = NOW + DEFAULT_POLICY.quietSeconds * SECOND;
    expect(decideWake(doubtful, wake(1), true, NOW)).toEqual({ kind: 'comeBack', at: quiet });
    expect(decideWake(doubtful, wake(1), true, quiet)).toEqual({ kind: 'work' });
  });
  test('of a chunk with a success to be verified looks once more even while everything is stopped', () => {
    const partly = chunk([pending(1), pending(2, { status: 'succeeded', verifyAt: NOW + 60 * SECOND })]);
    expect([decideWake(partly, wake(1), true, NOW), decideWake(partly, wake(1), true, NOW + 60 * SECOND)]).toEqual([
      { kind: 'comeBack', at: NOW + 60 * SECOND },
      { kind: 'work' },
    ]);
  });
  test('is complete while everything is stopped', () => {
    expect(decideWake(chunk(), wake(1), true, NOW)).toEqual({ kind: 'complete', reason: 'parked' });
  });
});

test('only a message of version 1 with a job id and whole numbers is a wake', () => {
  expect(parseWake(wake(1))).toEqual(wake(1));
  for (const body of [
    undefined,
    null,
    'text',
    7,
    {},
    { ...wake(1), version: 2 },
    { ...wake(1), jobId: 'nonsense' },
    { ...wake(1), wake: 0 },
    { ...wake(1), chunk: -1 },
    { ...wake(1), chunk: 1.5 },
  ]) {
    expect(parseWake(body)).toBeUndefined();
  }
});

test('a wake may be of the first chunk and may carry more than it must, but no numbers as text', () => {
  expect(parseWake({ ...wake(1), chunk: 0, more: true })).toEqual(wake(1));
  expect(parseWake({ ...wake(1), chunk: 7 })).toEqual({ ...wake(1), chunk: 7 });
  for (const body of [
    { ...wake(1), wake: '1' },
    { ...wake(1), chunk: '0' },
    { ...wake(1), wake: 1.5 },
    { ...wake(1), version: '1' },
    { ...wake(1), wake: Number.MAX_SAFE_INTEGER + 1 },
  ])
    expect(parseWake(body)).toBeUndefined();
});

describe('the moment of a wake', () => {
  test('may be three seconds early, and no more', () => {
    expect(decideWake(chunk([pending()], { dueAt: NOW + 3_000 }), wake(1), false, NOW)).toEqual({ kind: 'work' });
    expect(decideWake(chunk([pending()], { dueAt: NOW + 3_001 }), wake(1), false, NOW)).toEqual({
      kind: 'comeBack',
      at: NOW + 3_001,
    });
  });
  test('that comes back waits for the attempt and for the due time, whichever is later', () => {
    expect(
      decideWake(
        chunk([pending()], { dueAt: NOW + 200 * SECOND, attemptId: 'a', quietUntil: NOW + 100 * SECOND }),
        wake(1),
        false,
        NOW,
      ),
    ).toEqual({ kind: 'comeBack', at: NOW + 200 * SECOND });
  });
  test('that is sent again is never in the past', () => {
    expect(decideWake(chunk([pending()], { wake: 3, dueAt: NOW - SECOND }), wake(2), false, NOW)).toEqual({
      kind: 'resendCurrent',
      wake: 3,
      at: NOW,
    });
  });
  test("newer than the row's, as after a lagging read, is treated as the current one", () => {
    expect(decideWake(chunk([pending()], { wake: 3 }), wake(4), false, NOW)).toEqual({ kind: 'work' });
  });
});

test('of several requests in doubt the first that is due is looked at, although everything is stopped', () => {
  const doubts = chunk([
    { ...sending({}, 1), dueAt: NOW + 50 * SECOND },
    { ...sending({}, 2), dueAt: NOW + 20 * SECOND },
  ]);
  expect(decideWake(doubts, wake(1), true, NOW)).toEqual({ kind: 'comeBack', at: NOW + 20 * SECOND });
  expect(decideWake(doubts, wake(1), true, NOW + 20 * SECOND)).toEqual({ kind: 'work' });
});
