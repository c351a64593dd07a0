import { describe, expect, test } from 'vitest';
import { decideWake, parseWake, type Wake } from '../../../shared/domain/wake.ts';
import { end } from '../../../shared/domain/reset-changes.ts';
import { DEFAULT_POLICY } from '../../../shared/domain/policy.ts';
import { chunk, jobId, NOW, pending, SECOND, sending } from './records.ts';

const wake = (number: number): Wake => ({ version: 1, jobId: jobId(), chunk: 0, wake: number });
const ended = end(pending(), 'failed', { verdict: { code: 'x', message: 'x', retryable: false } }, NOW);

describe('a wake', () => {
  test('of a chunk that is due is work', () => {
    expect(decideWake(chunk(), wake(1), false, NOW)).toEqual({ kind: 'work' });
  });
  test('of a chunk that is gone or has ended is complete, even while parked', () => {
    expect(decideWake(undefined, wake(1), false, NOW)).toEqual({ kind: 'complete', reason: 'chunkGone' });
    expect(decideWake(chunk([ended]), wake(1), true, NOW)).toEqual({ kind: 'complete', reason: 'chunkEnded' });
  });
  test('older than the row\'s has the row\'s own sent again, when that is due', () => {
    expect(decideWake(chunk([pending()], { wake: 3, dueAt: NOW + 60 * SECOND }), wake(2), false, NOW)).toEqual({ kind: 'resendCurrent', wake: 3, at: NOW + 60 * SECOND });
    expect(decideWake(chunk([pending()], { wake: 3, dueAt: NOW - SECOND, attemptId: 'a', quietUntil: NOW + 9 * SECOND }), wake(2), true, NOW))
      .toEqual({ kind: 'resendCurrent', wake: 3, at: NOW + 9 * SECOND });
  });
  test('comes back after the attempt that is on its way, never before', () => {
    const live = chunk([pending()], { attemptId: 'a', quietUntil: NOW + 100 * SECOND });
    expect(decideWake(live, wake(1), false, NOW)).toEqual({ kind: 'comeBack', at: NOW + 100 * SECOND });
    expect(decideWake(live, wake(1), true, NOW)).toEqual({ kind: 'comeBack', at: NOW + 100 * SECOND });
    expect(decideWake(live, wake(1), false, NOW + 100 * SECOND)).toEqual({ kind: 'work' });
  });
  test('that is early comes back when it is due, a moment early is waited for in place', () => {
    expect(decideWake(chunk([pending()], { dueAt: NOW + 5 * SECOND }), wake(1), false, NOW)).toEqual({ kind: 'comeBack', at: NOW + 5 * SECOND });
    expect(decideWake(chunk([pending()], { dueAt: NOW + SECOND }), wake(1), false, NOW)).toEqual({ kind: 'work' });
  });
  test('of a chunk with a request in doubt looks even while everything is stopped, once that is due', () => {
    const doubtful = chunk([pending(1), sending({}, 2)], { dueAt: NOW });
    const quiet = NOW + DEFAULT_POLICY.quietSeconds * SECOND;
    expect(decideWake(doubtful, wake(1), true, NOW)).toEqual({ kind: 'comeBack', at: quiet });
    expect(decideWake(doubtful, wake(1), true, quiet)).toEqual({ kind: 'work' });
  });
  test('is complete while everything is stopped', () => {
    expect(decideWake(chunk(), wake(1), true, NOW)).toEqual({ kind: 'complete', reason: 'parked' });
  });
});

test('only a message of version 1 with a job id and whole numbers is a wake', () => {
  expect(parseWake(wake(1))).toEqual(wake(1));
  for (const body of [undefined, null, 'text', 7, {}, { ...wake(1), version: 2 }, { ...wake(1), jobId: 'nonsense' }, { ...wake(1), wake: 0 }, { ...wake(1), chunk: -1 }, { ...wake(1), chunk: 1.5 }]) {
    expect(parseWake(body)).toBeUndefined();
  }
});
