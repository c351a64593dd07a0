/** Things worth knowing of a guest that stop nothing. Records keep the codes, views add the words. */

export const WARNINGS = {
  accountDisabled: 'The account is disabled: the guest can redeem, but not sign in until it is enabled.',
  externalMember: 'The user is external, but of type Member, not Guest.',
  perhapsFounder: 'The user has no invitation state and is of type Member, as the founder of a tenant is.',
  alreadyPending: 'The guest had not redeemed an earlier invitation: this is one more.',
  perhapsMailedTwice:
    "Graph's first answer was lost, and the job prefers a second mail to none: the guest may have got two.",
  addressAdded:
    'The new address was added to the guest before this ended, and stays. The guest was not seen to be reset.',
  redeemUrlTooLong: "Graph's redeem URL was too long to be kept: the guest can redeem through the link of an app.",
  customMessageDropped:
    'Microsoft leaves the custom message out of its mail, because the service itself is the sender.',
} as const;

export type WarningCode = keyof typeof WARNINGS;

export interface WarningView {
  readonly code: WarningCode;
  readonly message: string;
}

export const warningView = (code: WarningCode): WarningView => ({ code, message: WARNINGS[code] });
