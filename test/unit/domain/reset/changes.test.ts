import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  end,
  keepInDoubt,
  postpone,
  rehearse,
  release,
  startSending,
  succeed,
} from '../../../../shared/domain/reset/changes.ts';
import { names } from '../../../../shared/domain/reset/notes.ts';
import { isTerminal, TERMINAL_RESET_STATUSES, type ResetRecord } from '../../../../shared/domain/reset/reset.ts';
import { GUEST_ID, NOW, pending, plan, sending } from '../records.ts';

const verdict = { code: 'requestRefused', message: 'x' } as const;
const changes: Record<string, (record: ResetRecord) => ResetRecord> = {
  startSending: (record) => startSending(record, plan(), { id: 'a', quietUntil: NOW + 1, graphDate: NOW }, NOW),
  release: (record) => release(record, { dueAt: NOW }),
  postpone: (record) => postpone(record, { dueAt: NOW }),
  keepInDoubt: (record) => keepInDoubt(record, { dueAt: NOW }),
  succeed: (record) => succeed(record, { verdict, attempts: 1 }, NOW),
  fail: (record) => end(record, 'failed', { verdict }, NOW),
  skip: (record) => end(record, 'skipped', { verdict }, NOW),
  giveUpKnowing: (record) => end(record, 'unknown', { verdict }, NOW),
  cancel: (record) => end(record, 'canceled', { verdict }, NOW),
};

test.each([
  ['startSending', 'sending'],
  ['postpone', 'pending'],
  ['fail', 'failed'],
  ['skip', 'skipped'],
  ['cancel', 'canceled'],
])('a pending reset may %s', (change, status) => {
  expect(changes[change]?.(pending()).status).toBe(status);
});

test.each([
  ['release', 'pending'],
  ['postpone', 'sending'],
  ['keepInDoubt', 'sending'],
  ['succeed', 'succeeded'],
  ['fail', 'failed'],
  ['skip', 'skipped'],
  ['giveUpKnowing', 'unknown'],
])('a reset being sent may %s', (change, status) => {
  expect(changes[change]?.(sending()).status).toBe(status);
});

test.each(['succeed', 'giveUpKnowing', 'keepInDoubt'])('a pending reset may not %s: nothing was sent', (change) => {
  expect(() => changes[change]?.(pending())).toThrow('cannot go from pending');
});

test('a reset being sent may not be sent once more: its doubt comes first', () => {
  expect(() => changes['startSending']?.(sending())).toThrow('cannot go from sending');
});

test('a reset being sent may not be canceled: it may have happened', () => {
  expect(() => changes['cancel']?.(sending())).toThrow('cannot go from sending');
});

test('a reset with an answer that proves nothing may not go back to pending, and forgets it when it ends', () => {
  const odd = keepInDoubt(sending(), { dueAt: NOW, oddAnswer: verdict });
  expect(keepInDoubt(odd, { dueAt: NOW }).oddAnswer).toEqual(verdict);
  expect(() => release(odd, { dueAt: NOW })).toThrow('cannot go from sending to pending');
  expect(end(odd, 'failed', { verdict }, NOW)).not.toHaveProperty('oddAnswer');
});

test('whatever happens, an ended reset stays as it is', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TERMINAL_RESET_STATUSES),
      fc.constantFrom(...Object.values(changes)),
      (status, change) => {
        expect(() => change({ ...pending(), status })).toThrow(`cannot go from ${status}`);
      },
    ),
  );
});

test('any series of allowed changes keeps the attempt count growing and ends without a next action', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.values(changes)), { maxLength: 12 }), (series) => {
      let record = pending();
      for (const change of series) {
        if (isTerminal(record.status)) break;
        const before = record;
        try {
          record = change(record);
        } catch {
          continue;
        }
        expect(record.attempts).toBeGreaterThanOrEqual(before.attempts);
        expect(record.nextAction === undefined).toBe(isTerminal(record.status));
        expect(record.endedAt !== undefined).toBe(isTerminal(record.status));
      }
    }),
  );
});

