import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GuestState } from '../../../../shared/domain/guest/guest.ts';
import { emailChange, settleChoices } from '../../../../shared/domain/graph/invitation.ts';
import { lookUpOf, readLookUp } from '../../../../shared/domain/guest/look-up.ts';
import { addressWantedTwice, SAME_GUEST_TWICE } from '../../../../shared/domain/reset/preflight-verdicts.ts';
import { decidePreflight, type PreflightSettings } from '../../../../shared/domain/reset/preflight.ts';
import { addsEmail, costOf, keepAddresses } from '../../../../shared/domain/reset/send-plan.ts';
import type { ResetRequest } from '../../../../shared/domain/reset/reset.ts';
import { GUEST_ID, NOW, pending, request, user, WINDOW } from '../records.ts';

const REDIRECT = 'https://myapps.microsoft.com?tenantId=11111111-1111-4111-8111-111111111111';
const settings: PreflightSettings = { jobDefaults: {}, defaultRedirectUrl: REDIRECT, window: WINDOW };
const several = (...ids: string[]) => ({ kind: 'several' as const, users: ids.map((id) => user({ id })) });
const decide = (found = user(), more: Partial<ResetRequest> = {}, rules: Partial<PreflightSettings> = {}) =>
  decidePreflight(
    { ...pending(), request: request(1, more) },
    { kind: 'user', user: found },
    { ...settings, ...rules },
  );

describe('preflight', () => {
  test("invites the guest's own mail by default, to My Apps of the tenant", () => {
    expect(decide()).toMatchObject({
      kind: 'send',
      plan: {
        address: 'anna@fabrikam.example',
        invitation: { invitedUser: { id: GUEST_ID }, resetRedemption: true, inviteRedirectUrl: REDIRECT },
      },
    });
  });
  test('ends what cannot be found, is ambiguous, or has no address', () => {
    expect(decidePreflight(pending(), { kind: 'none' }, settings)).toMatchObject({
      verdict: { code: 'guestNotFound' },
    });
    expect(decidePreflight(pending(), several('a', 'b'), settings)).toMatchObject({
      verdict: { code: 'guestAmbiguous', message: expect.stringContaining('a, b') },
    });
    expect(decide(user({ mail: null }))).toMatchObject({ verdict: { code: 'noAddress' } });
    expect(decide(user(), { invitedUserEmailAddress: 'new@adatum.example', addEmailTo: 'none' })).toMatchObject({
      verdict: { code: 'emailNotOnUser' },
    });
  });
  test('warns of a disabled account and of a message that Microsoft drops', () => {
    const decided = decide(user({ accountEnabled: false }), { customizedMessageBody: 'Hello' });
    expect(decided.kind === 'send' && decided.plan.warnings).toEqual(['accountDisabled', 'customMessageDropped']);
  });
  test('takes the user principal name of the guest beside its id for a name, not for an address of somebody else', () => {
    const found = user({ userPrincipalName: 'Anna@contoso.example' });
    const decided = decide(found, { alsoSaid: ['anna@contoso.example'] });
    expect(decided.kind === 'send' && decided.plan.warnings).toEqual([]);
    expect(decide(found, { alsoSaid: ['bo@contoso.example'] })).toMatchObject({
      verdict: { code: 'selectorsDisagree' },
    });
  });
  test('changes no email when the guest has the address already, in whatever case', () => {
    const decided = decide(user({ otherMails: ['Second@Fabrikam.example'] }), {
      invitedUserEmailAddress: 'second@fabrikam.example',
    });
    expect(decided.kind === 'send' && decided.plan.emailChange).toBeUndefined();
  });
});

