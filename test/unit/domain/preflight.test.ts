import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProvablyExternal } from '../../../shared/domain/external.ts';
import type { GuestState } from '../../../shared/domain/guest.ts';
import { emailChange, settleChoices } from '../../../shared/domain/invitation.ts';
import { lookUpOf, readLookUp } from '../../../shared/domain/look-up.ts';
import { decidePreflight } from '../../../shared/domain/preflight.ts';
import type { ResetRequest } from '../../../shared/domain/reset.ts';
import { GUEST_ID, NOW, pending, request, user } from './records.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const settings = { jobDefaults: {}, tenantId: TENANT };
const decide = (found = user(), more: Partial<ResetRequest> = {}) => decidePreflight({ ...pending(), request: request(1, more) }, { kind: 'user', user: found }, settings);

describe('a user', () => {
  test.each([
    ['pending', user({ externalUserState: 'PendingAcceptance', creationType: null }), true],
    ['accepted, of type Member', user({ userType: 'Member' }), true],
    ['invited before there were states', user({ externalUserState: null }), true],
    ['internal member', user({ externalUserState: null, creationType: null, userType: 'Member', userPrincipalName: 'bo@contoso.example', identities: [] }), false],
    ['internal, of type Guest', user({ externalUserState: null, creationType: null, userPrincipalName: 'bo@contoso.example', identities: [] }), false],
    ['without identities', user({ identities: null }), true],
    ['converted to internal', user({ identities: [{ signInType: 'userPrincipalName', issuer: 'contoso.example', issuerAssignedId: 'bo@contoso.example' }] }), false],
  ])('%s is external: %s', (_name, found, expected) => {
    expect(isProvablyExternal(found)).toBe(expected);
    expect(decide(found).kind).toBe(expected ? 'send' : 'end');
  });
});

describe('preflight', () => {
  test('invites the guest\'s own mail by default, to My Apps of the tenant', () => {
    expect(decide()).toMatchObject({ kind: 'send', plan: { address: 'anna@fabrikam.example', invitation: { invitedUser: { id: GUEST_ID }, resetRedemption: true, inviteRedirectUrl: `https://myapps.microsoft.com?tenantId=${TENANT}` } } });
  });
  test('ends what cannot be found, is ambiguous, or has no address', () => {
    expect(decidePreflight(pending(), { kind: 'none' }, settings)).toMatchObject({ verdict: { code: 'guestNotFound' } });
    expect(decidePreflight(pending(), { kind: 'several', ids: ['a', 'b'] }, settings)).toMatchObject({ verdict: { code: 'guestAmbiguous', message: expect.stringContaining('a, b') } });
    expect(decide(user({ mail: null }))).toMatchObject({ verdict: { code: 'noAddress' } });
    expect(decide(user(), { invitedUserEmailAddress: 'new@adatum.example', addEmailTo: 'none' })).toMatchObject({ verdict: { code: 'emailNotOnUser' } });
  });
  test('warns of a disabled account and of a message that Microsoft drops', () => {
    const decided = decide(user({ accountEnabled: false }), { customizedMessageBody: 'Hello' });
    expect(decided.kind === 'send' && decided.plan.warnings).toHaveLength(2);
  });
  test('changes no email when the guest has the address already, in whatever case', () => {
    const decided = decide(user({ otherMails: ['Second@Fabrikam.example'] }), { invitedUserEmailAddress: 'second@fabrikam.example' });
    expect(decided.kind === 'send' && decided.plan.emailChange).toBeUndefined();
  });
});

const address = fc.constantFrom('a@x.example', 'A@X.example', 'b@x.example', 'c@x.example', 'd@x.example');
const state: fc.Arbitrary<GuestState> = fc.record({
  externalUserState: fc.constant('Accepted'), externalUserStateChangeDateTime: fc.constant(null), userPrincipalName: fc.constant('upn'),
  mail: fc.option(address), otherMails: fc.uniqueArray(address, { selector: (each) => each.toLowerCase() }),
});

test('no change of email ever loses an address, and the new one is there after it', () => {
  fc.assert(fc.property(state, address, fc.constantFrom('mail' as const, 'otherMails' as const), (before, added, where) => {
    const after = { mail: before.mail, otherMails: before.otherMails, ...emailChange(before, added, where) };
    const has = (each: string): boolean => [after.mail ?? '', ...after.otherMails].some((known) => known.toLowerCase() === each.toLowerCase());
    for (const each of [added, ...before.otherMails, ...(before.mail === null ? [] : [before.mail])]) expect(has(each), each).toBe(true);
  }));
});

test('the more particular choice wins, false included, and nobody\'s silence becomes a mail', () => {
  expect(settleChoices(request(1, { sendInvitationMessage: false }), { sendInvitationMessage: true }, TENANT).sendInvitationMessage).toBe(false);
  const { sendInvitationMessage: _said, ...silent } = request();
  expect(settleChoices(silent, { sendInvitationMessage: false }, TENANT).sendInvitationMessage).toBe(false);
  expect(() => settleChoices(silent, {}, TENANT)).toThrow('nobody said');
});

describe('a look-up', () => {
  const lookUp = { by: 'mail', value: 'a@x.example' } as const;
  const answered = (status: number, body: unknown) => ({ kind: 'answered' as const, date: NOW, answers: new Map([['0', { status, body }]]) });
  test('goes by object id once that is known', () => {
    expect(lookUpOf({ ...pending(), guestId: GUEST_ID, request: request(1, { selector: lookUp }) })).toEqual({ by: 'id', value: GUEST_ID });
  });
  test('by mail finds none, one or several', () => {
    expect(readLookUp(lookUp, answered(200, { value: [] }), '0')).toEqual({ kind: 'none' });
    expect(readLookUp(lookUp, answered(200, { value: [user()] }), '0')).toMatchObject({ kind: 'user' });
    expect(readLookUp(lookUp, answered(200, { value: [user(), user({ id: 'b' })] }), '0')).toEqual({ kind: 'several', ids: [GUEST_ID, 'b'] });
  });
  test('answered as a whole says nothing about a guest, whatever the status', () => {
    for (const status of [400, 403, 404, 500, 302]) {
      expect(readLookUp(lookUp, { kind: 'refused', answer: { status, body: { error: { code: 'Request_ResourceNotFound' } } } }, '0')).toMatchObject({ kind: 'failed', class: 'retry' });
    }
    expect(readLookUp(lookUp, { kind: 'refused', answer: { status: 429, body: {}, retryAfterSeconds: 3 } }, '0')).toMatchObject({ class: 'throttled', waitSeconds: 3 });
  });
  test('that failed is no user who is missing', () => {
    expect(readLookUp(lookUp, answered(404, { error: { code: 'Request_ResourceNotFound' } }), '0')).toEqual({ kind: 'none' });
    for (const batch of [answered(503, {}), answered(200, { value: [{}] }), answered(200, null), { kind: 'noAnswer' as const, message: 'x' }, { kind: 'answered' as const, date: NOW, answers: new Map() }]) {
      expect(readLookUp(lookUp, batch, '0').kind).toBe('failed');
    }
  });
});
