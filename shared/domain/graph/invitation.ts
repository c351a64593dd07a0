/**
 * The request that resets a guest: from the choices of reset, job and deployment to the body of `POST /invitations`.
 */
import { hasAddress, type GuestState } from '../guest/guest.ts';
import { sameAddress } from '../guest/same-address.ts';
import { OTHER_MAILS } from '../limits.ts';
import type { AddEmailTo, InvitationChoices, ResetRequest } from '../reset/reset.ts';

/** Choices with nothing left open. */
export interface SettledChoices extends InvitationChoices {
  readonly sendInvitationMessage: boolean;
  readonly inviteRedirectUrl: string;
  readonly addEmailTo: AddEmailTo;
}

/**
 * Settles what the invitation says: the reset's own word, else the job's, else the deployment's default.
 * `sendInvitationMessage` is known to be said by one of them, because a submission without it is refused.
 */
export function settleChoices(
  request: ResetRequest,
  jobDefaults: InvitationChoices,
  defaultRedirectUrl: string,
): SettledChoices {
  const merged = { ...jobDefaults, ...definedOf(request) };
  if (merged.sendInvitationMessage === undefined)
    throw new Error(`row ${request.row}: nobody said whether to send mail, although the submission was accepted`);
  return {
    ...merged,
    sendInvitationMessage: merged.sendInvitationMessage,
    inviteRedirectUrl: merged.inviteRedirectUrl ?? defaultRedirectUrl,
    addEmailTo: merged.addEmailTo ?? 'mail',
  };
}

function definedOf(choices: InvitationChoices): InvitationChoices {
  const { sendInvitationMessage, inviteRedirectUrl, messageLanguage, customizedMessageBody, ccRecipient, addEmailTo } =
    choices;
  return {
    ...(sendInvitationMessage !== undefined && { sendInvitationMessage }),
    ...(inviteRedirectUrl !== undefined && { inviteRedirectUrl }),
    ...(messageLanguage !== undefined && { messageLanguage }),
    ...(customizedMessageBody !== undefined && { customizedMessageBody }),
    ...(ccRecipient !== undefined && { ccRecipient }),
    ...(addEmailTo !== undefined && { addEmailTo }),
  };
}

/** The body of `POST /invitations`. Source: Graph documentation, "Reset redemption status". */
export function invitationBody(
  guestId: string,
  address: string,
  choices: SettledChoices,
  displayName?: string,
): Record<string, unknown> {
  const { messageLanguage, customizedMessageBody, ccRecipient } = choices;
  const messageInfo = {
    ...(messageLanguage !== undefined && { messageLanguage }),
    ...(customizedMessageBody !== undefined && { customizedMessageBody }),
    ...(ccRecipient !== undefined && { ccRecipients: [{ emailAddress: ccRecipient }] }),
  };
  return {
    invitedUserEmailAddress: address,
    ...(displayName !== undefined && { invitedUserDisplayName: displayName }),
    inviteRedirectUrl: choices.inviteRedirectUrl,
    sendInvitationMessage: choices.sendInvitationMessage,
    ...(Object.keys(messageInfo).length > 0 && { invitedUserMessageInfo: messageInfo }),
    invitedUser: { id: guestId },
    resetRedemption: true,
  };
}

/** Body of `PATCH /users/{id}`. The collection replaces the one of the user. */
export interface EmailChange {
  readonly mail?: string;
  readonly otherMails: readonly string[];
}

/**
 * The change of the user that makes `address` one of its emails; undefined when it already is. Never loses an address
 * that was read.
 */
export function emailChange(
  state: GuestState,
  address: string,
  addEmailTo: 'mail' | 'otherMails',
): EmailChange | undefined {
  if (hasAddress(state, address)) return undefined;
  const { mail, otherMails } = state;
  return addEmailTo === 'mail'
    ? { mail: address, otherMails: withAddresses(otherMails, ...(mail === null ? [] : [mail])) }
    : { otherMails: withAddresses(otherMails, address) };
}

/**
 * The change with further addresses kept in otherMails. Only the mail that the change itself sets needs no second
 * place: the one that was read may have been moved since.
 */
export function withMore(change: EmailChange, remembered: readonly string[]): EmailChange {
  const { mail } = change;
  return {
    ...change,
    otherMails: withAddresses(
      change.otherMails,
      ...remembered.filter((address) => mail === undefined || !sameAddress(address, mail)),
    ),
  };
}

/** Whether the directory would refuse the change for its length: the guest's row holds all of it, too. */
export function hasTooMany({ otherMails }: EmailChange): boolean {
  const chars = otherMails.reduce((sum, { length }) => sum + length, 0);
  return otherMails.length > OTHER_MAILS.limit || chars > OTHER_MAILS.limit * OTHER_MAILS.maxChars;
}

function withAddresses(known: readonly string[], ...more: string[]): string[] {
  return more.reduce<string[]>(
    (all, address) => (all.some((other) => sameAddress(other, address)) ? all : [...all, address]),
    [...known],
  );
}