describe('preflight of a guest', () => {
  test('who holds a directory role names the role; without the permission to see roles nobody is refused for that', () => {
    const roles = new Map([[GUEST_ID, 'Reports Reader']]);
    expect(decide(user({ id: GUEST_ID.toUpperCase() }), {}, { roles })).toMatchObject({
      kind: 'end',
      status: 'failed',
      verdict: { code: 'directoryRole', message: expect.stringContaining('Reports Reader') },
    });
    expect(decide(user(), {}, { roles: new Map() }).kind).toBe('send');
    expect(decide().kind).toBe('send');
  });
  test('whose address the service would refuse, or the deployment does not invite, sends nothing', () => {
    expect(decide(user({ mail: 'anna+old@fabrikam.example' }))).toMatchObject({
      verdict: { code: 'addressNotValid', message: expect.stringContaining('+') },
    });
    expect(decide(user(), {}, { allowedEmailDomains: ['adatum.example'] })).toMatchObject({
      verdict: { code: 'domainNotAllowed', message: expect.stringContaining('fabrikam.example') },
    });
    expect(decide(user(), {}, { allowedEmailDomains: ['Fabrikam.example'] }).kind).toBe('send');
    expect(
      decide(user({ mail: 'a@eu.fabrikam.example' }), {}, { allowedEmailDomains: ['*.fabrikam.example'] }).kind,
    ).toBe('send');
    expect(decide(user(), {}, { allowedEmailDomains: ['*.fabrikam.example'] }).kind).toBe('end');
  });
  test('who is an external member, or has not redeemed an earlier invitation, is reset with a note', () => {
    const decided = decide(user({ userType: 'Member', externalUserState: 'PendingAcceptance' }));
    expect(decided.kind === 'send' && decided.plan.warnings).toEqual(['externalMember', 'alreadyPending']);
  });
});

describe("a change of the partner's domain", () => {
  const rules = { changeEmailDomain: { from: 'fabrikam.example', to: 'adatum.example' } };
  test('derives the new address from the mail, whatever its case, and keeps the old one', () => {
    expect(decide(user({ mail: 'Anna.Berg@FABRIKAM.example' }), {}, rules)).toMatchObject({
      plan: {
        address: 'Anna.Berg@adatum.example',
        emailChange: { mail: 'Anna.Berg@adatum.example', otherMails: ['Anna.Berg@FABRIKAM.example'] },
      },
    });
  });
  test('skips guests of other domains, subdomains included, and says so', () => {
    for (const mail of [
      'bo@litware.example',
      'bo@eu.fabrikam.example',
      'bo@notfabrikam.example',
      'bo@adatum.example',
    ]) {
      expect(decide(user({ mail }), {}, rules)).toMatchObject({
        kind: 'end',
        status: 'skipped',
        verdict: { code: 'otherDomain' },
      });
    }
  });
  test('goes on with a guest whose mail an earlier try has changed already', () => {
    const moved = decide(user({ mail: 'anna@adatum.example', otherMails: ['anna@fabrikam.example'] }), {}, rules);
    expect(moved).toMatchObject({ kind: 'send', plan: { address: 'anna@adatum.example' } });
    expect(moved.kind === 'send' && moved.plan.emailChange).toBeUndefined();
  });
  test('gives way to an address that the row names itself', () => {
    expect(
      decide(user({ mail: 'bo@litware.example' }), { invitedUserEmailAddress: 'bo@new.example' }, rules),
    ).toMatchObject({ plan: { address: 'bo@new.example' } });
  });
});

test('addresses that a lagging read does not show are kept in a change, once', () => {
  const remembered = ['earlier@fabrikam.example', 'ANNA@fabrikam.example', 'new@adatum.example'];
  const at = (addEmailTo: 'mail' | 'otherMails') => {
    const decided = decidePreflight(
      { ...pending(), request: request(1, { invitedUserEmailAddress: 'new@adatum.example', addEmailTo }) },
      { kind: 'user', user: user() },
      settings,
    );
    return decided.kind === 'send' ? keepAddresses(decided.plan, remembered).emailChange : decided;
  };
  expect(at('mail')).toEqual({
    mail: 'new@adatum.example',
    otherMails: ['anna@fabrikam.example', 'earlier@fabrikam.example'],
  });
  // The mail that was read may have been moved since, so it is kept where it was remembered.
  expect(at('otherMails')).toEqual({
    otherMails: ['new@adatum.example', 'earlier@fabrikam.example', 'ANNA@fabrikam.example'],
  });
});

