import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dispatchable,
  endCanary,
  hasWorkNow,
  behindCanary,
  hasNothingToSend,
  withCanary,
} from '../../../../shared/domain/job/canary.ts';
import { withNextWake } from '../../../../shared/domain/chunk/chunk.ts';
import { planSlots } from '../../../../shared/domain/pace/dispatch-plan.ts';
import type { Job } from '../../../../shared/domain/job/job.ts';
import { NO_COUNTS } from '../../../../shared/domain/reset/counts.ts';
import { requestCancel } from '../../../../shared/domain/job/changes.ts';
import { NEW_PACE } from '../../../../shared/domain/pace/pace.ts';
import { end } from '../../../../shared/domain/reset/changes.ts';
import { isSameStop, stop, type Stop } from '../../../../shared/domain/stops/stop.ts';
import { chunk, job, NOW, pending, SECOND } from '../records.ts';

const withPause = (pauseAfter: number, more: Partial<Job> = {}): Job =>
  job({ total: 50, chunkCount: 3, options: { skipIfResetWithinHours: 24, defaults: {}, pauseAfter }, ...more });
const running = withCanary(withPause(23), [20, 20, 10]);
const over: Job = { ...running, canary: { resets: 23, chunks: 2, isOver: true } };
const failed = (row: number) =>
  end(pending(row), 'failed', { verdict: { code: 'requestRefused', message: 'X.' } }, NOW);
const ended = (count: number) => ({ ...NO_COUNTS, succeeded: count - 1, failed: 1, pending: 50 - count });

describe('the canary of a job', () => {
  test('is so many rows, and the chunks they are in, however full those are', () => {
    expect(running.canary).toEqual({ resets: 23, chunks: 2 });
    expect(withCanary(withPause(20), [20, 20, 10]).canary).toEqual({ resets: 20, chunks: 1 });
    expect(withCanary(withPause(4, { total: 6, chunkCount: 4 }), [1, 2, 2, 1]).canary).toEqual({
      resets: 4,
      chunks: 3,
    });
  });
  test('is not there where nobody asked for it, or where it would be the whole job', () => {
    for (const plain of [job(), withPause(50), withPause(51)]) expect(withCanary(plain, [20, 20, 10])).toBe(plain);
    expect(withCanary(withPause(49), [20, 20, 10]).canary).toEqual({ resets: 49, chunks: 3 });
  });
  test('holds the rows behind it, until it is over or the job is canceled', () => {
    const rowsBehind = (each: Job) => [22, 23, 24].filter((row) => behindCanary(each)(pending(row)));
    expect([running, over, requestCancel(running, { id: 'Bo' }, NOW), job()].map(rowsBehind)).toEqual([
      [24],
      [],
      [],
      [],
    ]);
  });
  test('is dispatched alone, in chunks of any size, and then the rest', () => {
    expect(
      [running, over, requestCancel(running, { id: 'Bo' }, NOW), job({ chunkCount: 7 })].map(dispatchable),
    ).toEqual([2, 3, 3, 7]);
    const plan = planSlots(
      NEW_PACE,
      [running],
      { resetsPerSecond: 20, readsPerSecond: 60, dispatchHorizonSeconds: 120 },
      NOW,
    );
    expect([plan.slots.map((slot) => slot.chunk), plan.nextRunAt]).toEqual([[0, 1], undefined]);
    const rest = planSlots(
      NEW_PACE,
      [{ ...over, cursor: 2 }],
      { resetsPerSecond: 20, readsPerSecond: 60, dispatchHorizonSeconds: 120 },
      NOW,
    );
    expect(rest.slots.map((slot) => slot.chunk)).toEqual([2]);
  });
  test('covers exactly its rows in whatever chunks: none of them is left out of dispatch', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 600 }),
        (sizes, pauseAfter) => {
          const total = sizes.reduce((sum, size) => sum + size, 0);
          const made = withCanary(withPause(pauseAfter, { total, chunkCount: sizes.length }), sizes);
          const sent = sizes.slice(0, dispatchable(made)).reduce((sum, size) => sum + size, 0);
          const sentWithoutLast = sent - (sizes[dispatchable(made) - 1] ?? 0);
          expect(sent).toBeGreaterThanOrEqual(Math.min(pauseAfter, total));
          expect(sentWithoutLast).toBeLessThan(pauseAfter);
          expect(made.canary === undefined).toBe(pauseAfter >= total);
        },
      ),
    );
  });
});

describe('a chunk that is partly behind the canary', () => {
  const doneHere = chunk([failed(23), pending(24)]);
  test("waits when the canary's part has ended; what is to be verified is work still", () => {
    expect([
      hasNothingToSend(running, chunk([pending(23), pending(24)])),
      hasNothingToSend(running, doneHere),
      hasNothingToSend(over, doneHere),
    ]).toEqual([false, true, false]);
    expect([hasWorkNow(running, doneHere), hasWorkNow(over, doneHere)]).toEqual([false, true]);
    expect(hasWorkNow(running, chunk([{ ...failed(23), status: 'succeeded', verifyAt: NOW }, pending(24)]))).toBe(true);
  });
  test("has its wake when the canary's part is due, and is past due when only the rest is left", () => {
    const later = pending(23, { dueAt: NOW + 30 * SECOND });
    expect(withNextWake(doneHere, [later, pending(24)], 0, behindCanary(running)).dueAt).toBe(NOW + 30 * SECOND);
    expect(withNextWake(doneHere, [failed(23), pending(24)], 0, behindCanary(running))).toMatchObject({
      wake: 2,
      dueAt: NOW,
    });
    expect(withNextWake(doneHere, [later, pending(24)], 0, behindCanary(over)).dueAt).toBe(NOW);
  });
});

describe('the end of the canary', () => {
  test('stops the job with how it went, once, when all of it has ended', () => {
    expect(endCanary(running, ended(22), NOW)).toBe(running);
    const stopped = endCanary(running, ended(23), NOW);
    expect(stopped).toMatchObject({
      canary: { resets: 23, chunks: 2, isOver: true },
      stop: {
        code: 'pauseAfter',
        since: NOW,
        message: expect.stringContaining('the first 23 of 50 resets have ended: 22 succeeded, 1 failed.'),
      },
    });
    expect(stopped.stop?.message).toContain(`POST /api/jobs/${running.id}/resume`);
    const { stop: _stop, ...resumed } = stopped;
    expect(endCanary(resumed, ended(23), NOW)).toBe(resumed);
  });
  test('does not count what is in doubt', () => {
    expect(endCanary(running, { ...NO_COUNTS, succeeded: 22, sending: 1, pending: 27 }, NOW)).toBe(running);
  });
  test('waits while the job is stopped for another reason, and never comes to one that is canceled or has no canary', () => {
    for (const other of [
      stop(running, { code: 'pausedByHand', message: 'Wait.' }, NOW),
      requestCancel(running, { id: 'Bo' }, NOW),
      job(),
    ])
      expect(endCanary(other, ended(23), NOW)).toBe(other);
  });
});

test('two stops are the same by their reason and their time, whether one is being tried or not', () => {
  const one = { code: 'noToken' as const, message: 'A.', since: NOW };
  const tried: Stop = { ...one, trial: { jobId: running.id, chunk: 0, until: NOW } };
  expect([
    isSameStop(one, tried),
    isSameStop(one, { ...one, since: NOW + 1 }),
    isSameStop(one, { ...one, code: 'tenantBlocked' }),
    isSameStop(undefined, one),
    isSameStop(one, undefined),
    isSameStop(undefined, undefined),
  ]).toEqual([true, false, false, false, false, true]);
});
