/** `POST /invitations`: resets a guest, converts an internal user, or invites someone new. */
import { randomUUID } from 'node:crypto';
import { succeeded, type Answer } from './answer.ts';
import { allAddresses, isExternal, type DirectoryUser } from './directory.ts';
import { errors } from './errors.ts';
import { readInvitation, type InvitationRequest } from './invitation-body.ts';
import { externalUser, federatedIdentity, graphTime, guestPrincipalName, principalIdentity } from './new-user.ts';
import { SPECIAL_PARTNER } from './people.ts';
import { seededRandom } from './random.ts';
import type { SimulatorState } from './state.ts';
import { TENANT_ID } from './tenant.ts';

export function invite(state: SimulatorState, body: unknown): Answer {
  const reading = readInvitation(body);
  if ('refused' in reading) return reading.refused;
  const { invitation } = reading;
  const refusal = state.policies.refuseInvitation(invitation.resetsRedemption);
  if (refusal !== undefined) return refusal;
  const answer =
    invitation.userId === null ? inviteAddress(state, invitation) : inviteUser(state, invitation, invitation.userId);
  if (succeeded(answer)) {
    state.statistics.written('invite');
    state.policies.invited();
  }
  return answer;
}

/** The ordinary answer to an invitation for a user who exists, without any effect: reported from the wild. */
export function pretendToInvite(state: SimulatorState, body: unknown): Answer | undefined {
  const reading = readInvitation(body);
  const user = 'refused' in reading ? undefined : state.directory.get(reading.invitation.userId ?? '');
  return 'refused' in reading || user === undefined ? undefined : invited(reading.invitation, user);
}

/** An invitation for a user who exists. For an internal one it is the one-way conversion, whatever the caller meant. */
function inviteUser(state: SimulatorState, invitation: InvitationRequest, userId: string): Answer {
  const user = state.directory.get(userId);
  if (user === undefined) return errors.userNotFound(userId);
  if (user.roles.length > 0) return errors.roleHolder;
  if (user.restricted === true) return errors.restrictedUnit;
  if (!allAddresses(state.replication.seen(user)).has(invitation.address.toLowerCase())) return errors.emailNotOnUser;
  if (!isExternal(user)) return accept(state, invitation, convert(state, user));
  return accept(state, invitation, invitation.resetsRedemption ? reset(state, user) : user);
}

/** Object id, user principal name, groups and roles stay as they are. */
function reset(state: SimulatorState, user: DirectoryUser): DirectoryUser {
  state.replication.replaced(user);
  return state.directory.update(user.id, {
    externalUserState: 'PendingAcceptance',
    externalUserStateChangeDateTime: nextChangeTime(state, user),
    resets: user.resets + 1,
  });
}

function convert(state: SimulatorState, user: DirectoryUser): DirectoryUser {
  state.statistics.internalConversions++;
  return state.directory.update(user.id, {
    userType: 'Guest',
    creationType: 'Invitation',
    account: 'elsewhere',
    externalUserState: 'PendingAcceptance',
    externalUserStateChangeDateTime: nextChangeTime(state, user),
    identities: [federatedIdentity('mail'), principalIdentity(user.userPrincipalName)],
  });
}

/** An address alone: a new guest, or one more invitation for whoever has this address. */
function inviteAddress(state: SimulatorState, invitation: InvitationRequest): Answer {
  const known =
    state.directory.findByAddress('mail', invitation.address)[0] ??
    state.directory.get(guestPrincipalName(invitation.address));
  if (known !== undefined) return accept(state, invitation, known);
  const [localPart = '', domain = ''] = invitation.address.split('@');
  const person = { localPart, displayName: invitation.displayName ?? localPart };
  const now = graphTime(state.now());
  const user: DirectoryUser = {
    ...externalUser(seededRandom(randomUUID()), person, { ...SPECIAL_PARTNER, domain }, 'PendingAcceptance'),
    otherMails: [invitation.address],
    createdDateTime: now,
    externalUserStateChangeDateTime: now,
    groups: [],
  };
  state.directory.add(user);
  return accept(state, invitation, user);
}

/** Now, but later than the last change: whole seconds would hide a second change within one. */
export function nextChangeTime(state: SimulatorState, user: DirectoryUser): string {
  const last = user.externalUserStateChangeDateTime === null ? 0 : Date.parse(user.externalUserStateChangeDateTime);
  return graphTime(new Date(Math.max(state.now().getTime(), last + 1000)));
}

function accept(state: SimulatorState, invitation: InvitationRequest, user: DirectoryUser): Answer {
  if (invitation.sendsMail) {
    state.outbox.push({
      userId: user.id,
      to: invitation.address,
      at: state.now().toISOString(),
      messageLanguage: invitation.messageLanguage ?? 'en-US',
      customMessage: null,
      ccRecipient: invitation.ccRecipient,
    });
  }
  return invited(invitation, user);
}

/** The answer to an invitation that was taken in. Source: Graph documentation, "Create invitation", example. */
function invited(invitation: InvitationRequest, user: Pick<DirectoryUser, 'id' | 'userType'>): Answer {
  const query = `tenant=${TENANT_ID}&user=${user.id}&ticket=${encodeURIComponent(randomUUID())}&ver=2.0`;
  return {
    status: 201,
    body: {
      '@odata.context': 'https://graph.example/v1.0/$metadata#invitations/$entity',
      id: randomUUID(),
      inviteRedeemUrl: `https://invitations.example/redeem/?${query}`,
      invitedUserDisplayName: invitation.displayName,
      invitedUserType: user.userType,
      invitedUserEmailAddress: invitation.address,
      sendInvitationMessage: invitation.sendsMail,
      resetRedemption: invitation.resetsRedemption,
      inviteRedirectUrl: invitation.redirectUrl,
      status: 'PendingAcceptance',
      invitedUserMessageInfo: {
        messageLanguage: invitation.messageLanguage,
        customizedMessageBody: invitation.customizedMessageBody,
        ccRecipients: [{ emailAddress: { name: null, address: invitation.ccRecipient } }],
      },
      invitedUser: { id: user.id },
    },
  };
}
