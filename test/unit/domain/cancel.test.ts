import { expect, test } from 'vitest';
import { cancel, cancelPending } from '../../../shared/domain/cancel.ts';
import { end } from '../../../shared/domain/reset-changes.ts';
import { chunk, NOW, pending, SECOND, sending } from './records.ts';

const verdict = { code: 'x', message: 'X.', retryable: false };

test('a canceled reset has ended, may be submitted again, and says how', () => {
  expect(cancel(pending(), NOW)).toMatchObject({ status: 'canceled', endedAt: NOW, verdict: { code: 'canceled', nextStep: 'Submit again to reset the guest.', retryable: true } });
});

test('a cancel ends what is pending, and leaves alone what is in doubt or has ended', () => {
  const failed = end(pending(3), 'failed', { verdict }, NOW);
  const before = chunk([pending(1), sending({}, 2), failed], { wake: 4, attemptId: 'a', quietUntil: NOW });
  const after = cancelPending(before, NOW + SECOND);
  expect(after.resets).toEqual([cancel(pending(1), NOW + SECOND), before.resets[1], failed]);
  expect(after).toMatchObject({ wake: 5, dueAt: before.resets[1]?.dueAt });
});

test('a cancel of a chunk in which nothing is pending writes nothing', () => {
  const before = chunk([sending()]);
  expect(cancelPending(before, NOW)).toBe(before);
});
