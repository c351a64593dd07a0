import { describe, expect, test } from 'vitest';
import { claimAfterDelete, decideClaim, isClaimOf, type GuestClaim } from '../../../../shared/domain/claim/claim.ts';
import { end, succeed } from '../../../../shared/domain/reset/changes.ts';
import { chunk, jobId, NOW, pending, SECOND, sending } from '../records.ts';

const HOUR = 3_600 * SECOND;
const mine = { jobId: jobId(1), chunk: 4, row: 7 };
const theirs: GuestClaim = { jobId: jobId(2), chunk: 0, row: 1, attemptId: 'theirs' };
const settings = { jobSubmittedAt: NOW - HOUR, skipIfResetWithinHours: 24 };
const verdict = { code: 'requestRefused', message: 'x' } as const;
const succeeded = (at: number) => chunk([succeed(sending(), { verdict, attempts: 1 }, at)]);

describe('a guest whom another reset has claimed', () => {
  test('is waited for while that one may be on its way', () => {
    const live = chunk([sending()], { attemptId: 'theirs', quietUntil: NOW + 180 * SECOND });
    const decision = decideClaim(mine, theirs, live, settings, NOW);
    expect(decision).toMatchObject({ kind: 'wait', jobId: theirs.jobId });
    expect(decision.kind === 'wait' && decision.until).toBeGreaterThan(NOW + 180 * SECOND);
  });
  test('is waited for while that one is in doubt', () => {
    expect(decideClaim(mine, theirs, chunk([sending()]), settings, NOW + HOUR)).toMatchObject({ kind: 'wait' });
  });
  test('is skipped when that one succeeded since this job came, whatever the hours say', () => {
    expect(decideClaim(mine, theirs, succeeded(NOW - 1), { ...settings, skipIfResetWithinHours: 0 }, NOW)).toEqual({
      kind: 'skip',
      success: { jobId: theirs.jobId, at: NOW - 1 },
    });
  });
  test('is skipped within the hours, taken after them', () => {
    expect(decideClaim(mine, theirs, succeeded(NOW - 23 * HOUR), settings, NOW)).toMatchObject({ kind: 'skip' });
    expect(decideClaim(mine, theirs, succeeded(NOW - 25 * HOUR), settings, NOW)).toEqual({
      kind: 'take',
      lastSuccess: { jobId: theirs.jobId, at: NOW - 25 * HOUR },
    });
    expect(
      decideClaim(mine, theirs, succeeded(NOW - 2 * HOUR), { ...settings, skipIfResetWithinHours: 1 }, NOW),
    ).toMatchObject({ kind: 'take' });
  });
  test('is taken when that one waits, failed, or is gone', () => {
    for (const holder of [chunk([pending()]), chunk([end(pending(), 'failed', { verdict }, NOW)]), undefined]) {
      expect(decideClaim(mine, theirs, holder, settings, NOW)).toEqual({ kind: 'take' });
    }
  });
  test('is skipped for a success that stands behind a later failure', () => {
    const claim = { ...theirs, lastSuccess: { jobId: jobId(3), at: NOW - 2 * HOUR } };
    expect(decideClaim(mine, claim, chunk([end(pending(), 'failed', { verdict }, NOW)]), settings, NOW)).toEqual({
      kind: 'skip',
      success: claim.lastSuccess,
    });
  });
});

test('an earlier attempt of the same reset is taken over, and keeps what it knew', () => {
  const lastSuccess = { jobId: jobId(3), at: NOW - 30 * HOUR };
  expect(decideClaim(mine, { ...mine, attemptId: 'before', lastSuccess }, chunk([sending()]), settings, NOW)).toEqual({
    kind: 'take',
    lastSuccess,
  });
});

test('an attempt that comes late does not write over the claim of the one that has taken over', () => {
  const own = { jobId: jobId(), chunk: 0, row: 1 };
  const holder = chunk([sending()], { attemptId: 'second', quietUntil: NOW + 100 * SECOND });
  const current = { ...own, attemptId: 'second' };
  expect(decideClaim({ ...own, attemptId: 'first' }, current, holder, settings, NOW)).toEqual({ kind: 'superseded' });
  expect(decideClaim({ ...own, attemptId: 'second' }, { ...own, attemptId: 'first' }, holder, settings, NOW)).toEqual({
    kind: 'take',
  });
});

