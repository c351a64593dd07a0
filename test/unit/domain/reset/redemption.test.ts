import { describe, expect, test } from 'vitest';
import { taskBody, parseTask } from '../../../../shared/domain/job/task.ts';
import { isCheckable, moveOn, newCheck, redemptionOf } from '../../../../shared/domain/reset/redemption.ts';
import { end, rehearse, succeed } from '../../../../shared/domain/reset/changes.ts';
import { jobId, NOW, pending, plan, SECOND, sending, user } from '../records.ts';

const verdict = { code: 'reset', message: 'Done.' } as const;
const done = succeed(sending(), { verdict, attempts: 1 }, NOW);
const changedAt = (seconds: number) => new Date(NOW + seconds * SECOND).toISOString();

describe('redemption', () => {
  test('is pending or accepted as the directory says', () => {
    expect(
      redemptionOf(done, {
        kind: 'user',
        user: user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: changedAt(1) }),
      }),
    ).toBe('pending');
    expect(
      redemptionOf(done, {
        kind: 'user',
        user: user({ externalUserState: 'Accepted', externalUserStateChangeDateTime: changedAt(60) }),
      }),
    ).toBe('accepted');
  });
  test(
    'is unknown for a guest who is still as before the reset, whose state is none, who is gone, or whose look-up ' +
      'failed',
    () => {
      expect(redemptionOf(done, { kind: 'user', user: user() })).toBe('unknown');
      expect(redemptionOf(done, { kind: 'user', user: user({ externalUserState: null }) })).toBe('unknown');
      expect(redemptionOf(done, { kind: 'none' })).toBe('unknown');
      expect(redemptionOf(done, { kind: 'failed', class: 'retry', verdict })).toBe('unknown');
    },
  );
  test('is asked for guests who were reset, or may have been', () => {
    expect(
      [
        done,
        end(sending(), 'unknown', { verdict }, NOW),
        end(sending(), 'failed', { verdict }, NOW),
        rehearse(pending(), plan(), NOW),
      ].map(isCheckable),
    ).toEqual([true, true, false, false]);
  });
});

describe('a check', () => {
  const counts = { pending: 3, accepted: 2, unknown: 0 };
  test('moves on once over the same chunks', () => {
    const first = newCheck(NOW);
    const moved = moveOn(first, first, 5, counts, false, NOW + 1);
    expect(moved).toMatchObject({ cursor: 5, counts, movedAt: NOW + 1 });
    expect(moveOn(moved, first, 5, counts, false, NOW + 2)).toBe(moved);
    expect(moveOn(moved, moved, 6, counts, true, NOW + 3)).toMatchObject({
      cursor: 6,
      counts: { pending: 6, accepted: 4, unknown: 0 },
      endedAt: NOW + 3,
    });
  });
  test('that has ended stays', () => {
    const ended = moveOn(newCheck(NOW), newCheck(NOW), 1, counts, true, NOW);
    expect(moveOn(ended, ended, 2, counts, false, NOW)).toBe(ended);
  });
  test('that had to wait without getting on has still been moved, so that of two runs one goes on', () => {
    const first = newCheck(NOW);
    const waiting = moveOn(first, first, 0, { pending: 0, accepted: 0, unknown: 0 }, false, NOW + 1);
    expect(waiting).not.toBe(first);
    expect(moveOn(waiting, first, 0, counts, false, NOW + 2)).toBe(waiting);
  });
});

test('a task is read as it was written, and nothing else is one', () => {
  for (const task of [
    { kind: 'dispatch' },
    { kind: 'check', jobId: jobId() },
    { kind: 'cancel', jobId: jobId() },
    { kind: 'delete', jobId: jobId() },
  ] as const)
    expect(parseTask(taskBody(task))).toEqual(task);
  for (const body of [
    undefined,
    'dispatch',
    {},
    { dispatch: true },
    { version: 1 },
    { version: 2, dispatch: true },
    { version: 1, check: 'x' },
  ])
    expect(parseTask(body)).toBeUndefined();
});

test('a guest whom no reset could name, or of whom no request is known, has not redeemed as far as anybody knows', () => {
  const redeemed = {
    kind: 'user',
    user: user({ externalUserState: 'Accepted', externalUserStateChangeDateTime: changedAt(60) }),
  } as const;
  const { sent: _sent, ...unsent } = done;
  expect(redemptionOf(unsent, redeemed)).toBe('unknown');
  const { guestId: _guest, ...unnamed } = done;
  expect(isCheckable(unnamed)).toBe(false);
});

describe('of two runs of a check', () => {
  const first = newCheck(NOW);
  test('the one that is behind changes nothing, in place or in time', () => {
    expect(moveOn(first, { cursor: 1, movedAt: NOW }, 2, { pending: 1, accepted: 1, unknown: 1 }, false, NOW)).toBe(
      first,
    );
    expect(moveOn(first, { cursor: 0, movedAt: NOW - 1 }, 2, { pending: 1, accepted: 1, unknown: 1 }, false, NOW)).toBe(
      first,
    );
  });
  test('the other adds what it found, and ends only with the last chunk', () => {
    const moved = moveOn(
      moveOn(first, first, 1, { pending: 1, accepted: 2, unknown: 3 }, false, NOW),
      first,
      2,
      { pending: 10, accepted: 20, unknown: 30 },
      false,
      NOW,
    );
    expect(moved).toEqual({
      requestedAt: NOW,
      movedAt: NOW,
      cursor: 1,
      counts: { pending: 1, accepted: 2, unknown: 3 },
    });
    expect(moveOn(moved, moved, 2, { pending: 10, accepted: 20, unknown: 30 }, false, NOW + 1).counts).toEqual({
      pending: 11,
      accepted: 22,
      unknown: 33,
    });
  });
});

test('a task is one only of this version, of a known kind, for a job', () => {
  expect(taskBody({ kind: 'dispatch' })).toEqual({ version: 1, dispatch: true });
  expect(taskBody({ kind: 'cancel', jobId: jobId() })).toEqual({ version: 1, cancel: jobId() });
  for (const body of [
    null,
    7,
    { version: 2, check: jobId() },
    { version: 1, dispatch: false },
    { version: 1, dispatch: 'true' },
    { version: 1, resume: jobId() },
    { version: 1, delete: null },
  ])
    expect(parseTask(body)).toBeUndefined();
});

test(
  'a guest whose state is neither pending nor accepted has not redeemed as far as anybody knows, however new that ' +
    'is',
  () => {
    expect(
      redemptionOf(done, {
        kind: 'user',
        user: user({ externalUserState: null, externalUserStateChangeDateTime: changedAt(60) }),
      }),
    ).toBe('unknown');
  },
);
