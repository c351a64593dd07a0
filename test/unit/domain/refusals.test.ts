import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../shared/domain/classify.ts';
import { countRefusals, isFirstRefusal, wasRefused } from '../../../shared/domain/refusals.ts';
import { beginTrial, stop } from '../../../shared/domain/stop.ts';
import { job, NOW } from './records.ts';

const verdict = { code: 'notAuthorized', message: 'Refused.', retryable: true };
const refused: Outcome = { kind: 'failed', verdict };
const LIMIT = 5;

describe('ambiguous refusals', () => {
  test('count once for each guest', () => {
    expect(isFirstRefusal(refused, undefined)).toBe(true);
    expect(isFirstRefusal(refused, { ...verdict, code: 'throttled' })).toBe(true);
    expect(isFirstRefusal(refused, verdict)).toBe(false);
    expect(isFirstRefusal({ kind: 'failed', verdict: { ...verdict, code: 'guestNotFound' } }, undefined)).toBe(false);
  });
  test('stop the job when there are enough of them in a row', () => {
    const once = countRefusals(job(), 0, { refused: 4, succeeded: 0 }, LIMIT, NOW);
    expect(once).toMatchObject({ refusals: 4 });
    expect(once.stop).toBeUndefined();
    expect(countRefusals(once, 1, { refused: 1, succeeded: 0 }, LIMIT, NOW)).toMatchObject({
      refusals: 0,
      stop: { code: 'refusedRepeatedly', since: NOW },
    });
  });
  test('begin anew with every success', () => {
    expect(countRefusals(job({ refusals: 4 }), 0, { refused: 19, succeeded: 1 }, LIMIT, NOW)).toMatchObject({
      refusals: 0,
    });
    const clean = job();
    expect(countRefusals(clean, 0, { refused: 0, succeeded: 20 }, LIMIT, NOW)).toBe(clean);
  });
  test('stop a job at the first one where it is being tried', () => {
    const trying = beginTrial(stop(job(), { code: 'x', message: 'X.' }, NOW - 10), {
      jobId: job().id,
      chunk: 2,
      until: NOW,
    });
    expect(countRefusals(trying, 2, { refused: 1, succeeded: 0 }, LIMIT, NOW).stop).toEqual({
      code: 'refusedRepeatedly',
      message: expect.any(String),
      since: NOW,
    });
    expect(countRefusals(trying, 3, { refused: 1, succeeded: 0 }, LIMIT, NOW).stop?.trial).toBeDefined();
  });
});

describe('a job that met no refusal', () => {
  test('comes back itself, so that nothing is written', () => {
    const before = job({ refusals: 3 });
    expect(countRefusals(before, 0, { refused: 0, succeeded: 0 }, LIMIT, NOW)).toBe(before);
    const clean = job({ refusals: 0 });
    expect(countRefusals(clean, 0, { refused: 0, succeeded: 1 }, LIMIT, NOW)).toBe(clean);
  });
});

test('refusals of several visits add up, and the last of them stops the job', () => {
  expect(countRefusals(job({ refusals: 2 }), 0, { refused: 2, succeeded: 0 }, LIMIT, NOW)).toMatchObject({
    refusals: 4,
  });
  expect(countRefusals(job({ refusals: 2 }), 0, { refused: 9, succeeded: 0 }, LIMIT, NOW)).toMatchObject({
    refusals: 0,
    stop: { message: expect.stringContaining('User.Invite.All') },
  });
});

test('only an answer that failed is a refusal, and only this one code', () => {
  expect(isFirstRefusal({ kind: 'notDone', verdict }, undefined)).toBe(false);
  expect(isFirstRefusal({ kind: 'throttled', wait: { seconds: 1 } }, undefined)).toBe(false);
  expect([wasRefused(verdict), wasRefused({ ...verdict, code: 'throttled' }), wasRefused(undefined)]).toEqual([
    true,
    false,
    false,
  ]);
});

test('guests who are refused beside one who is reset do not stop the job', () => {
  expect(countRefusals(job({ refusals: 4 }), 0, { refused: 19, succeeded: 1 }, LIMIT, NOW)).not.toHaveProperty('stop');
});