describe('how long another reset is waited for', () => {
  const until = (holder: Parameters<typeof decideClaim>[2], now = NOW) => {
    const decision = decideClaim(mine, theirs, holder, settings, now);
    return decision.kind === 'wait' ? decision.until : decision.kind;
  };
  test('until its quiet time and its next look are over, and a while for that look', () => {
    expect(until(chunk([sending()], { attemptId: 'theirs', quietUntil: NOW + 200 * SECOND }))).toBe(NOW + 215 * SECOND);
    expect(
      until(
        chunk([{ ...sending(), dueAt: NOW + 300 * SECOND }], { attemptId: 'theirs', quietUntil: NOW + 200 * SECOND }),
      ),
    ).toBe(NOW + 315 * SECOND);
  });
  test(
    'a while at first, where the attempt is its own; then as long as that has lasted, and never longer than its ' +
      'quiet time and a while',
    () => {
      const holder = chunk([sending()], { attemptId: 'attempt', quietUntil: NOW + 180 * SECOND });
      const waits: number[] = [];
      for (let now = NOW + SECOND; now < NOW + 180 * SECOND; now = Number(until(holder, now)))
        waits.push((Number(until(holder, now)) - now) / SECOND);
      expect(waits).toEqual([15, 16, 32, 64, 67]);
      expect(waits.reduce((sum, wait) => sum + wait, 1)).toBe(195);
      expect(until(holder, NOW - 100 * SECOND)).toBe(NOW - 85 * SECOND);
    },
  );
  test('until its next look where no attempt is alive', () => {
    expect(until(chunk([{ ...sending(), dueAt: NOW + 60 * SECOND }]))).toBe(NOW + 75 * SECOND);
    expect(until(chunk([{ ...sending(), dueAt: NOW + 60 * SECOND }], { quietUntil: NOW - SECOND }))).toBe(
      NOW + 75 * SECOND,
    );
  });
  test('until its next look where its attempt has ended without an answer, however long that one lasted', () => {
    const inDoubt = { ...sending(), dueAt: NOW + 900 * SECOND };
    expect(until(chunk([inDoubt], { attemptId: 'attempt', quietUntil: NOW + 180 * SECOND }), NOW + 180 * SECOND)).toBe(
      NOW + 915 * SECOND,
    );
  });
  test('a while from now where that look is due already', () => {
    expect(until(chunk([sending()]), NOW + HOUR)).toBe(NOW + HOUR + 15 * SECOND);
  });
  test('not at all for another row of its chunk', () => {
    expect(until(chunk([pending(1), sending({}, 2)]))).toBe('take');
  });
});

