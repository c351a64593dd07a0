import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProvablyExternal } from '../../../shared/domain/external.ts';
import type { GraphUser } from '../../../shared/domain/guest.ts';
import { user } from './records.ts';

const local = { signInType: 'userPrincipalName', issuer: 'contoso.example', issuerAssignedId: 'bo@contoso.example' };
const localOfGuest = { ...local, issuerAssignedId: 'bo_fabrikam.example#EXT#@contoso.example' };
const federated = { signInType: 'federated', issuer: 'ExternalAzureAD', issuerAssignedId: null };

describe('a guest who accepted', () => {
  test.each([
    ['with an identity of another tenant beside the local one', true, [local, federated]],
    ['with the local identity that every guest has', true, [localOfGuest]],
    ['with local identities only, so converted to internal', false, [local, local]],
    ['with no identities told', true, []],
  ])('%s: external %s', (_name, expected, identities) => {
    expect(isProvablyExternal(user({ identities }))).toBe(expected);
  });
});

describe('a user without a state', () => {
  const stateless = (more: Partial<GraphUser>): GraphUser => user({ externalUserState: null, ...more });
  test.each([
    ['created by an invitation, with the mark of an external UPN', true, stateless({})],
    [
      'created by an invitation, with the mark in lower case',
      true,
      stateless({ userPrincipalName: 'anna_fabrikam.example#ext#@contoso.example' }),
    ],
    [
      'created by an invitation, with a UPN of the tenant',
      false,
      stateless({ userPrincipalName: 'anna@contoso.example' }),
    ],
    ['created by an invitation, and converted since', false, stateless({ identities: [local] })],
    ['with the mark, but created otherwise', false, stateless({ creationType: 'LocalAccount' })],
    ['with a state that nobody knows', false, user({ externalUserState: 'SomethingNew', creationType: null })],
    ['of whom Graph told the id alone', false, { id: 'x' }],
  ])('%s: external %s', (_name, expected, found) => {
    expect(isProvablyExternal(found)).toBe(expected);
  });
});

test('userType changes nothing, in either direction', () => {
  const anyUser = fc.record({
    externalUserState: fc.constantFrom(null, 'Accepted', 'PendingAcceptance'),
    creationType: fc.constantFrom(null, 'Invitation'),
    userPrincipalName: fc.constantFrom('bo@contoso.example', 'bo_fabrikam.example#EXT#@contoso.example'),
    identities: fc.constantFrom([], [local], [localOfGuest], [federated]),
  });
  fc.assert(
    fc.property(anyUser, (found) => {
      const [guest, member, untold] = ['Guest', 'Member', null].map((userType) =>
        isProvablyExternal(user({ ...found, userType })),
      );
      expect([member, untold]).toEqual([guest, guest]);
    }),
  );
});

test('an open invitation proves it by itself, whatever the identities; a redeemed one needs no word of how the user was made', () => {
  expect(isProvablyExternal(user({ externalUserState: 'PendingAcceptance', identities: [local] }))).toBe(true);
  expect(isProvablyExternal(user({ externalUserState: 'Accepted', creationType: null }))).toBe(true);
});
