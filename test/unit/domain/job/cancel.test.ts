import { expect, test } from 'vitest';
import { cancel, cancelPending, cancelVerdict, isTooLate } from '../../../../shared/domain/job/cancel.ts';
import { end } from '../../../../shared/domain/reset/changes.ts';
import { requestCancel } from '../../../../shared/domain/job/changes.ts';
import { chunk, job, NOW, pending, SECOND, sending } from '../records.ts';

const verdict = { code: 'requestRefused', message: 'X.' } as const;

test('a canceled reset has ended, may be submitted again, and says how', () => {
  expect(cancel(pending(), NOW)).toMatchObject({
    status: 'canceled',
    endedAt: NOW,
    verdict: { code: 'canceled', nextStep: 'Submit again to reset the guest.' },
  });
});

test('a cancel ends what is pending, and leaves alone what is in doubt or has ended', () => {
  const failed = end(pending(3), 'failed', { verdict }, NOW);
  const before = chunk([pending(1), sending({}, 2), failed], { wake: 4, attemptId: 'a', quietUntil: NOW });
  const after = cancelPending(before, NOW + SECOND);
  expect(after.resets).toEqual([cancel(pending(1), NOW + SECOND), before.resets[1], failed]);
  expect(after).toMatchObject({ wake: 5, dueAt: before.resets[1]?.dueAt });
});

test('a job is too late from its notAfter on, and never without one', () => {
  const timed = job({ options: { skipIfResetWithinHours: 24, defaults: {}, notAfter: NOW } });
  expect([isTooLate(timed, NOW - 1), isTooLate(timed, NOW), isTooLate(job(), NOW)]).toEqual([false, true, false]);
});

test('a reset is told whether somebody canceled the job, or its time had passed', () => {
  const codes = [
    requestCancel(job(), { id: 'Bo' }, NOW),
    requestCancel(job(), { id: 'notAfter' }, NOW),
    requestCancel(job(), { id: 'notAfter' }, NOW, 'notAfterPassed'),
  ].map((canceled) => cancelPending(chunk(), NOW, cancelVerdict(canceled)).resets[0]?.verdict);
  expect(codes).toMatchObject([
    { code: 'canceled', message: expect.stringContaining('job was canceled') },
    { code: 'canceled' },
    {
      code: 'notAfterPassed',
      message: expect.stringContaining('notAfter'),
      nextStep: expect.stringContaining('Retry the job'),
    },
  ]);
});

test('a cancel of a chunk in which nothing is pending writes nothing', () => {
  const before = chunk([sending()]);
  expect(cancelPending(before, NOW)).toBe(before);
});
