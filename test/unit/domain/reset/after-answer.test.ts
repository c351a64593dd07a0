import { describe, expect, test } from 'vitest';
import {
  afterFailedLookUp,
  afterLateLook,
  afterLook,
  afterSending,
} from '../../../../shared/domain/reset/after-answer.ts';
import type { Moment } from '../../../../shared/domain/reset/running-time.ts';
import type { Outcome } from '../../../../shared/domain/graph/classify.ts';
import type { FailedLookUp } from '../../../../shared/domain/guest/look-up.ts';
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts';
import type { ResetRecord } from '../../../../shared/domain/reset/reset.ts';
import { end, startSending } from '../../../../shared/domain/reset/changes.ts';
import { NOW, pending, plan, SECOND, sending, user } from '../records.ts';

const around = (more: Partial<Moment> = {}): Moment => ({
  policy: DEFAULT_POLICY,
  now: NOW + SECOND,
  random: 0.5,
  ...more,
});
const verdict = { code: 'requestRefused', message: 'X.' } as const;
const done: Outcome = {
  kind: 'done',
  invitation: { id: 'i', inviteRedeemUrl: 'https://secret.example', userPrincipalName: 'new' },
};

/** A 429 always has a wait. */
const failed = (errorClass: 'guest' | 'retry' | 'throttled' | 'tenant', seconds?: number): FailedLookUp =>
  errorClass === 'throttled'
    ? { kind: 'failed', class: errorClass, verdict, wait: { seconds: seconds ?? 10 } }
    : { kind: 'failed', class: errorClass, verdict, ...(seconds !== undefined && { wait: { seconds } }) };

describe('a reset after its request', () => {
  test('succeeded with mail keeps no redeem URL, without mail it does', () => {
    const mailed = afterSending(sending(), plan(), done, around());
    expect(mailed).toMatchObject({
      status: 'succeeded',
      attempts: 1,
      invitationId: 'i',
      after: { userPrincipalName: 'new', mail: 'anna@fabrikam.example' },
    });
    expect(mailed.inviteRedeemUrl).toBeUndefined();
    expect(
      afterSending(sending({ asksMail: false }), plan(1, { asksMail: false }), done, around()).inviteRedeemUrl,
    ).toBe('https://secret.example');
  });
  test('throttled comes back after exactly the wait, spread over a second, and pays no attempt', () => {
    const waited = afterSending(sending(), plan(), { kind: 'throttled', wait: { seconds: 7.5 } }, around());
    expect(waited).toMatchObject({ status: 'pending', attempts: 0, dueAt: NOW + SECOND + 8_000 });
    expect(
      afterSending(sending(), plan(), { kind: 'throttled', wait: { seconds: 7.5 } }, around({ random: 0 })).dueAt,
    ).toBe(NOW + SECOND + 7_500);
  });
  test('not done tries later, up to eight attempts, then fails with what to do', () => {
    expect(afterSending(sending(), plan(), { kind: 'notDone', verdict }, around())).toMatchObject({
      status: 'pending',
      nextAction: 'send',
      attempts: 1,
    });
    expect(afterSending({ ...sending(), attempts: 7 }, plan(), { kind: 'notDone', verdict }, around())).toMatchObject({
      status: 'failed',
      attempts: 8,
      verdict: { nextStep: 'Submit again later.' },
    });
    const dayLater = around({ now: NOW + 25 * 3_600 * SECOND });
    expect(afterSending(sending(), plan(), { kind: 'notDone', verdict }, dayLater).status).toBe('failed');
  });
  test('in doubt is looked at after its quiet time, and later when Graph asks for that', () => {
    const quiet = NOW + DEFAULT_POLICY.quietSeconds * SECOND;
    expect(afterSending(sending(), plan(), { kind: 'inDoubt', verdict }, around())).toMatchObject({
      status: 'sending',
      nextAction: 'look',
      dueAt: quiet,
      attempts: 1,
    });
    expect(afterSending(sending(), plan(), { kind: 'inDoubt', verdict, wait: { seconds: 600 } }, around()).dueAt).toBe(
      NOW + 601 * SECOND,
    );
  });
  test('a mismatch right after our own change is waited out, a while; without a change it is final', () => {
    const mismatch: Outcome = { kind: 'failed', verdict: { ...verdict, code: 'emailNotOnUser' } };
    const changed = sending({ emailChange: { mail: 'new@adatum.example', otherMails: [] } });
    expect(afterSending(changed, plan(), mismatch, around()).status).toBe('pending');
    expect(afterSending(changed, plan(), mismatch, around({ now: NOW + 16 * 60 * SECOND })).status).toBe('failed');
    expect(afterSending(sending(), plan(), mismatch, around()).status).toBe('failed');
  });
  test('that met a refusal of the tenant stays pending and pays nothing', () => {
    expect(afterSending(sending(), plan(), { kind: 'tenant', verdict }, around())).toMatchObject({
      status: 'pending',
      attempts: 0,
    });
  });
});