test('a guest ends whose other addresses would be more than the directory takes, or longer', () => {
  const others = (count: number, chars: number): string[] =>
    Array.from({ length: count }, (_, index) => `${index}@`.padEnd(chars, 'x'));
  const codeWith = (
    otherMails: readonly string[],
    more: object = { invitedUserEmailAddress: 'new@adatum.example' },
  ) => {
    const decided = decidePreflight(
      { ...pending(), request: request(1, more) },
      { kind: 'user', user: user({ otherMails }) },
      settings,
    );
    return decided.kind === 'end' ? decided.verdict.code : decided.kind;
  };
  expect([codeWith(others(249, 100)), codeWith(others(250, 100))]).toEqual(['send', 'tooManyAddresses']);
  expect([codeWith(others(30, 2_000)), codeWith(others(30, 2_100))]).toEqual(['send', 'tooManyAddresses']);
  expect(codeWith(others(300, 300), {})).toBe('send');
});

const address = fc.constantFrom('a@x.example', 'A@X.example', 'b@x.example', 'c@x.example', 'd@x.example');
const state: fc.Arbitrary<GuestState> = fc.record({
  externalUserState: fc.constant('Accepted'),
  externalUserStateChangeDateTime: fc.constant(null),
  userPrincipalName: fc.constant('upn'),
  mail: fc.option(address),
  otherMails: fc.uniqueArray(address, { selector: (each) => each.toLowerCase() }),
});

test('no change of email ever loses an address, and the new one is there after it', () => {
  fc.assert(
    fc.property(state, address, fc.constantFrom('mail' as const, 'otherMails' as const), (before, added, where) => {
      const after = { mail: before.mail, otherMails: before.otherMails, ...emailChange(before, added, where) };
      const has = (each: string): boolean =>
        [after.mail ?? '', ...after.otherMails].some((known) => known.toLowerCase() === each.toLowerCase());
      for (const each of [added, ...before.otherMails, ...(before.mail === null ? [] : [before.mail])])
        expect(has(each), each).toBe(true);
    }),
  );
});

test("the more particular choice wins, false included, and nobody's silence becomes a mail", () => {
  expect(
    settleChoices(request(1, { sendInvitationMessage: false }), { sendInvitationMessage: true }, REDIRECT)
      .sendInvitationMessage,
  ).toBe(false);
  const { sendInvitationMessage: _said, ...silent } = request();
  expect(settleChoices(silent, { sendInvitationMessage: false }, REDIRECT).sendInvitationMessage).toBe(false);
  expect(() => settleChoices(silent, {}, REDIRECT)).toThrow('nobody said');
});

describe('a look-up', () => {
  const lookUp = { by: 'mail', value: 'anna@fabrikam.example' } as const;
  const answered = (status: number, body: unknown) => ({
    kind: 'answered' as const,
    date: NOW,
    answers: new Map([['0', { status, body }]]),
  });
  test('goes by object id once that is known', () => {
    expect(lookUpOf({ ...pending(), guestId: GUEST_ID, request: request(1, { selector: lookUp }) })).toEqual({
      by: 'id',
      value: GUEST_ID,
    });
  });
  test('by mail finds none, one or several', () => {
    expect(readLookUp(lookUp, answered(200, { value: [] }), '0')).toEqual({ kind: 'none' });
    expect(readLookUp(lookUp, answered(200, { value: [user()] }), '0')).toMatchObject({ kind: 'user' });
    expect(readLookUp(lookUp, answered(200, { value: [user(), user({ id: 'b' })] }), '0')).toEqual({
      kind: 'several',
      users: [user(), user({ id: 'b' })],
    });
  });
  test('answered as a whole says nothing about a guest, whatever the status', () => {
    for (const status of [400, 403, 404, 500, 302]) {
      expect(
        readLookUp(
          lookUp,
          { kind: 'refused', answer: { status, body: { error: { code: 'Request_ResourceNotFound' } } } },
          '0',
        ),
      ).toMatchObject({ kind: 'failed', class: 'retry' });
    }
    expect(
      readLookUp(lookUp, { kind: 'refused', answer: { status: 429, body: {}, retryAfter: { seconds: 3 } } }, '0'),
    ).toMatchObject({ class: 'throttled', wait: { seconds: 3 } });
  });
  test('that failed is no user who is missing', () => {
    expect(readLookUp(lookUp, answered(404, { error: { code: 'Request_ResourceNotFound' } }), '0')).toEqual({
      kind: 'none',
    });
    for (const batch of [
      answered(503, {}),
      answered(200, { value: [{}] }),
      answered(200, null),
      { kind: 'noAnswer' as const, message: 'x' },
      { kind: 'answered' as const, date: NOW, answers: new Map() },
    ]) {
      expect(readLookUp(lookUp, batch, '0').kind).toBe('failed');
    }
  });
});

