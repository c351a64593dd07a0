import { describe, expect, test } from 'vitest';
import { decideClaim, type GuestClaim } from '../../../shared/domain/claim.ts';
import { end, succeed } from '../../../shared/domain/reset-changes.ts';
import { chunk, jobId, NOW, pending, SECOND, sending } from './records.ts';

const HOUR = 3_600 * SECOND;
const mine = { jobId: jobId(1), chunk: 4, row: 7 };
const theirs: GuestClaim = { jobId: jobId(2), chunk: 0, row: 1, attemptId: 'theirs' };
const settings = { jobSubmittedAt: NOW - HOUR, skipIfResetWithinHours: 24 };
const verdict = { code: 'x', message: 'x', retryable: false };
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
    expect(decideClaim(mine, theirs, succeeded(NOW - 1), { ...settings, skipIfResetWithinHours: 0 }, NOW)).toEqual({ kind: 'skip', success: { jobId: theirs.jobId, at: NOW - 1 } });
  });
  test('is skipped within the hours, taken after them', () => {
    expect(decideClaim(mine, theirs, succeeded(NOW - 23 * HOUR), settings, NOW)).toMatchObject({ kind: 'skip' });
    expect(decideClaim(mine, theirs, succeeded(NOW - 25 * HOUR), settings, NOW)).toEqual({ kind: 'take', lastSuccess: { jobId: theirs.jobId, at: NOW - 25 * HOUR } });
    expect(decideClaim(mine, theirs, succeeded(NOW - 2 * HOUR), { ...settings, skipIfResetWithinHours: 1 }, NOW)).toMatchObject({ kind: 'take' });
  });
  test('is taken when that one waits, failed, or is gone', () => {
    for (const holder of [chunk([pending()]), chunk([end(pending(), 'failed', { verdict }, NOW)]), undefined]) {
      expect(decideClaim(mine, theirs, holder, settings, NOW)).toEqual({ kind: 'take' });
    }
  });
  test('is skipped for a success that stands behind a later failure', () => {
    const claim = { ...theirs, lastSuccess: { jobId: jobId(3), at: NOW - 2 * HOUR } };
    expect(decideClaim(mine, claim, chunk([end(pending(), 'failed', { verdict }, NOW)]), settings, NOW)).toEqual({ kind: 'skip', success: claim.lastSuccess });
  });
});

test('an earlier attempt of the same reset is taken over, and keeps what it knew', () => {
  const lastSuccess = { jobId: jobId(3), at: NOW - 30 * HOUR };
  expect(decideClaim(mine, { ...mine, attemptId: 'before', lastSuccess }, chunk([sending()]), settings, NOW)).toEqual({ kind: 'take', lastSuccess });
});

test('an attempt that comes late does not write over the claim of the one that has taken over', () => {
  const own = { jobId: jobId(), chunk: 0, row: 1 };
  const holder = chunk([sending()], { attemptId: 'second', quietUntil: NOW + 100 * SECOND });
  const current = { ...own, attemptId: 'second' };
  expect(decideClaim({ ...own, attemptId: 'first' }, current, holder, settings, NOW)).toEqual({ kind: 'superseded' });
  expect(decideClaim({ ...own, attemptId: 'second' }, { ...own, attemptId: 'first' }, holder, settings, NOW)).toEqual({ kind: 'take' });
});
