/** Whether a guest just looked up may be reset, and with which requests. Pure. */
import { isProvablyExternal } from './external.ts';
import type { Found } from './look-up.ts';
import { guestState, type GraphUser, type GuestState } from './guest.ts';
import { emailChange, hasAddress, invitationBody, settleChoices } from './invitation.ts';
import type { InvitationChoices, ResetRecord, Verdict } from './reset.ts';

/** One guest's requests, ready to send. */
export interface SendPlan {
  readonly row: number;
  readonly guestId: string;
  readonly state: GuestState;
  readonly address: string;
  readonly asksMail: boolean;
  /** Body of `PATCH /users/{id}`, when the address is new to the guest. */
  readonly emailChange?: Record<string, unknown>;
  /** Body of `POST /invitations`. */
  readonly invitation: Record<string, unknown>;
  readonly warnings: readonly string[];
}

/** Directory writes that a plan needs. */
export function costOf(plan: SendPlan): number {
  return plan.emailChange === undefined ? 1 : 2;
}

export type Preflight =
  | { readonly kind: 'send'; readonly plan: SendPlan }
  | { readonly kind: 'end'; readonly verdict: Verdict; readonly guestId?: string };

export interface PreflightSettings {
  readonly jobDefaults: InvitationChoices;
  readonly tenantId: string;
}

/** Decides about one guest from what a look-up found. `failed` look-ups are the caller's to repeat. */
export function decidePreflight(record: ResetRecord, found: Exclude<Found, { kind: 'failed' }>, settings: PreflightSettings): Preflight {
  switch (found.kind) {
    case 'none': return { kind: 'end', verdict: notFound(record) };
    case 'several': return { kind: 'end', verdict: ambiguous(found.ids) };
    case 'user': return decideUser(record, found.user, settings);
  }
}

function decideUser(record: ResetRecord, user: GraphUser, settings: PreflightSettings): Preflight {
  const { request } = record;
  const refuse = (verdict: Verdict): Preflight => ({ kind: 'end', verdict, guestId: user.id });
  if (!isProvablyExternal(user)) return refuse(NOT_EXTERNAL);

  const choices = settleChoices(request, settings.jobDefaults, settings.tenantId);
  const state = guestState(user);
  const address = request.invitedUserEmailAddress ?? state.mail;
  if (address === null || address === '') return refuse(NO_ADDRESS);
  if (choices.addEmailTo === 'none' && !hasAddress(state, address)) return refuse(ADDRESS_NOT_ON_USER);

  const change = choices.addEmailTo === 'none' ? undefined : emailChange(state, address, choices.addEmailTo);
  const plan: SendPlan = {
    row: request.row, guestId: user.id, state, address, asksMail: choices.sendInvitationMessage,
    ...(change !== undefined && { emailChange: change }),
    invitation: invitationBody(user.id, address, choices, request.invitedUserDisplayName),
    warnings: warningsOf(user, choices),
  };
  return { kind: 'send', plan };
}

function warningsOf(user: GraphUser, choices: InvitationChoices): string[] {
  return [
    ...(user.accountEnabled === false ? ['The account is disabled: the guest can redeem, but not sign in until it is enabled.'] : []),
    ...(choices.sendInvitationMessage === true && choices.customizedMessageBody !== undefined
      ? ['Microsoft leaves the custom message out of its mail, because the service itself is the sender.'] : []),
  ];
}

const notFound = ({ request: { selector } }: ResetRecord): Verdict => ({
  code: 'guestNotFound', message: `No user of the tenant has this ${NAMES[selector.by]}.`, retryable: false,
  nextStep: selector.by === 'mail'
    ? 'If this is the guest\'s new address, name the guest by object id or old address and give the new one as invitedUserEmailAddress.'
    : 'Check the spelling, and whether the guest was deleted.',
});

const NAMES = { id: 'object id', userPrincipalName: 'user principal name', mail: 'address' } as const;

const ambiguous = (ids: readonly string[]): Verdict => ({
  code: 'guestAmbiguous', message: `More than one user of the tenant has this address: ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ' …' : ''}.`,
  nextStep: 'Name the guest by object id and submit again.', retryable: false,
});

const NOT_EXTERNAL: Verdict = {
  code: 'notExternal', message: 'The user is not provably external, so nothing was sent: an invitation would convert an internal account.',
  nextStep: 'Check externalUserState and identities of the user. Internal users cannot be reset.', retryable: false,
};
const NO_ADDRESS: Verdict = {
  code: 'noAddress', message: 'The guest has no mail address, and the request names none.',
  nextStep: 'Give invitedUserEmailAddress and submit again.', retryable: false,
};
const ADDRESS_NOT_ON_USER: Verdict = {
  code: 'emailNotOnUser', message: 'The address is in neither mail nor otherMails of the guest, and addEmailTo is "none".',
  nextStep: 'Set addEmailTo to "mail" or "otherMails" and submit again.', retryable: false,
};

/** The verdict for a guest who stands in the same chunk twice, under whatever names. */
export const SAME_GUEST_TWICE: Verdict = {
  code: 'sameGuestTwice', message: 'Another row of this job names the same guest.', nextStep: 'Nothing: see the other row.', retryable: false,
};