describe('a guest to whom nothing is sent', () => {
  const none = (by: 'id' | 'userPrincipalName' | 'mail') =>
    decidePreflight(
      { ...pending(), request: request(1, { selector: { by, value: 'x' } }) },
      { kind: 'none' },
      settings,
    );
  test('is named in the result, once it was found', () => {
    const refused = [
      decide(user({ externalUserState: null, creationType: null, identities: [] })),
      decide(user({ mail: null })),
      decide(user({ mail: 'a+b@fabrikam.example' })),
      decide(
        user({ mail: 'bo@litware.example' }),
        {},
        { changeEmailDomain: { from: 'fabrikam.example', to: 'adatum.example' } },
      ),
    ];
    for (const decided of refused) expect(decided).toMatchObject({ kind: 'end', guestId: GUEST_ID });
    for (const decided of [none('id'), decidePreflight(pending(), several('a', 'b'), settings)]) {
      expect(decided.kind).toBe('end');
      expect(decided).not.toHaveProperty('guestId');
    }
  });
  test('because nobody is found is told by what was searched for, and that a new address is the wrong name', () => {
    expect([none('id'), none('userPrincipalName'), none('mail')]).toMatchObject([
      {
        status: 'failed',
        verdict: {
          message: expect.stringContaining('object id'),
          nextStep: expect.stringContaining('spelling'),
        },
      },
      {
        verdict: {
          message: expect.stringContaining('user principal name'),
          nextStep: expect.stringContaining('spelling'),
        },
      },
      { verdict: { message: expect.stringContaining('address'), nextStep: expect.stringContaining('old address') } },
    ]);
  });
  test('because there are several is told with five of their ids', () => {
    const ambiguous = (ids: string[]) => decidePreflight(pending(), several(...ids), settings);
    expect(ambiguous(['a', 'b', 'c', 'd', 'e'])).toMatchObject({
      status: 'failed',
      verdict: { message: expect.stringMatching(/: a, b, c, d, e\.$/) },
    });
    expect(ambiguous(['a', 'b', 'c', 'd', 'e', 'f'])).toMatchObject({
      verdict: { message: expect.stringMatching(/: a, b, c, d, e …\.$/) },
    });
  });
  test('because of another domain is told both', () => {
    const decided = decide(
      user({ mail: 'bo@litware.example' }),
      {},
      { changeEmailDomain: { from: 'fabrikam.example', to: 'adatum.example' } },
    );
    expect(decided).toMatchObject({
      verdict: { message: expect.stringMatching(/litware\.example.*fabrikam\.example/) },
    });
  });
});

describe('a guest without mail', () => {
  test('can be reset at an address that the row names', () => {
    expect(decide(user({ mail: null }), { invitedUserEmailAddress: 'new@adatum.example' })).toMatchObject({
      kind: 'send',
      plan: { address: 'new@adatum.example', emailChange: { mail: 'new@adatum.example', otherMails: [] } },
    });
  });
  test('has no address either where the mail is an empty text, or the partner moves', () => {
    expect(decide(user({ mail: '' }))).toMatchObject({ verdict: { code: 'noAddress' } });
    expect(
      decide(user({ mail: null }), {}, { changeEmailDomain: { from: 'fabrikam.example', to: 'adatum.example' } }),
    ).toMatchObject({ verdict: { code: 'noAddress' } });
  });
});

