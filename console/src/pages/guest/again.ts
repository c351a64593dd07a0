/** What is asked for when a guest is reset once more. */
import type { Guest, ResetBody, ResetQuery } from '../../../../client/types.ts';
import { languageProblem } from '../../parts/language-problem.ts';

export interface Choices {
  readonly mail: 'mail' | 'none' | undefined;
  /** Empty: the address that the guest has. */
  readonly address: string;
  /** Where an address goes that the guest has not. */
  readonly addTo: 'mail' | 'otherMails';
  /** A tag such as `sv-SE`; empty: the guest's own, else Microsoft's choice. */
  readonly language: string;
  /** Although it was done a short time ago. */
  readonly allTheSame: boolean;
}

export const FIRST_CHOICES: Choices = {
  mail: undefined,
  address: '',
  addTo: 'mail',
  language: '',
  allTheSame: false,
};

/** Whether the address would have to be added to the guest. */
export function isNewAddress({ address }: Choices, guest: Guest | undefined): boolean {
  const wanted = address.trim().toLowerCase();
  const known = [guest?.mail, ...(guest?.otherMails ?? [])].map((each) => each?.toLowerCase());
  return wanted !== '' && !known.includes(wanted);
}

export function bodyOf(choices: Choices, guest: Guest | undefined): ResetBody {
  const { mail, address, addTo, language } = choices;
  return {
    sendInvitationMessage: mail === 'mail',
    ...(address.trim() !== '' && { invitedUserEmailAddress: address.trim() }),
    ...(isNewAddress(choices, guest) && { addEmailTo: addTo }),
    ...(language.trim() !== '' && mail === 'mail' && { invitedUserMessageInfo: { messageLanguage: language.trim() } }),
  };
}

export const queryOf = ({ allTheSame }: Choices, reason: string | undefined): ResetQuery => ({
  ...(reason !== undefined && { reason }),
  ...(allTheSame && { skipIfResetWithinHours: 0 }),
});

/** Why it cannot be done yet; undefined where it can. */
export function missingOf({ mail, language, allTheSame }: Choices, wasResetRecently: boolean): string | undefined {
  if (mail === undefined) return 'Choose whether Microsoft mails the guest.';
  if (mail === 'mail' && languageProblem(language) !== undefined) return 'Correct the language of the mail.';
  return wasResetRecently && !allTheSame
    ? 'The guest was reset a short time ago: say that it shall be done again.'
    : undefined;
}
