/**
 * What is chosen for the run of a list. It stays with the list: from one rehearsal of it to the next, and on the way back
 * to correct it in between.
 */
import type { Job, SubmitQuery } from '../../../client/types.ts';
import { carryDraft } from '../service/drafts.ts';

/** As the rows, or a setting of the service, say it. */
export type Mail = 'asSaid' | 'mail' | 'none';

export interface Choices {
  readonly mail: Mail | undefined;
  /** A tag such as `sv-SE`; empty: the guest's own, else Microsoft's choice. */
  readonly language: string;
  readonly canary: boolean;
  readonly canarySize: string;
  readonly reason: string;
  /** Rows that would not be reset are not sent. */
  readonly leaveOut: boolean;
  readonly typed: string;
  readonly from: string;
  readonly to: string;
}

export const FIRST_CHOICES: Choices = {
  mail: undefined,
  language: '',
  canary: true,
  canarySize: '20',
  reason: '',
  leaveOut: true,
  typed: '',
  from: '',
  to: '',
};

/** What was chosen is kept by these words until the rehearsal is run. */
export const draftOf = (rehearsal: string): string => `run.${rehearsal}`;

/** What was chosen holds of the same list rehearsed anew, so that nobody is mailed after all; it is confirmed anew. */
export const carriedChoices = (choices: Choices): Choices => ({ ...choices, typed: '', from: '', to: '' });

export const carryChoices = (rehearsal: string, next: string): void =>
  carryDraft(draftOf(rehearsal), draftOf(next), carriedChoices);

/** What a list is rehearsed with: whom a rehearsal finds what of depends on it, so the job gets the same. */
export type RehearsedWith = Pick<SubmitQuery, 'changeEmailDomain' | 'skipIfResetWithinHours'>;

export const rehearsedWith = ({
  options: { changeEmailDomain: domain, skipIfResetWithinHours: hours },
}: Pick<Job, 'options'>): RehearsedWith => ({
  ...(domain !== undefined && { changeEmailDomain: `${domain.from}:${domain.to}` }),
  ...(hours === 0 && { skipIfResetWithinHours: 0 }),
});
