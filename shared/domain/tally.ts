/** What a job's resets did beside their status: sums that a job shows. In a dry run: what they would do. */
import { isTerminal, type ResetRecord } from './reset.ts';

export interface Tally {
  /** Resets for which Microsoft was asked to mail the guest. */
  readonly mails: number;
  /** Guests who got a new address. */
  readonly emailChanges: number;
}

export const NO_TALLY: Tally = { mails: 0, emailChanges: 0 };

/** Only ended resets count, so that a sum never goes back. */
export function tallyOf(resets: readonly ResetRecord[]): Tally {
  const succeeded = resets.filter(({ status }) => status === 'succeeded');
  const others = resets.filter(({ status }) => isTerminal(status) && status !== 'succeeded');
  return {
    mails: succeeded.filter(({ sent, would }) =>
      would === undefined ? sent?.asksMail === true : would.mailTo !== undefined,
    ).length,
    emailChanges:
      succeeded.filter(({ emailAddedAt, would }) => emailAddedAt !== undefined || would?.addEmail !== undefined)
        .length + others.filter(({ emailAdded }) => emailAdded === true).length,
  };
}

export function addTally(one: Tally, other: Tally): Tally {
  return { mails: one.mails + other.mails, emailChanges: one.emailChanges + other.emailChanges };
}