describe('a success', () => {
  const failed = chunk([end(pending(), 'failed', { verdict }, NOW)]);
  test('counts when it came at the very moment of the submission, and at no moment before the hours', () => {
    expect(
      decideClaim(mine, theirs, succeeded(settings.jobSubmittedAt), { ...settings, skipIfResetWithinHours: 0 }, NOW)
        .kind,
    ).toBe('skip');
    expect(decideClaim(mine, theirs, succeeded(NOW - 25 * HOUR), settings, NOW).kind).toBe('take');
    expect(decideClaim(mine, theirs, succeeded(NOW - 25 * HOUR + 1), settings, NOW).kind).toBe('skip');
  });
  test('that is newer stands before an older one, wherever it is written', () => {
    const older = { jobId: jobId(3), at: NOW - 40 * HOUR };
    expect(decideClaim(mine, { ...theirs, lastSuccess: older }, succeeded(NOW - 30 * HOUR), settings, NOW)).toEqual({
      kind: 'take',
      lastSuccess: { jobId: theirs.jobId, at: NOW - 30 * HOUR },
    });
    expect(
      decideClaim(
        mine,
        { ...theirs, lastSuccess: { ...older, at: NOW - 26 * HOUR } },
        succeeded(NOW - 30 * HOUR),
        settings,
        NOW,
      ),
    ).toEqual({ kind: 'take', lastSuccess: { jobId: jobId(3), at: NOW - 26 * HOUR } });
  });
  test('of this very reset is no success of another one', () => {
    const own = { jobId: jobId(), chunk: 0, row: 1 };
    expect(decideClaim(own, { ...own, attemptId: 'before' }, succeeded(NOW - SECOND), settings, NOW)).toEqual({
      kind: 'take',
    });
    for (const other of [{ jobId: jobId(1) }, { chunk: 1 }, { row: 2 }]) {
      const resets = [
        pending(1),
        ...succeeded(NOW - SECOND).resets.map((reset) => ({ ...reset, request: { ...reset.request, row: 2 } })),
      ];
      const holder = 'row' in other ? chunk(resets) : succeeded(NOW - SECOND);
      expect(
        decideClaim(own, { ...own, ...other, attemptId: 'theirs' }, holder, settings, NOW).kind,
        JSON.stringify(other),
      ).toBe('skip');
    }
  });
  test('is kept when the reset that it belongs to is deleted, until it is as old as jobs are kept', () => {
    const record = succeed(sending(), { verdict, attempts: 1 }, NOW);
    const memory = { addresses: ['a@x.example'], at: NOW };
    expect(claimAfterDelete({ ...theirs, memory }, theirs, record, NOW)).toEqual({
      ...theirs,
      lastSuccess: { jobId: theirs.jobId, at: NOW },
    });
    expect(claimAfterDelete(theirs, theirs, record, NOW + 1)).toBeUndefined();
    expect(
      claimAfterDelete(
        { ...theirs, lastSuccess: { jobId: jobId(3), at: NOW - HOUR } },
        theirs,
        end(pending(), 'failed', { verdict }, NOW),
        NOW - HOUR,
      )?.lastSuccess,
    ).toEqual({ jobId: jobId(3), at: NOW - HOUR });
  });
  test('is forgotten with a reset that had none, and no claim of another reset is touched', () => {
    const record = failed.resets[0] ?? pending();
    expect(claimAfterDelete(theirs, theirs, record, 0)).toBeUndefined();
    for (const other of [{ jobId: jobId(9) }, { chunk: 9 }, { row: 9 }])
      expect(claimAfterDelete(theirs, { ...theirs, ...other }, record, 0)).toBe(theirs);
  });
});

test('a claim belongs to the attempt that wrote it, for that reset, and to no other', () => {
  const { attemptId } = theirs;
  expect(isClaimOf(theirs, theirs, attemptId)).toBe(true);
  for (const other of [{ jobId: jobId(9) }, { chunk: 9 }, { row: 9 }])
    expect(isClaimOf(theirs, { ...theirs, ...other }, attemptId)).toBe(false);
  expect([
    isClaimOf(theirs, theirs, 'mine'),
    isClaimOf(theirs, theirs, undefined),
    isClaimOf(undefined, theirs, attemptId),
  ]).toEqual([false, false, false]);
});

test('an attempt takes the guest over from an earlier one whose chunk is gone', () => {
  expect(
    decideClaim({ ...mine, attemptId: 'first' }, { ...mine, attemptId: 'second' }, undefined, settings, NOW),
  ).toEqual({ kind: 'take' });
});

test('an attempt is not superseded by one of another reset', () => {
  const holder = chunk([pending()], { attemptId: 'theirs', quietUntil: NOW });
  expect(decideClaim({ ...mine, attemptId: 'first' }, theirs, holder, settings, NOW)).toEqual({ kind: 'take' });
});

test('whoever only looks who has the guest is not superseded by an attempt of the same reset', () => {
  const own = { jobId: jobId(), chunk: 0, row: 1 };
  expect(
    decideClaim(
      own,
      { ...own, attemptId: 'a' },
      chunk([sending()], { attemptId: 'b', quietUntil: NOW }),
      settings,
      NOW,
    ),
  ).toEqual({ kind: 'take' });
});
