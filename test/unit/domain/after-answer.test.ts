import { describe, expect, test } from 'vitest';
import { afterFailedLookUp, afterLook, afterSending, type Circumstances } from '../../../shared/domain/after-answer.ts';
import type { Outcome } from '../../../shared/domain/classify.ts';
import { DEFAULT_POLICY } from '../../../shared/domain/policy.ts';
import { end, startSending } from '../../../shared/domain/reset-changes.ts';
import { NOW, pending, plan, SECOND, sending, user } from './records.ts';

const around = (more: Partial<Circumstances> = {}): Circumstances => ({ policy: DEFAULT_POLICY, now: NOW + SECOND, random: 0.5, ...more });
const verdict = { code: 'x', message: 'X.', retryable: true };
const done: Outcome = { kind: 'done', invitation: { id: 'i', inviteRedeemUrl: 'https://secret.example', userPrincipalName: 'new' } };

describe('a reset after its request', () => {
  test('succeeded with mail keeps no redeem URL, without mail it does', () => {
    const mailed = afterSending(sending(), plan(), done, around());
    expect(mailed).toMatchObject({ status: 'succeeded', attempts: 1, invitationId: 'i', after: { userPrincipalName: 'new', mail: 'anna@fabrikam.example' } });
    expect(mailed.inviteRedeemUrl).toBeUndefined();
    expect(afterSending(sending({ asksMail: false }), plan(1, { asksMail: false }), done, around()).inviteRedeemUrl).toBe('https://secret.example');
  });
  test('throttled comes back after exactly the wait, spread over a second, and pays no attempt', () => {
    const waited = afterSending(sending(), plan(), { kind: 'throttled', waitSeconds: 7.5 }, around());
    expect(waited).toMatchObject({ status: 'pending', attempts: 0, dueAt: NOW + SECOND + 8_000 });
    expect(afterSending(sending(), plan(), { kind: 'throttled', waitSeconds: 7.5 }, around({ random: 0 })).dueAt).toBe(NOW + SECOND + 7_500);
  });
  test('not done tries later, up to eight attempts, then fails with what to do', () => {
    expect(afterSending(sending(), plan(), { kind: 'notDone', verdict }, around())).toMatchObject({ status: 'pending', nextAction: 'send', attempts: 1 });
    expect(afterSending({ ...sending(), attempts: 7 }, plan(), { kind: 'notDone', verdict }, around())).toMatchObject({ status: 'failed', attempts: 8, verdict: { nextStep: 'Submit again later.' } });
    const dayLater = around({ now: NOW + 25 * 3_600 * SECOND });
    expect(afterSending(sending(), plan(), { kind: 'notDone', verdict }, dayLater).status).toBe('failed');
  });
  test('in doubt is looked at after its quiet time, and later when Graph asks for that', () => {
    const quiet = NOW + DEFAULT_POLICY.quietSeconds * SECOND;
    expect(afterSending(sending(), plan(), { kind: 'inDoubt', verdict }, around())).toMatchObject({ status: 'sending', nextAction: 'look', dueAt: quiet, attempts: 1 });
    expect(afterSending(sending(), plan(), { kind: 'inDoubt', verdict, waitSeconds: 600 }, around()).dueAt).toBe(NOW + 601 * SECOND);
  });
  test('a mismatch right after our own change is waited out, a while; without a change it is final', () => {
    const mismatch: Outcome = { kind: 'failed', verdict: { ...verdict, code: 'emailNotOnUser' } };
    const changed = sending({ emailChange: { mail: 'new@adatum.example', otherMails: [] } });
    expect(afterSending(changed, plan(), mismatch, around()).status).toBe('pending');
    expect(afterSending(changed, plan(), mismatch, around({ now: NOW + 16 * 60 * SECOND })).status).toBe('failed');
    expect(afterSending(sending(), plan(), mismatch, around()).status).toBe('failed');
  });
  test('that met a refusal of the tenant stays pending and pays nothing', () => {
    expect(afterSending(sending(), plan(), { kind: 'tenant', verdict }, around())).toMatchObject({ status: 'pending', attempts: 0 });
  });
});

describe('a reset whose look-up failed', () => {
  const failed = (errorClass: 'guest' | 'retry' | 'throttled' | 'tenant', waitSeconds?: number) => ({ kind: 'failed' as const, class: errorClass, verdict, ...(waitSeconds !== undefined && { waitSeconds }) });
  test('keeps its status, tries later, and pays no attempt: reading does no harm', () => {
    expect(afterFailedLookUp(pending(), failed('retry'), around())).toMatchObject({ status: 'pending', attempts: 0, failedLookUps: 1, startedAt: NOW + SECOND });
    expect(afterFailedLookUp({ ...pending(), failedLookUps: 40 }, failed('retry'), around())).toMatchObject({ status: 'pending', failedLookUps: 41, dueAt: NOW + 451 * SECOND });
    expect(afterFailedLookUp(sending(), failed('retry'), around())).toMatchObject({ status: 'sending', nextAction: 'look' });
    expect(afterFailedLookUp(pending(), failed('throttled', 3), around({ random: 0 }))).toMatchObject({ attempts: 0, dueAt: NOW + 4 * SECOND });
  });
  test('fails when it never can succeed; in doubt it is unknown, never failed', () => {
    expect(afterFailedLookUp(pending(), failed('guest'), around()).status).toBe('failed');
    expect(afterFailedLookUp(sending(), failed('guest'), around()).status).toBe('unknown');
    const dayLater = around({ now: NOW + 25 * 3_600 * SECOND });
    expect(afterFailedLookUp(sending(), failed('retry'), dayLater).status).toBe('unknown');
    expect(afterFailedLookUp(pending(1, { startedAt: NOW }), failed('retry'), dayLater).status).toBe('failed');
  });
});

