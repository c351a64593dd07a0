import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts';
import { succeed } from '../../../../shared/domain/reset/changes.ts';
import { annotate } from '../../../../shared/domain/reset/notes.ts';
import { decideVerification } from '../../../../shared/domain/reset/verification.ts';
import { chunk, NOW, plan, SECOND, sending, user } from '../records.ts';
import { hasWork, isEnded, withNextWake } from '../../../../shared/domain/chunk/chunk.ts';
import { decideWake } from '../../../../shared/domain/chunk/wake.ts';

const verdict = { code: 'reset', message: 'Done.' } as const;
const done = succeed(sending(), { verdict, attempts: 1, verifyAt: NOW + 60 * SECOND }, NOW);
const pendingBefore = succeed(
  sending({ state: { ...plan().state, externalUserState: 'PendingAcceptance' } }),
  { verdict, attempts: 1 },
  NOW,
);
const changed = user({
  externalUserState: 'PendingAcceptance',
  externalUserStateChangeDateTime: new Date(NOW + SECOND).toISOString(),
});
const decide = (record: typeof done, found: Parameters<typeof decideVerification>[1], seconds: number) =>
  decideVerification(record, found, DEFAULT_POLICY, NOW + seconds * SECOND);

describe('a reset that Graph confirmed', () => {
  test('is verified by a change that came after it, also when the guest has redeemed meanwhile', () => {
    expect(decide(done, { kind: 'user', user: changed }, 60)).toEqual({ kind: 'done', verification: 'verified' });
    expect(decide(done, { kind: 'user', user: { ...changed, externalUserState: 'Accepted' } }, 60)).toEqual({
      kind: 'done',
      verification: 'verified',
    });
  });
  test('is looked at again while the directory may lag, and only then was not seen', () => {
    expect(decide(done, { kind: 'user', user: user() }, 60)).toEqual({ kind: 'lookAgain', at: NOW + 180 * SECOND });
    expect(decide(done, { kind: 'user', user: user() }, 800)).toEqual({ kind: 'lookAgain', at: NOW + 900 * SECOND });
    expect(decide(done, { kind: 'user', user: user() }, 900)).toEqual({ kind: 'done', verification: 'notSeen' });
  });
  test('is not verified by an old change', () => {
    const old = user({
      externalUserState: 'PendingAcceptance',
      externalUserStateChangeDateTime: new Date(NOW - 60 * SECOND).toISOString(),
    });
    expect(decide(done, { kind: 'user', user: old }, 900)).toEqual({ kind: 'done', verification: 'notSeen' });
  });
  test('cannot be verified where the guest was pending before and looks the same, or is gone', () => {
    const same = user({ externalUserState: 'PendingAcceptance' });
    expect(decide(pendingBefore, { kind: 'user', user: same }, 60)).toEqual({
      kind: 'done',
      verification: 'notPossible',
    });
    expect(decide(done, { kind: 'none' }, 60)).toEqual({ kind: 'done', verification: 'notPossible' });
    expect(decide(done, { kind: 'failed', class: 'retry', verdict }, 60).kind).toBe('lookAgain');
    expect(decide(done, { kind: 'failed', class: 'retry', verdict }, 900)).toEqual({
      kind: 'done',
      verification: 'notPossible',
    });
  });
  test('keeps its status and everything else when it is annotated', () => {
    const { verifyAt: _over, ...rest } = done;
    const found = { kind: 'user', user: user({ mail: 'older@fabrikam.example' }) } as const;
    expect(annotate(done, { kind: 'done', verification: 'notSeen' }, found)).toEqual({
      ...rest,
      verification: 'notSeen',
    });
    expect(annotate(done, { kind: 'lookAgain', at: 5 }, found)).toEqual({ ...rest, verifyAt: 5 });
  });
});

describe('a chunk with nothing left but to verify', () => {
  const left = withNextWake(chunk([done], { wake: 3 }), [done]);
  const wake = { version: 1, jobId: left.jobId, chunk: left.index, wake: left.wake } as const;
  test('has ended, and still has a wake of its own', () => {
    expect([isEnded(left), hasWork(left), left.wake, left.dueAt]).toEqual([true, true, 4, NOW + 60 * SECOND]);
    expect(decideWake(left, wake, false, NOW)).toEqual({ kind: 'comeBack', at: NOW + 60 * SECOND });
  });
  test('is looked at even while everything is stopped, and then is over', () => {
    expect(decideWake(left, wake, true, NOW + 60 * SECOND)).toEqual({ kind: 'work' });
    const over = withNextWake(left, [
      annotate(done, { kind: 'done', verification: 'verified' }, { kind: 'user', user: changed }),
    ]);
    expect(decideWake(over, wake, false, NOW + 61 * SECOND)).toEqual({ kind: 'complete', reason: 'chunkEnded' });
  });
});

describe('the next look at a confirmed reset', () => {
  const unchanged = { kind: 'user', user: user() } as const;
  test('is half a minute later at the earliest', () => {
    expect(decide(done, unchanged, 5)).toEqual({ kind: 'lookAgain', at: NOW + 35 * SECOND });
    expect(decide(done, unchanged, 890)).toEqual({ kind: 'lookAgain', at: NOW + 920 * SECOND });
  });
  test('comes after twice the time that has passed, also where the look-up failed', () => {
    expect(decide(done, unchanged, 100)).toEqual({ kind: 'lookAgain', at: NOW + 300 * SECOND });
    expect(decide(done, { kind: 'failed', class: 'retry', verdict }, 100)).toEqual({
      kind: 'lookAgain',
      at: NOW + 300 * SECOND,
    });
  });
});

test('a reset cannot be verified where more than one user has the address, or where nothing is known of the request', () => {
  const several = { kind: 'several', users: [user({ id: 'a' }), user({ id: 'b' })] } as const;
  expect(decide(done, several, 60)).toEqual({ kind: 'done', verification: 'notPossible' });
  const { sent: _sent, ...unsent } = done;
  expect(decide(unsent, { kind: 'user', user: changed }, 60)).toEqual({ kind: 'done', verification: 'notPossible' });
});

test('a guest who was pending before is verified where the change shows', () => {
  expect(decide(pendingBefore, { kind: 'user', user: changed }, 60)).toEqual({
    kind: 'done',
    verification: 'verified',
  });
});