describe('a plan', () => {
  const sent = (
    found = user(),
    more: Partial<ResetRequest> = {},
    record: Partial<Parameters<typeof decidePreflight>[0]> = {},
  ) => {
    const decided = decidePreflight(
      { ...pending(), ...record, request: request(1, more) },
      { kind: 'user', user: found },
      settings,
    );
    if (decided.kind !== 'send') throw new Error(decided.verdict.code);
    return decided.plan;
  };
  test('has the row, the guest as found, and what was asked', () => {
    expect(sent(user(), { sendInvitationMessage: false })).toMatchObject({
      row: 1,
      guestId: GUEST_ID,
      asksMail: false,
      state: { mail: 'anna@fabrikam.example', externalUserState: 'Accepted' },
      warnings: [],
    });
    expect(sent(user(), { invitedUserDisplayName: 'Anna' }).invitation).toMatchObject({
      invitedUserDisplayName: 'Anna',
    });
  });
  test('of an address that the guest has goes without a change, also where none may be made', () => {
    const plan = sent(user(), { addEmailTo: 'none' });
    expect([plan.emailChange, addsEmail(plan), costOf(plan)]).toEqual([undefined, false, 1]);
    expect(
      sent(user({ otherMails: ['second@fabrikam.example'] }), {
        addEmailTo: 'none',
        invitedUserEmailAddress: 'Second@fabrikam.example',
      }),
    ).not.toHaveProperty('emailChange');
  });
  test('does not make a change again that only has to show: Graph took it, and then did not know the address', () => {
    const more = { invitedUserEmailAddress: 'new@adatum.example' };
    const mismatch = { code: 'emailNotOnUser', message: '' } as const;
    const [first, again, failed] = [
      sent(user(), more),
      sent(user(), more, { emailAddedAt: NOW, verdict: mismatch }),
      sent(user(), more, { emailAddedAt: NOW, verdict: { ...mismatch, code: 'graphFailed' } }),
    ];
    expect([first, again, failed].map((each) => [addsEmail(each), costOf(each)])).toEqual([
      [true, 2],
      [false, 1],
      [true, 2],
    ]);
    expect(addsEmail(sent(user(), more, { verdict: mismatch }))).toBe(true);
    expect(addsEmail(sent(user(), more, { emailAddedAt: NOW }))).toBe(true);
    expect(sent(user(), {}, { emailAddedAt: NOW, verdict: mismatch })).not.toHaveProperty('isEmailAdded');
  });
  test('keeps further addresses where it changes emails at all', () => {
    const changing = sent(user(), { invitedUserEmailAddress: 'new@adatum.example' });
    expect(keepAddresses(changing, ['third@fabrikam.example']).emailChange).toEqual({
      mail: 'new@adatum.example',
      otherMails: ['anna@fabrikam.example', 'third@fabrikam.example'],
    });
    const plain = sent();
    expect(keepAddresses(plain, ['third@fabrikam.example'])).toBe(plain);
  });
  test('warns of no more than there is: a message that Microsoft does not mail is not dropped', () => {
    expect(
      sent(user({ accountEnabled: null, userType: null }), {
        customizedMessageBody: 'Hello',
        sendInvitationMessage: false,
      }).warnings,
    ).toEqual([]);
    expect(sent(user({ userType: 'MEMBER' })).warnings).toEqual(['externalMember']);
  });
});

test('whoever stands in a chunk twice is told, and so is who wants the same new address', () => {
  expect(addressWantedTwice(7)).toMatchObject({
    code: 'addressWantedTwice',
    message: expect.stringContaining('Row 7'),
  });
  expect(SAME_GUEST_TWICE.code).toBe('sameGuestTwice');
});
