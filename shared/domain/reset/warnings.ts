/** Things worth knowing that stop nothing. */

/** Of a reset. Records keep the codes, views add the words. */
export const WARNINGS = {
  accountDisabled: 'The account is disabled: the guest can redeem, but not sign in until it is enabled.',
  externalMember: 'The user is external, but of type Member, not Guest.',
  perhapsFounder: 'The user has no invitation state and is of type Member, as the founder of a tenant is.',
  alreadyPending: 'The guest had not redeemed an earlier invitation: this is one more.',
  namedByOtherAddress:
    'The request has an address of the guest that is not its mail; the mail is invited. If the other one is ' +
    'meant, give it as invitedUserEmailAddress.',
  internationalDomain:
    'The domain of the address has letters beyond ASCII: it is invited in its ASCII form, which begins with xn--.',
  redeemedRecently:
    'The guest redeemed an invitation since the job was submitted, or within skipIfResetWithinHours before: this ' +
    'undoes it.',
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

/** What reads otherwise in a dry run, which has done nothing. */
const REHEARSED: { readonly [code in WarningCode]?: string } = {
  alreadyPending: 'The guest has not redeemed an earlier invitation: this would be one more.',
};

export const rehearsedWords = (code: WarningCode): string | undefined => REHEARSED[code];

/** @param isRehearsed whether it is said of what a dry run would do */
export const warningView = (code: WarningCode, isRehearsed: boolean): WarningView => ({
  code,
  message: (isRehearsed ? rehearsedWords(code) : undefined) ?? WARNINGS[code],
});

/** Of a job, found in its submission. They name what stands there, so the job keeps the words too. */
const JOB_WARNINGS = {
  unusedColumns: (names: string) => `These columns are not used, only kept and given back with the results: ${names}.`,
  unusedAddressColumn: (names: string) =>
    `These columns hold addresses and are not used, so nobody is invited there: ${names}. Call the column with ` +
    'the addresses to invite invitedUserEmailAddress.',
  unevenRows: (counted: string) => `${counted}: missing cells count as empty, empty ones too many as not there.`,
  customMessageDropped: () =>
    `${WARNINGS.customMessageDropped} To say it in your own words set sendInvitationMessage to false, and mail ` +
    'the redeem URL of the results yourself.',
} as const;

export type JobWarningCode = keyof typeof JOB_WARNINGS;
export const JOB_WARNING_CODES = Object.keys(JOB_WARNINGS) as readonly JobWarningCode[];

export interface JobWarning {
  readonly code: JobWarningCode;
  readonly message: string;
}

/** @param about what the words of this code name, if anything */
export const jobWarning = (code: JobWarningCode, about = ''): JobWarning => ({
  code,
  message: JOB_WARNINGS[code](about),
});