describe('what is written before a request', () => {
  const attempt = { id: 'a', quietUntil: NOW + 180_000, graphDate: NOW - 5 };
  test('is who is asked for, what was true of the guest, and until when nobody else acts', () => {
    const record = startSending(pending(), plan(), attempt, NOW);
    expect(record).toMatchObject({
      guestId: GUEST_ID,
      nextAction: 'look',
      dueAt: NOW + 180_000,
      startedAt: NOW,
      before: { userPrincipalName: 'upn', mail: 'anna@fabrikam.example' },
      sent: {
        attemptId: 'a',
        at: NOW,
        graphDate: NOW - 5,
        address: 'anna@fabrikam.example',
        asksMail: true,
        addsEmail: false,
        externalUserState: 'Accepted',
      },
    });
    expect(record).not.toHaveProperty('emailAddedAt');
  });
  test('keeps what was known of the first attempt: its start, and the names before it', () => {
    const record = startSending(
      pending(1, { startedAt: NOW - 9, before: { mail: 'first@fabrikam.example' }, warnings: ['accountDisabled'] }),
      plan(1, { warnings: ['accountDisabled', 'externalMember'] }),
      attempt,
      NOW,
    );
    expect(record).toMatchObject({
      startedAt: NOW - 9,
      before: { mail: 'first@fabrikam.example' },
      warnings: ['accountDisabled', 'externalMember'],
    });
  });
  test('is known by the time at which it was paid for, only as long as nothing of it may have gone out', () => {
    const sent = startSending(pending(), plan(), { ...attempt, paidOn: NOW }, NOW);
    const paidOn = [
      release(sent, { dueAt: NOW, nothingSent: true }),
      release(sent, { dueAt: NOW, notDone: true }),
      release(sent, { dueAt: NOW }),
      keepInDoubt(sent, { dueAt: NOW }),
      end(sent, 'failed', { verdict }, NOW),
    ].map((record) => record.paidOn);
    expect([sent.paidOn, ...paidOn]).toEqual([NOW, NOW, NOW, undefined, undefined, undefined]);
  });
  test('forgets the looks and failed look-ups of an attempt before', () => {
    const record = startSending(pending(1, { unchangedSince: NOW, failedLookUps: 3 }), plan(), attempt, NOW);
    expect([record.unchangedSince, record.failedLookUps]).toEqual([undefined, undefined]);
  });
  test('says that emails are changed, and has none of the other addresses', () => {
    const state = { ...plan().state, otherMails: ['second@fabrikam.example'] };
    const emailChange = { mail: 'new@adatum.example', otherMails: state.otherMails };
    const changing = startSending(pending(), plan(1, { state, emailChange }), attempt, NOW);
    expect(changing).toMatchObject({ emailAddedAt: NOW, sent: { addsEmail: true } });
    expect(JSON.stringify(changing)).not.toContain('second@fabrikam.example');
  });
  test('says since when an email is added, where nobody wrote that down before', () => {
    expect(
      startSending(pending(), plan(1, { emailChange: { otherMails: [] }, isEmailAdded: true }), attempt, NOW)
        .emailAddedAt,
    ).toBe(NOW);
  });
});

describe('a change', () => {
  const why = { dueAt: NOW + 5, verdict: { ...verdict, code: 'noAnswer' }, attempts: 3, requestId: 'r' } as const;
  test("to pending, or to doubt, tells when, why, after how many attempts, and Graph's request id", () => {
    expect(release(sending(), why)).toMatchObject({
      nextAction: 'send',
      dueAt: NOW + 5,
      verdict: { code: 'noAnswer' },
      attempts: 3,
      graphRequestId: 'r',
    });
    expect(keepInDoubt(sending(), { ...why, unchangedSince: NOW })).toMatchObject({
      nextAction: 'look',
      dueAt: NOW + 5,
      verdict: { code: 'noAnswer' },
      attempts: 3,
      graphRequestId: 'r',
      unchangedSince: NOW,
    });
    expect(postpone(pending(), why)).toMatchObject({ dueAt: NOW + 5, verdict: { code: 'noAnswer' }, attempts: 3 });
  });
  test('that has nothing new to tell keeps what was told', () => {
    const told: ResetRecord = { ...sending(), verdict, attempts: 2, graphRequestId: 'old', unchangedSince: NOW - 1 };
    for (const change of [release, keepInDoubt, postpone])
      expect(change(told, { dueAt: NOW + 5 })).toMatchObject({
        dueAt: NOW + 5,
        verdict,
        attempts: 2,
        graphRequestId: 'old',
        unchangedSince: NOW - 1,
      });
    expect(end(told, 'failed', { verdict }, NOW)).toMatchObject({ attempts: 2, graphRequestId: 'old', endedAt: NOW });
  });
  test('to an end tells the guest and the answer', () => {
    expect(end(pending(), 'failed', { verdict, guestId: 'g', requestId: 'r', attempts: 4 }, NOW)).toMatchObject({
      guestId: 'g',
      graphRequestId: 'r',
      attempts: 4,
      verdict,
      endedAt: NOW,
    });
    expect(end(pending(), 'failed', { verdict }, NOW)).not.toHaveProperty('guestId');
  });
  test('to success keeps the ids, and the redeem URL only where nobody mails it', () => {
    const how = {
      verdict,
      attempts: 1,
      invitation: { id: 'i', inviteRedeemUrl: 'https://secret.example' },
      requestId: 'r',
      verifyAt: NOW + 60,
      verification: 'verified',
      after: { mail: 'm' },
    } as const;
    expect(succeed(sending({ asksMail: false }), how, NOW)).toMatchObject({
      invitationId: 'i',
      inviteRedeemUrl: 'https://secret.example',
      graphRequestId: 'r',
      verifyAt: NOW + 60,
      verification: 'verified',
      after: { mail: 'm' },
      endedAt: NOW,
    });
    expect(succeed(sending(), how, NOW)).not.toHaveProperty('inviteRedeemUrl');
    for (const member of ['invitationId', 'inviteRedeemUrl', 'graphRequestId', 'verifyAt', 'verification', 'after'])
      expect(succeed(sending({ asksMail: false }), { verdict, attempts: 1 }, NOW)).not.toHaveProperty(member);
  });
});

