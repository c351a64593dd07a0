import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changeResets,
  CHUNK_MAX_RESETS,
  hasLiveAttempt,
  hasWork,
  isEnded,
  newChunk,
  withNextWake,
} from '../../../../shared/domain/chunk/chunk.ts';
import { countResets } from '../../../../shared/domain/reset/counts.ts';
import { sumOf } from '../../../../shared/domain/reset/counts.ts';
import { isInDoubt, isTerminal, RESET_STATUSES } from '../../../../shared/domain/reset/reset.ts';
import { chunk, jobId, NOW, pending, request, SECOND, sending } from '../records.ts';

test('a new chunk has everything pending, and waits for wake 1', () => {
  const fresh = newChunk(jobId(), 3, [request(61), request(62)], NOW);
  expect(fresh).toMatchObject({ jobId: jobId(), index: 3, wake: 1, dueAt: NOW });
  expect(fresh.resets).toEqual([pending(61), pending(62)]);
  expect([isEnded(fresh), hasLiveAttempt(fresh, NOW)]).toEqual([false, false]);
});

test('a chunk is no larger than one batch of look-ups', () => {
  expect(CHUNK_MAX_RESETS).toBe(20);
});

test('an attempt is alive until its quiet time is over, and not a moment longer', () => {
  const owned = chunk([pending()], { attemptId: 'a', quietUntil: NOW });
  expect(hasLiveAttempt(owned, NOW - 1)).toBe(true);
  expect(hasLiveAttempt(owned, NOW)).toBe(false);
});

const resets = fc
  .array(
    fc.record({ status: fc.constantFrom(...RESET_STATUSES), dueAt: fc.integer({ min: NOW, max: NOW + 900 * SECOND }) }),
    { minLength: 1, maxLength: 20 },
  )
  .map((all) => all.map((one, position) => pending(position + 1, one)));

describe('whatever a visit leaves behind', () => {
  test('no open reset is without a wake at or before its due time, and no ended one causes a wake', () => {
    fc.assert(
      fc.property(resets, fc.integer({ min: 1, max: 50 }), (left, wake) => {
        const before = chunk([pending()], { wake, dueAt: NOW - SECOND, attemptId: 'a', quietUntil: NOW });
        const after = withNextWake(before, left);
        const open = left.filter(({ status }) => !isTerminal(status)).map(({ dueAt }) => dueAt);
        expect(isEnded(after)).toBe(open.length === 0);
        expect(after.wake).toBe(open.length === 0 ? wake : wake + 1);
        expect(after.dueAt).toBe(open.length === 0 ? before.dueAt : Math.min(...open));
        expect('attemptId' in after || 'quietUntil' in after).toBe(false);
      }),
    );
  });
  test('its counters add up to its resets', () => {
    fc.assert(
      fc.property(resets, (left) => {
        const counts = countResets(left);
        expect(sumOf(counts)).toBe(left.length);
        for (const status of RESET_STATUSES)
          expect(counts[status]).toBe(left.filter((reset) => reset.status === status).length);
      }),
    );
  });
});

test('changes reach the reset of their row, wherever it stands, and no other', () => {
  const rows = [pending(41), pending(42), pending(43)];
  const changed = pending(42, { attempts: 5 });
  expect(
    changeResets(
      rows,
      new Map([
        [42, () => changed],
        [1, () => pending(1)],
      ]),
    ),
  ).toEqual([rows[0], changed, rows[2]]);
});

test('a chunk has work as long as any of its resets is open, or is to be looked at once more', () => {
  const ended = pending(1, { status: 'failed' });
  expect([
    hasWork(chunk([ended, pending(2)])),
    hasWork(chunk([ended, pending(2, { status: 'succeeded', verifyAt: NOW })])),
    hasWork(chunk([ended, ended])),
    hasWork(chunk([])),
  ]).toEqual([true, true, false, false]);
});

test('the next wake is put off where the whole chunk has to wait, and never brought forward', () => {
  const left = [pending(1, { dueAt: NOW + 5 * SECOND })];
  expect([withNextWake(chunk(), left, NOW + 9 * SECOND).dueAt, withNextWake(chunk(), left, NOW).dueAt]).toEqual([
    NOW + 9 * SECOND,
    NOW + 5 * SECOND,
  ]);
});

test('a reset in doubt is one that was sent and waits for a look', () => {
  expect([pending(), sending(), pending(1, { status: 'unknown' })].map(isInDoubt)).toEqual([false, true, false]);
});
