import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guestState, hasAddress } from '../../../../shared/domain/guest/guest.ts';
import { emailChange, invitationBody, settleChoices } from '../../../../shared/domain/graph/invitation.ts';
import { costOf } from '../../../../shared/domain/reset/send-plan.ts';
import { GUEST_ID, plan, request, user } from '../records.ts';

const REDIRECT = 'https://myapps.microsoft.com?tenantId=11111111-1111-4111-8111-111111111111';
const settled = (more = {}) => settleChoices(request(1, more), {}, REDIRECT);

describe('the body of an invitation', () => {
  test('always resets, names the guest by object id, and says in so many words whether to mail', () => {
    expect(invitationBody(GUEST_ID, 'anna@fabrikam.example', settled({ sendInvitationMessage: false }))).toEqual({
      invitedUserEmailAddress: 'anna@fabrikam.example',
      invitedUser: { id: GUEST_ID },
      resetRedemption: true,
      sendInvitationMessage: false,
      inviteRedirectUrl: REDIRECT,
    });
  });
  test('carries display name, language, message and one recipient in copy as Graph wants them', () => {
    const choices = settled({
      messageLanguage: 'de-DE',
      customizedMessageBody: 'Hello',
      ccRecipient: { address: 'boss@fabrikam.example', name: 'Boss' },
    });
    expect(invitationBody(GUEST_ID, 'anna@fabrikam.example', choices, 'Anna')).toMatchObject({
      invitedUserDisplayName: 'Anna',
      invitedUserMessageInfo: {
        messageLanguage: 'de-DE',
        customizedMessageBody: 'Hello',
        ccRecipients: [{ emailAddress: { address: 'boss@fabrikam.example', name: 'Boss' } }],
      },
    });
  });
});

test("choices: the reset's own word, else the job's, else the default, one by one", () => {
  const job = {
    sendInvitationMessage: true,
    messageLanguage: 'fr-FR',
    addEmailTo: 'none',
    inviteRedirectUrl: 'https://job.example',
  } as const;
  expect(settleChoices(request(1, { sendInvitationMessage: false, messageLanguage: 'de-DE' }), job, REDIRECT)).toEqual({
    sendInvitationMessage: false,
    messageLanguage: 'de-DE',
    addEmailTo: 'none',
    inviteRedirectUrl: 'https://job.example',
  });
  expect(settled().addEmailTo).toBe('mail');
});

describe('a new address', () => {
  const anna = guestState(user({ otherMails: ['second@fabrikam.example'] }));
  test('becomes the mail, and the old one moves to otherMails', () => {
    expect(emailChange(anna, 'new@adatum.example', 'mail')).toEqual({
      mail: 'new@adatum.example',
      otherMails: ['second@fabrikam.example', 'anna@fabrikam.example'],
    });
  });
  test('is added to otherMails, and mail is left alone', () => {
    expect(emailChange(anna, 'new@adatum.example', 'otherMails')).toEqual({
      otherMails: ['second@fabrikam.example', 'new@adatum.example'],
    });
  });
  test('is not listed twice when the old mail is in otherMails already', () => {
    const twice = guestState(user({ otherMails: ['ANNA@fabrikam.example'] }));
    expect(emailChange(twice, 'new@adatum.example', 'mail')).toEqual({
      mail: 'new@adatum.example',
      otherMails: ['ANNA@fabrikam.example'],
    });
  });
  test('costs a second write; an address that the guest has costs none', () => {
    expect(costOf(plan(1, { emailChange: { mail: 'new@adatum.example', otherMails: [] } }))).toBe(2);
    expect(costOf(plan())).toBe(1);
  });
});

const address = fc.emailAddress();
const state = fc
  .record({ mail: fc.option(address), otherMails: fc.array(address, { maxLength: 4 }) })
  .map((mails) => guestState(user(mails)));
const place = fc.constantFrom('mail' as const, 'otherMails' as const);

test('a change of email keeps every address in its spelling and order, adds the new one, and is not needed twice', () => {
  fc.assert(
    fc.property(state, address, place, (before, added, where) => {
      const after = { ...before, ...emailChange(before, added, where) };
      expect(after.otherMails.slice(0, before.otherMails.length)).toEqual(before.otherMails);
      for (const known of [...before.otherMails, added, ...(before.mail === null ? [] : [before.mail])])
        expect(hasAddress(after, known), known).toBe(true);
      expect(emailChange(after, added, where)).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});

describe('what nobody said', () => {
  test('is left out of the body', () => {
    const body = invitationBody(GUEST_ID, 'anna@fabrikam.example', settled({ messageLanguage: 'de-DE' }));
    expect(body['invitedUserMessageInfo']).toEqual({ messageLanguage: 'de-DE' });
    expect(
      invitationBody(GUEST_ID, 'anna@fabrikam.example', settled({ customizedMessageBody: 'Hello' }))[
        'invitedUserMessageInfo'
      ],
    ).toEqual({ customizedMessageBody: 'Hello' });
  });
  test('by the reset is taken from the job, each choice by itself', () => {
    const said = {
      sendInvitationMessage: false,
      inviteRedirectUrl: 'https://job.example',
      messageLanguage: 'fr-FR',
      customizedMessageBody: 'Bonjour',
      ccRecipient: { address: 'boss@fabrikam.example' },
      addEmailTo: 'otherMails',
    } as const;
    const { sendInvitationMessage: _said, ...silent } = request();
    expect(settleChoices(silent, said, REDIRECT)).toEqual(said);
    expect(
      settleChoices(
        { ...silent, ...said },
        {
          sendInvitationMessage: true,
          inviteRedirectUrl: 'x',
          messageLanguage: 'x',
          customizedMessageBody: 'x',
          ccRecipient: { address: 'x' },
          addEmailTo: 'none',
        },
        REDIRECT,
      ),
    ).toEqual(said);
  });
  test('about mail by anybody is a fault that names the row', () => {
    const { sendInvitationMessage: _said, ...silent } = request(7);
    expect(() => settleChoices(silent, {}, REDIRECT)).toThrow('row 7');
  });
});

test('a guest as Graph tells it, with no list of addresses as none', () => {
  const nothing = { externalUserState: null, externalUserStateChangeDateTime: null, userPrincipalName: null };
  expect(guestState(user({ ...nothing, mail: null, otherMails: null }))).toEqual({
    externalUserState: null,
    externalUserStateChangeDateTime: null,
    userPrincipalName: null,
    mail: null,
    otherMails: [],
  });
  expect(guestState(user({ otherMails: ['b@x.example'] }))).toEqual({
    externalUserState: 'Accepted',
    externalUserStateChangeDateTime: '2025-01-01T00:00:00Z',
    userPrincipalName: 'anna_fabrikam.example#EXT#@contoso.example',
    mail: 'anna@fabrikam.example',
    otherMails: ['b@x.example'],
  });
});

test("an address is the guest's when it is the mail or one of the others, in any case", () => {
  const anna = guestState(user({ otherMails: ['second@fabrikam.example'] }));
  expect(
    ['ANNA@fabrikam.example', 'Second@fabrikam.example', 'new@adatum.example'].map((each) => hasAddress(anna, each)),
  ).toEqual([true, true, false]);
});