test('a look that settles a doubt ends the reset, or frees it for another try', () => {
  const later = around({ now: NOW + 300 * SECOND });
  const changed = user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: new Date(NOW + SECOND).toISOString() });
  expect(afterLook(sending(), changed, true, later)).toMatchObject({ status: 'succeeded', verdict: { code: 'resetSeenInDirectory' } });
  expect(afterLook(sending(), undefined, true, later)).toMatchObject({ status: 'unknown', verdict: { code: 'outcomeUnknown' } });
  expect(afterLook({ ...sending(), unchangedSince: NOW + 200 * SECOND }, user(), true, later)).toMatchObject({ status: 'pending', nextAction: 'send', dueAt: later.now });
});

test('a reset without mail that is given up says what the directory shows, never that nothing happened', () => {
  const later = around({ now: NOW + 300 * SECOND });
  const silent = { ...sending({ asksMail: false }), attempts: 8 };
  const changed = user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: new Date(NOW + SECOND).toISOString() });
  expect(afterLook(silent, changed, true, later)).toMatchObject({ status: 'succeeded', verdict: { nextStep: expect.stringContaining('redeem URL') } });
  expect(afterLook(silent, user(), true, later).status).toBe('unknown');
  expect(afterLook({ ...sending(), attempts: 8, unchangedSince: NOW }, user(), true, later).status).toBe('failed');
});

describe('a reset without mail, seen to have happened and sent again for its redeem URL', () => {
  const later = around({ now: NOW + 300 * SECOND });
  const changed = user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: new Date(NOW + SECOND).toISOString() });
  const silent = { ...sending({ asksMail: false }), attempts: 1 };
  const again = { id: 'second', quietUntil: later.now, graphDate: later.now };
  const resent = (seen: typeof changed) => startSending(afterLook(silent, seen, true, later), plan(1, { asksMail: false }), again, later.now);
  const refused: Outcome = { kind: 'failed', verdict };
  test('has succeeded whatever becomes of the second request', () => {
    expect(afterSending(resent(changed), plan(1, { asksMail: false }), refused, later)).toMatchObject({ status: 'succeeded', verdict: { code: 'resetSeenInDirectory' } });
    expect(end(afterLook(silent, changed, true, later), 'skipped', { verdict }, later.now).status).toBe('succeeded');
    expect(afterLook(resent(changed), undefined, true, later).status).toBe('succeeded');
    expect(afterSending(resent(changed), plan(1, { asksMail: false }), done, later)).toMatchObject({ status: 'succeeded', inviteRedeemUrl: 'https://secret.example' });
  });
  test('is unknown, not failed, where one look saw no change and the second request was refused', () => {
    expect(afterSending(resent(user()), plan(1, { asksMail: false }), refused, later).status).toBe('unknown');
  });
  test('is sent for its redeem URL three times at most', () => {
    expect(afterLook({ ...silent, attempts: 2 }, changed, true, later).status).toBe('pending');
    expect(afterLook({ ...silent, attempts: 3 }, changed, true, later).status).toBe('succeeded');
  });
});

describe('running time', () => {
  const dayLater = NOW + 25 * 3_600 * SECOND;
  test('ends a reset that is throttled for ever', () => {
    expect(afterSending(sending(), plan(), { kind: 'throttled', waitSeconds: 5 }, around({ now: dayLater })).status).toBe('failed');
    expect(afterFailedLookUp(pending(1, { startedAt: NOW }), { kind: 'failed', class: 'throttled', verdict }, around({ now: dayLater })).status).toBe('failed');
  });
  test('does not count while the tenant or the job was stopped', () => {
    const resumed = around({ now: dayLater, resumedAt: dayLater - 60 * SECOND });
    expect(afterSending(sending(), plan(), { kind: 'notDone', verdict }, resumed).status).toBe('pending');
  });
  test('for replication counts from the last change that was made, not from a try that only waits for it', () => {
    const first = startSending(pending(), plan(1, { emailChange: { mail: 'new@adatum.example', otherMails: [] } }), { id: 'a', quietUntil: NOW, graphDate: NOW }, NOW);
    const second = startSending({ ...first, status: 'pending' }, plan(1, { emailChange: { mail: 'new@adatum.example', otherMails: [] } }), { id: 'b', quietUntil: NOW, graphDate: NOW }, NOW + 60 * SECOND);
    expect(second.emailAddedAt).toBe(NOW + 60 * SECOND);
    const third = startSending({ ...second, status: 'pending' }, plan(1, { emailChange: { mail: 'new@adatum.example', otherMails: [] }, isEmailAdded: true }), { id: 'c', quietUntil: NOW, graphDate: NOW }, NOW + 120 * SECOND);
    expect(third.emailAddedAt).toBe(NOW + 60 * SECOND);
  });
});
