/**
 * How many rows of a submission say something of their own about the invitation: whoever approves a job sees so what
 * its options do not tell. Only sums: they name nobody. Pure.
 */
import { sameAddress } from '../guest/same-address.ts';
import type { ResetRequest } from '../reset/reset.ts';

/** By the fields of a row; what it says of mail is told apart. */
export const ROW_CHOICES = [
  'mailed',
  'notMailed',
  'invitedUserEmailAddress',
  'addEmailTo',
  'messageLanguage',
  'inviteRedirectUrl',
  'customizedMessageBody',
  'ccRecipient',
] as const;
export type RowChoice = (typeof ROW_CHOICES)[number];

/** Without those that no row says. */
export type RowsSay = Readonly<Partial<Record<RowChoice, number>>>;

export class RowChoices {
  readonly #counts: Partial<Record<RowChoice, number>> = {};

  note(request: ResetRequest): void {
    const { selector, sendInvitationMessage: mails, invitedUserEmailAddress: invited } = request;
    if (mails !== undefined) this.#count(mails ? 'mailed' : 'notMailed');
    // The address that names the guest says nothing else.
    if (invited !== undefined && !sameAddress(invited, selector.value)) this.#count('invitedUserEmailAddress');
    for (const field of FIELDS) if (request[field] !== undefined) this.#count(field);
  }

  /** Undefined where no row says anything. */
  get said(): RowsSay | undefined {
    return Object.keys(this.#counts).length === 0 ? undefined : { ...this.#counts };
  }

  #count(choice: RowChoice): void {
    this.#counts[choice] = (this.#counts[choice] ?? 0) + 1;
  }
}

const FIELDS = ['addEmailTo', 'messageLanguage', 'inviteRedirectUrl', 'customizedMessageBody', 'ccRecipient'] as const;
