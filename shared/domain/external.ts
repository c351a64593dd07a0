/**
 * Whether a user is provably external. Only those may be sent to `/invitations`:
 * an internal user's id would start a one-way conversion of that account.
 */
import type { GraphUser } from './guest.ts';

const EXTERNAL_UPN = /#EXT#/i;

/**
 * `userType` proves nothing in either direction: internal users can be guests, and external ones members. Proofs are:
 * - an invitation not redeemed yet (`PendingAcceptance`);
 * - a redeemed one (`Accepted`), unless every identity is one of the tenant itself, as after a conversion to internal;
 * - for guests from before `externalUserState`: created by an invitation, with the mark of an external UPN.
 */
export function isProvablyExternal(user: GraphUser): boolean {
  switch (user.externalUserState ?? null) {
    case 'PendingAcceptance':
      return true;
    case 'Accepted':
      return !hasOnlyLocalIdentities(user);
    default:
      return (
        user.creationType === 'Invitation' &&
        EXTERNAL_UPN.test(user.userPrincipalName ?? '') &&
        !hasOnlyLocalIdentities(user)
      );
  }
}

function hasOnlyLocalIdentities(user: GraphUser): boolean {
  const identities = user.identities ?? [];
  return (
    identities.length > 0 &&
    identities.every(
      ({ signInType, issuerAssignedId }) =>
        signInType === 'userPrincipalName' && !EXTERNAL_UPN.test(issuerAssignedId ?? ''),
    )
  );
}
