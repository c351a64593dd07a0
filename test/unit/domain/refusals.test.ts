import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../shared/domain/classify.ts';
import { countRefusals, isFirstRefusal } from '../../../shared/domain/refusals.ts';
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
    expect(countRefusals(once, 1, { refused: 1, succeeded: 0 }, LIMIT, NOW)).toMatchObject({ refusals: 0, stop: { code: 'refusedRepeatedly', since: NOW } });
  });
  test('begin anew with every success', () => {
    expect(countRefusals(job({ refusals: 4 }), 0, { refused: 19, succeeded: 1 }, LIMIT, NOW)).toMatchObject({ refusals: 0 });
    const clean = job();
    expect(countRefusals(clean, 0, { refused: 0, succeeded: 20 }, LIMIT, NOW)).toBe(clean);
  });
  test('stop a job at the first one where it is being tried', () => {
    const trying = beginTrial(stop(job(), { code: 'x', message: 'X.' }, NOW - 10), { jobId: job().id, chunk: 2, until: NOW });
    expect(countRefusals(trying, 2, { refused: 1, succeeded: 0 }, LIMIT, NOW).stop).toEqual({ code: 'refusedRepeatedly', message: expect.any(String), since: NOW });
    expect(countRefusals(trying, 3, { refused: 1, succeeded: 0 }, LIMIT, NOW).stop?.trial).toBeDefined();
  });
});