describe('a reset whose look-up failed', () => {
  test('keeps its status, tries later, and pays no attempt: reading does no harm', () => {
    expect(afterFailedLookUp(pending(), failed('retry'), around())).toMatchObject({
      status: 'pending',
      attempts: 0,
      failedLookUps: 1,
      startedAt: NOW + SECOND,
    });
    expect(afterFailedLookUp({ ...pending(), failedLookUps: 40 }, failed('retry'), around())).toMatchObject({
      status: 'pending',
      failedLookUps: 41,
      dueAt: NOW + 451 * SECOND,
    });
    expect(afterFailedLookUp(sending(), failed('retry'), around())).toMatchObject({
      status: 'sending',
      nextAction: 'look',
    });
    expect(afterFailedLookUp(pending(), failed('throttled', 3), around({ random: 0 }))).toMatchObject({
      attempts: 0,
      dueAt: NOW + 4 * SECOND,
    });
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
  const changed = user({
    externalUserState: 'PendingAcceptance',
    externalUserStateChangeDateTime: new Date(NOW + SECOND).toISOString(),
  });
  expect(afterLook(sending(), changed, true, later)).toMatchObject({
    status: 'succeeded',
    verdict: { code: 'resetSeenInDirectory' },
  });
  expect(afterLook(sending(), undefined, true, later)).toMatchObject({
    status: 'unknown',
    verdict: { code: 'outcomeUnknown' },
  });
  expect(afterLook({ ...sending(), unchangedSince: NOW + 200 * SECOND }, user(), true, later)).toMatchObject({
    status: 'pending',
    nextAction: 'send',
    dueAt: later.now,
  });
});

test('a reset without mail that is given up says what the directory shows, never that nothing happened', () => {
  const later = around({ now: NOW + 300 * SECOND });
  const silent = { ...sending({ asksMail: false }), attempts: 8 };
  const changed = user({
    externalUserState: 'PendingAcceptance',
    externalUserStateChangeDateTime: new Date(NOW + SECOND).toISOString(),
  });
  expect(afterLook(silent, changed, true, later)).toMatchObject({
    status: 'succeeded',
    verdict: { nextStep: expect.stringContaining('redeem URL') },
  });
  expect(afterLook(silent, user(), true, later).status).toBe('unknown');
  expect(afterLook({ ...sending(), attempts: 8, unchangedSince: NOW }, user(), true, later).status).toBe('failed');
});

describe('a reset without mail, seen to have happened and sent again for its redeem URL', () => {
  const later = around({ now: NOW + 300 * SECOND });
  const changed = user({
    externalUserState: 'PendingAcceptance',
    externalUserStateChangeDateTime: new Date(NOW + SECOND).toISOString(),
  });
  const silent = { ...sending({ asksMail: false }), attempts: 1 };
  const again = { id: 'second', quietUntil: later.now, graphDate: later.now };
  const resent = (seen: typeof changed) =>
    startSending(afterLook(silent, seen, true, later), plan(1, { asksMail: false }), again, later.now);
  const refused: Outcome = { kind: 'failed', verdict };
  test('has succeeded whatever becomes of the second request', () => {
    expect(afterSending(resent(changed), plan(1, { asksMail: false }), refused, later)).toMatchObject({
      status: 'succeeded',
      verdict: { code: 'resetSeenInDirectory' },
    });
    expect(end(afterLook(silent, changed, true, later), 'skipped', { verdict }, later.now).status).toBe('succeeded');
    expect(afterLook(resent(changed), undefined, true, later).status).toBe('succeeded');
    expect(afterSending(resent(changed), plan(1, { asksMail: false }), done, later)).toMatchObject({
      status: 'succeeded',
      inviteRedeemUrl: 'https://secret.example',
    });
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
    expect(
      afterSending(sending(), plan(), { kind: 'throttled', wait: { seconds: 5 } }, around({ now: dayLater })).status,
    ).toBe('failed');
    expect(
      afterFailedLookUp(pending(1, { startedAt: NOW }), failed('throttled'), around({ now: dayLater })).status,
    ).toBe('failed');
  });
  test('does not count while the tenant or the job was stopped', () => {
    const resumed = around({ now: dayLater, resumedAt: dayLater - 60 * SECOND });
    expect(afterSending(sending(), plan(), { kind: 'notDone', verdict }, resumed).status).toBe('pending');
  });
  test('for replication counts from the last change that was made, not from a try that only waits for it', () => {
    const first = startSending(
      pending(),
      plan(1, { emailChange: { mail: 'new@adatum.example', otherMails: [] } }),
      { id: 'a', quietUntil: NOW, graphDate: NOW },
      NOW,
    );
    const second = startSending(
      { ...first, status: 'pending' },
      plan(1, { emailChange: { mail: 'new@adatum.example', otherMails: [] } }),
      { id: 'b', quietUntil: NOW, graphDate: NOW },
      NOW + 60 * SECOND,
    );
    expect(second.emailAddedAt).toBe(NOW + 60 * SECOND);
    const third = startSending(
      { ...second, status: 'pending' },
      plan(1, { emailChange: { mail: 'new@adatum.example', otherMails: [] }, isEmailAdded: true }),
      { id: 'c', quietUntil: NOW, graphDate: NOW },
      NOW + 120 * SECOND,
    );
    expect(third.emailAddedAt).toBe(NOW + 60 * SECOND);
  });
});

describe('a success', () => {
  test('is looked at once more after the time that the deployment wants, or never', () => {
    expect(afterSending(sending(), plan(), done, around({ verifyAfterSeconds: 60 })).verifyAt).toBe(NOW + 61 * SECOND);
    for (const never of [around({ verifyAfterSeconds: 0 }), around()])
      expect(afterSending(sending(), plan(), done, never)).not.toHaveProperty('verifyAt');
  });
  test('tells whether Microsoft was asked to mail, and what to do where it was not', () => {
    expect(afterSending(sending(), plan(), done, around()).verdict).toMatchObject({
      code: 'reset',
      message: expect.stringContaining('asked to send the invitation by mail'),
    });
    expect(
      afterSending(sending({ asksMail: false }), plan(1, { asksMail: false }), done, around()).verdict,
    ).toMatchObject({
      code: 'reset',
      message: expect.stringContaining('no mail was sent'),
      nextStep: expect.stringContaining('redeem URL'),
    });
  });
  test('shows the mail that the change made, and no UPN where Graph does not tell it', () => {
    const moved = plan(1, { emailChange: { mail: 'new@adatum.example', otherMails: ['anna@fabrikam.example'] } });
    expect(afterSending(sending(moved), moved, { kind: 'done', invitation: {} }, around()).after).toEqual({
      mail: 'new@adatum.example',
    });
    const added = plan(1, { emailChange: { otherMails: ['new@adatum.example'] } });
    expect(afterSending(sending(added), added, done, around()).after).toEqual({
      userPrincipalName: 'new',
      mail: 'anna@fabrikam.example',
    });
  });
});

describe("Graph's request id", () => {
  test.each([
    { kind: 'done', invitation: {} },
    { kind: 'failed', verdict },
    { kind: 'notDone', verdict },
    { kind: 'stopped', verdict },
    { kind: 'tenant', verdict },
    { kind: 'inDoubt', verdict },
  ] as const)('is kept of an answer that says $kind', (outcome) => {
    expect(afterSending(sending(), plan(), { ...outcome, requestId: 'r-7' }, around()).graphRequestId).toBe('r-7');
    expect(afterSending(sending(), plan(), outcome, around())).not.toHaveProperty('graphRequestId');
  });
  test('is kept too of the answer after which a reset is given up, or waits for replication', () => {
    expect(
      afterSending({ ...sending(), attempts: 7 }, plan(), { kind: 'notDone', verdict, requestId: 'r-8' }, around()),
    ).toMatchObject({ status: 'failed', graphRequestId: 'r-8' });
    const changed = sending({ emailChange: { mail: 'new@adatum.example', otherMails: [] } });
    expect(
      afterSending(
        changed,
        plan(),
        { kind: 'failed', verdict: { ...verdict, code: 'emailNotOnUser' }, requestId: 'r-9' },
        around(),
      ),
    ).toMatchObject({ status: 'pending', graphRequestId: 'r-9' });
  });
});

describe('a reset that is given up', () => {
  const givenUp = (nextStep?: string) =>
    afterSending(
      { ...sending(), attempts: 7 },
      plan(),
      { kind: 'notDone', verdict: { ...verdict, ...(nextStep !== undefined && { nextStep }) } },
      around(),
    ).verdict;
  test('says why and after how many attempts', () => {
    expect(givenUp()).toMatchObject({ code: 'requestRefused', message: 'X. Given up after 8 attempts.' });
  });
  test('keeps advice that somebody can follow, and no promise that the service goes on', () => {
    expect(givenUp('Check the managed identity.')?.nextStep).toBe('Check the managed identity.');
    expect(givenUp('Nothing: the service tries again.')?.nextStep).toBe('Submit again later.');
  });
  test('because Graph only ever asked to wait says so', () => {
    const dayLater = around({ now: NOW + 25 * 3_600 * SECOND });
    expect(
      afterSending({ ...sending(), attempts: 2 }, plan(), { kind: 'throttled', wait: { seconds: 5 } }, dayLater),
    ).toMatchObject({
      status: 'failed',
      attempts: 2,
      verdict: {
        code: 'throttled',
        message: expect.stringContaining('asked to wait, again and again. Given up after 2 attempts.'),
        nextStep: 'Submit again later.',
      },
    });
  });
  test('after an answer was lost says that it was', () => {
    const later = around({ now: NOW + 300 * SECOND });
    const looked = { ...sending(), attempts: 8, unchangedSince: NOW };
    expect(afterLook(looked, user(), true, later)).toMatchObject({
      status: 'failed',
      attempts: 8,
      verdict: { code: 'noAnswer' },
    });
    expect(afterLook({ ...looked, verdict }, user(), true, later)).toMatchObject({
      status: 'failed',
      verdict: { code: 'requestRefused', message: 'X. Given up after 8 attempts.' },
    });
  });
});

describe('running time is over', () => {
  const limit = DEFAULT_POLICY.maxRunningSeconds * SECOND;
  const after = (record: Parameters<typeof afterSending>[0], now: number, resumedAt?: number) =>
    afterSending(
      record,
      plan(),
      { kind: 'notDone', verdict },
      around({ now, ...(resumedAt !== undefined && { resumedAt }) }),
    ).status;
  test('a day after the start, not at it', () => {
    expect([after(sending(), NOW + limit), after(sending(), NOW + limit + 1)]).toEqual(['pending', 'failed']);
  });
  test('a day after the last resume, where that came later than the start', () => {
    expect(after(sending(), NOW + limit + SECOND, NOW + SECOND)).toBe('pending');
    expect(after(sending(), NOW + limit + 2 * SECOND, NOW + SECOND)).toBe('failed');
    expect(after(sending(), NOW + limit + SECOND, NOW - limit)).toBe('failed');
  });
  test('for no reset that never started', () => {
    expect(
      afterFailedLookUp(pending(), { kind: 'failed', class: 'retry', verdict }, around({ now: NOW + 9 * limit }))
        .status,
    ).toBe('pending');
  });
});

describe('a reset that waits', () => {
  test(
    'after a refusal of the tenant, or of the job, comes back once every instance has seen the stop, and says why ' +
      'it waits',
    () => {
      for (const kind of ['tenant', 'stopped'] as const) {
        expect(afterSending(sending(), plan(), { kind, verdict }, around())).toMatchObject({
          status: 'pending',
          attempts: 0,
          dueAt: NOW + 3 * SECOND,
          verdict,
        });
      }
    },
  );
  test('after a request that was not done waits for its back-off', () => {
    expect(afterSending({ ...sending(), attempts: 2 }, plan(), { kind: 'notDone', verdict }, around())).toMatchObject({
      attempts: 3,
      dueAt: NOW + 11 * SECOND,
      verdict,
    });
  });
  test('for replication waits steadily, counts its attempts, and is not given up for their number', () => {
    const mismatch: Outcome = { kind: 'failed', verdict: { ...verdict, code: 'emailNotOnUser' } };
    const changed = { ...sending({ emailChange: { mail: 'new@adatum.example', otherMails: [] } }), attempts: 11 };
    expect(afterSending(changed, plan(), mismatch, around({ random: 0 }))).toMatchObject({
      status: 'pending',
      attempts: 12,
      dueAt: NOW + 451 * SECOND,
      verdict: { code: 'emailNotOnUser' },
    });
  });
  test('for replication does so until the time is over, and no other refusal is waited out', () => {
    const changed = sending({ emailChange: { mail: 'new@adatum.example', otherMails: [] } });
    const lag = NOW + DEFAULT_POLICY.replicationLagSeconds * SECOND;
    const mismatch: Outcome = { kind: 'failed', verdict: { ...verdict, code: 'emailNotOnUser' } };
    expect([lag - 1, lag].map((now) => afterSending(changed, plan(), mismatch, around({ now })).status)).toEqual([
      'pending',
      'failed',
    ]);
    expect(afterSending(changed, plan(), { kind: 'failed', verdict }, around()).status).toBe('failed');
  });
});

describe('a look-up that failed', () => {
  test('is made again after the longer of the back-off and what Graph asks for, and says why', () => {
    expect(afterFailedLookUp(pending(), failed('retry'), around())).toMatchObject({ dueAt: NOW + 3_500, verdict });
    expect(afterFailedLookUp(pending(), failed('retry', 30), around()).dueAt).toBe(NOW + 31 * SECOND);
    expect(afterFailedLookUp(pending(1, { failedLookUps: 3 }), failed('retry', 2), around()).dueAt).toBe(
      NOW + 21 * SECOND,
    );
  });
  test('because of throttling waits as long as Graph asks for, and pays nothing', () => {
    expect(afterFailedLookUp(pending(), failed('throttled'), around({ random: 0 }))).toMatchObject({
      dueAt: NOW + 11 * SECOND,
      startedAt: NOW + SECOND,
    });
    expect(afterFailedLookUp(pending(1, { startedAt: NOW }), failed('throttled'), around()).startedAt).toBe(NOW);
    expect(afterFailedLookUp(pending(), failed('throttled'), around())).not.toHaveProperty('failedLookUps');
  });
  test('keeps when the reset started', () => {
    expect(afterFailedLookUp(pending(1, { startedAt: NOW }), failed('retry'), around()).startedAt).toBe(NOW);
  });
  test('for properties that were left out ends a reset only where that goes on', () => {
    const incomplete: FailedLookUp = {
      kind: 'failed',
      class: 'retry',
      verdict: { ...verdict, code: 'guestIncomplete' },
    };
    const often = { startedAt: NOW, failedLookUps: DEFAULT_POLICY.maxAttempts };
    expect(afterFailedLookUp(pending(1, { ...often, verdict }), incomplete, around()).status).toBe('pending');
    const before = pending(1, { ...often, verdict: incomplete.verdict });
    expect(afterFailedLookUp(before, incomplete, around()).status).toBe('failed');
  });
  test('because the whole tenant refuses ends nothing, however long that lasts', () => {
    const dayLater = around({ now: NOW + 25 * 3_600 * SECOND });
    expect(afterFailedLookUp(pending(1, { startedAt: NOW }), failed('tenant'), dayLater).status).toBe('pending');
    expect(afterFailedLookUp(sending(), failed('tenant'), dayLater).status).toBe('sending');
  });
  test('for good says why', () => {
    expect(afterFailedLookUp(pending(), failed('guest'), around()).verdict).toEqual(verdict);
    expect(afterFailedLookUp(sending(), failed('guest'), around()).verdict?.code).toBe('outcomeUnknown');
  });
});

describe('a look at a reset in doubt', () => {
  const later = around({ now: NOW + 300 * SECOND });
  const changed = user({
    mail: 'moved@fabrikam.example',
    externalUserState: 'PendingAcceptance',
    externalUserStateChangeDateTime: new Date(NOW + SECOND).toISOString(),
  });
  test('frees it at once where its attempt never claimed the guest, whatever the directory shows', () => {
    expect(afterLook(sending(), changed, false, later)).toMatchObject({
      status: 'pending',
      nextAction: 'send',
      dueAt: later.now,
    });
  });
  test('that shows the reset tells the names as they are now', () => {
    expect(afterLook({ ...sending(), attempts: 2 }, changed, true, later)).toMatchObject({
      verification: 'verified',
      attempts: 2,
      after: { mail: 'moved@fabrikam.example' },
    });
    expect(afterLook({ ...sending({ asksMail: false }), attempts: 3 }, changed, true, later)).toMatchObject({
      verification: 'verified',
      attempts: 3,
      after: { mail: 'moved@fabrikam.example' },
    });
  });
  test('that shows no change yet is followed by a second one', () => {
    expect(afterLook(sending(), user(), true, later)).toMatchObject({
      status: 'sending',
      nextAction: 'look',
      dueAt: NOW + 360 * SECOND,
      unchangedSince: NOW + 300 * SECOND,
    });
  });
  test('frees one with mail only for certain: nothing is remembered that could make it a success', () => {
    expect(afterLook({ ...sending(), unchangedSince: NOW + 200 * SECOND }, user(), true, later)).not.toHaveProperty(
      'earlier',
    );
    expect(afterLook(sending({ asksMail: false }), user(), true, later)).toMatchObject({
      status: 'pending',
      earlier: 'unclear',
    });
    expect(afterLook(sending({ asksMail: false }), changed, true, later)).toMatchObject({
      status: 'pending',
      earlier: 'happened',
      dueAt: later.now,
    });
  });
  test('frees one of seven attempts, and none of eight', () => {
    const looked = { ...sending(), unchangedSince: NOW };
    expect([7, 8].map((attempts) => afterLook({ ...looked, attempts }, user(), true, later).status)).toEqual([
      'pending',
      'failed',
    ]);
  });
});

test('what may have happened can be retried by a person, who is warned; what has happened need not be', () => {
  const later = around({ now: NOW + 300 * SECOND });
  const changed = user({
    externalUserState: 'PendingAcceptance',
    externalUserStateChangeDateTime: new Date(NOW + SECOND).toISOString(),
  });
  expect(afterLook(sending(), undefined, true, later).verdict).toMatchObject({
    nextStep: expect.stringMatching(/retry the job with status=unknown.*second mail/),
  });
  expect(afterLook(sending(), changed, true, later).verdict).toMatchObject({
    message: expect.stringContaining('the directory shows that the reset happened'),
  });
  expect(afterLook({ ...sending(), attempts: 8, unchangedSince: NOW }, user(), true, later).verdict).toMatchObject({
    message: expect.stringContaining('Graph gave no answer.'),
  });
});

describe('a reset that is about to be sent again', () => {
  const later = around({ now: NOW + 300 * SECOND });
  const shown = user({
    mail: 'moved@fabrikam.example',
    externalUserState: 'PendingAcceptance',
    externalUserStateChangeDateTime: new Date(NOW + SECOND).toISOString(),
  });
  const freed = afterLook({ ...sending(), attempts: 3, unchangedSince: NOW + 200 * SECOND }, user(), true, later);
  test('remembers the request before it where that asked for mail; one without mail is told by its redeem URL', () => {
    expect(freed).toMatchObject({ status: 'pending', doubted: sending().sent });
    expect(afterLook(sending({ asksMail: false }), user(), true, later)).not.toHaveProperty('doubted');
  });
  test('has succeeded when that request shows after all, with what a look at it would have told', () => {
    expect(afterLateLook(freed, shown, later.now)).toMatchObject({
      status: 'succeeded',
      endedAt: later.now,
      attempts: 3,
      verdict: { code: 'resetSeenInDirectory' },
      verification: 'verified',
      after: { mail: 'moved@fabrikam.example' },
    });
  });
  test('is sent where it does not show, or where there was none', () => {
    for (const record of [freed, pending()])
      expect(afterLateLook(record, record === freed ? user() : shown, later.now)).toBeUndefined();
  });
});

describe('a reset whose answer proves nothing', () => {
  const later = around({ now: NOW + 300 * SECOND });
  const said = { code: 'unexpectedAnswer', message: 'Graph said: 409.' } as const;
  const odd = (asksMail = true): ResetRecord =>
    afterSending(sending({ asksMail }), plan(), { kind: 'odd', verdict: said, said: '409' }, around());
  const changed = user({
    externalUserState: 'PendingAcceptance',
    externalUserStateChangeDateTime: new Date(NOW + SECOND).toISOString(),
  });
  test('is looked at after its quiet time, and keeps what Graph said, whatever a look-up says meanwhile', () => {
    expect(odd()).toMatchObject({
      status: 'sending',
      nextAction: 'look',
      dueAt: NOW + DEFAULT_POLICY.quietSeconds * SECOND,
      attempts: 1,
    });
    const notSeen = afterFailedLookUp(odd(), { kind: 'failed', class: 'retry', verdict }, around());
    expect(afterLook({ ...notSeen, unchangedSince: NOW }, user(), true, later)).toMatchObject({
      status: 'failed',
      verdict: said,
    });
  });
  test('has succeeded where it shows; without mail the result says that the redeem URL is not known', () => {
    expect(afterLook(odd(), changed, true, later)).toMatchObject({ status: 'succeeded', verification: 'verified' });
    expect(afterLook(odd(false), changed, true, later)).toMatchObject({
      status: 'succeeded',
      verdict: { nextStep: expect.stringContaining('redeem URL') },
    });
  });
  test('is unknown, with what Graph said, where the guest is gone, cannot be looked up, or is in other hands', () => {
    const unknown = { status: 'unknown', verdict: { code: 'outcomeUnknown', message: expect.stringContaining('409') } };
    expect(afterLook(odd(), undefined, true, later)).toMatchObject(unknown);
    expect(afterLook(odd(), undefined, false, later)).toMatchObject(unknown);
    expect(afterFailedLookUp(odd(), { kind: 'failed', class: 'guest', verdict }, later)).toMatchObject(unknown);
  });
  test('is unknown, and not sent again, where the guest was pending before', () => {
    const stillPending = { externalUserState: 'PendingAcceptance' };
    const was = sending({ state: { ...plan().state, ...stillPending } });
    const record = afterSending(was, plan(), { kind: 'odd', verdict: said, said: '409' }, around());
    expect(afterLook({ ...record, unchangedSince: NOW }, user(stillPending), true, later).status).toBe('unknown');
  });
});