describe('an earlier request whose answer was lost', () => {
  const happened = release(sending({ asksMail: false }), { dueAt: NOW, earlier: 'happened' });
  const unclear = release(sending({ asksMail: false }), { dueAt: NOW, earlier: 'unclear' });
  test('that had happened is never made less certain', () => {
    const again = startSending(
      happened,
      plan(1, { asksMail: false }),
      { id: 'b', quietUntil: NOW, graphDate: NOW },
      NOW,
    );
    expect(release(again, { dueAt: NOW, earlier: 'unclear' }).earlier).toBe('happened');
    expect(release(again, { dueAt: NOW }).earlier).toBe('happened');
    expect(release(sending(), { dueAt: NOW })).not.toHaveProperty('earlier');
  });
  test('that may have happened is known to have, once a look shows it', () => {
    const again = startSending(
      unclear,
      plan(1, { asksMail: false }),
      { id: 'b', quietUntil: NOW, graphDate: NOW },
      NOW,
    );
    expect(release(again, { dueAt: NOW, earlier: 'happened' }).earlier).toBe('happened');
    expect(release(again, { dueAt: NOW }).earlier).toBe('unclear');
  });
  test('that had happened makes every end a success, also a cancel; its own attempts are counted', () => {
    for (const status of ['failed', 'skipped', 'unknown', 'canceled'] as const) {
      expect(end(happened, status, { verdict, attempts: 5 }, NOW)).toMatchObject({
        status: 'succeeded',
        attempts: 5,
        verification: 'verified',
        verdict: { code: 'resetSeenInDirectory', nextStep: expect.stringContaining('redeem URL') },
      });
    }
    expect(end({ ...happened, attempts: 2 }, 'failed', { verdict }, NOW).attempts).toBe(2);
  });
  test('that may have happened makes a failure or a cancel unknown, and a skip a skip', () => {
    for (const status of ['failed', 'canceled'] as const)
      expect(end(unclear, status, { verdict }, NOW)).toMatchObject({
        status: 'unknown',
        verdict: { code: 'outcomeUnknown' },
      });
    expect(end(unclear, 'skipped', { verdict }, NOW)).toMatchObject({ status: 'skipped', verdict });
    expect(end(unclear, 'unknown', { verdict }, NOW)).toMatchObject({ status: 'unknown', verdict });
  });
  test('is told no more in the record of the end', () => {
    for (const record of [happened, unclear])
      expect(end(record, 'failed', { verdict }, NOW)).not.toHaveProperty('earlier');
  });
});

describe('a dry run', () => {
  test('says what would be done, and does none of it', () => {
    const record = rehearse(
      pending(),
      plan(1, { address: 'new@adatum.example', emailChange: { otherMails: [] }, warnings: ['externalMember'] }),
      NOW,
    );
    expect(record).toMatchObject({
      status: 'succeeded',
      endedAt: NOW,
      guestId: GUEST_ID,
      before: { userPrincipalName: 'upn', mail: 'anna@fabrikam.example' },
      warnings: ['externalMember'],
      would: { mailTo: 'new@adatum.example', addEmail: 'new@adatum.example' },
      verdict: { code: 'wouldReset', nextStep: 'Submit without dryRun to do it.' },
    });
    for (const member of ['sent', 'nextAction', 'emailAddedAt']) expect(record).not.toHaveProperty(member);
    expect(rehearse(pending(), plan(1, { asksMail: false }), NOW).would).toEqual({});
  });
  test('never ends a reset that was sent, or has ended', () => {
    expect(() => rehearse(sending(), plan(), NOW)).toThrow('row 1: a reset that is sending is no dry run');
    expect(() => rehearse(end(pending(), 'failed', { verdict }, NOW), plan(), NOW)).toThrow('is no dry run');
  });
});

test('names that Graph does not tell are left out', () => {
  expect([
    names({ userPrincipalName: null, mail: null }),
    names({}),
    names({ userPrincipalName: 'u', mail: 'm' }),
  ]).toEqual([{}, {}, { userPrincipalName: 'u', mail: 'm' }]);
});
