import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts';
import { end } from '../../../../shared/domain/reset/changes.ts';
import { isOverdue, waitForRoom } from '../../../../shared/domain/reset/running-time.ts';
import { NOW, pending, SECOND } from '../records.ts';

const policy = DEFAULT_POLICY;
const LIMIT = policy.maxRunningSeconds * SECOND;
const HOUR = 3_600 * SECOND;
const started = pending(1, { startedAt: NOW });
const wait = (record: typeof started, from: number, hours: number, resumedAt = 0) =>
  waitForRoom(record, { dueAt: NOW + from + hours * HOUR, hasSlot: true }, { now: NOW + from, resumedAt });

test('waits for room are no running time, one after the other', () => {
  const waited = wait(wait(started, HOUR, 20), 30 * HOUR, 10);
  expect(waited).toMatchObject({ status: 'pending', dueAt: NOW + 40 * HOUR, hasSlot: true, startedAt: NOW });
  expect([0, 1].map((more) => isOverdue(waited, { policy, now: NOW + 30 * HOUR + LIMIT + more }))).toEqual([
    false,
    true,
  ]);
});

test('a wait after a resume counts from there, and not for what was before', () => {
  const waited = wait(started, 50 * HOUR, 5, NOW + 40 * HOUR);
  const resumed = { policy, resumedAt: NOW + 40 * HOUR };
  expect([0, 1].map((more) => isOverdue(waited, { ...resumed, now: NOW + 45 * HOUR + LIMIT + more }))).toEqual([
    false,
    true,
  ]);
});

test('a slot that is over already shortens nothing, and who was never tried has no running time', () => {
  expect(isOverdue(wait(started, 5 * HOUR, -3), { policy, now: NOW + LIMIT })).toBe(false);
  const never = wait(pending(1), 0, 100);
  expect(never).not.toHaveProperty('runningSince');
  expect(isOverdue(never, { policy, now: NOW + 99 * LIMIT })).toBe(false);
});

test('a reset that has ended keeps nothing of it', () => {
  expect(
    end(wait(started, 0, 1), 'failed', { verdict: { code: 'requestRefused', message: 'X.' } }, NOW),
  ).not.toHaveProperty('runningSince');
});
