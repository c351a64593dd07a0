/** What is asked for when a rehearsal becomes a job. */
import type { SubmitQuery } from '../../../../client/types.ts';
import type { Choices, RehearsedWith } from '../../list/choices.ts';
import { mustConfirm } from '../../parts/confirmed.ts';
import { languageProblem } from '../../parts/language-problem.ts';
import { counted } from '../../parts/numbers.ts';

/** Whether a canary makes sense: it must be less than all. */
export const hasCanary = (guests: number): boolean => mustConfirm(guests);

/** The options of the job, as its address says them. */
export function queryOf(choices: Choices, guests: number, options: RehearsedWith): SubmitQuery {
  const { mail, language, canary, canarySize, reason } = choices;
  return {
    ...((mail === 'mail' || mail === 'none') && { sendInvitationMessage: mail === 'mail' }),
    ...(language.trim() !== '' && mail !== 'none' && { messageLanguage: language.trim() }),
    ...(hasCanary(guests) && canary && { pauseAfter: Number(canarySize) }),
    ...(reason.trim() !== '' && { reason: reason.trim() }),
    ...options,
  };
}

/** Why it cannot be run yet; undefined where it can. */
export function missingOf(choices: Choices, guests: number): string | undefined {
  const { mail, language, canary, canarySize } = choices;
  if (mail === undefined) return 'Choose whether Microsoft mails the guests.';
  if (mail !== 'none' && languageProblem(language) !== undefined) return 'Correct the language of the mail.';
  if (hasCanary(guests) && canary && canaryProblem(canarySize, guests) !== undefined)
    return 'Correct the number of guests of the canary.';
  return hasNewDomain(choices) ? 'The new domain is not rehearsed: rehearse with it, or close it.' : undefined;
}

/** That somebody else must approve the job; undefined where nobody has to. @param above of the service's settings */
export const heldWords = (guests: number, above: number | undefined): string | undefined =>
  above === undefined || guests <= above
    ? undefined
    : `Of more than ${counted(above, 'guest')} the job waits until somebody else approves it, who has the role Manage. Send them its address.`;

/** A domain that was typed and not rehearsed with: the job would know nothing of it. */
export const hasNewDomain = ({ from, to }: Pick<Choices, 'from' | 'to'>): boolean =>
  from.trim() !== '' || to.trim() !== '';

/** What is wrong with the size of a canary; undefined where nothing is. */
export function canaryProblem(size: string, guests: number): string | undefined {
  if (!/^[1-9]\d*$/.test(size.trim())) return 'A whole number, at least 1.';
  return Number(size) < guests
    ? undefined
    : `With ${size.trim()} the job would not pause: it has ${counted(guests, 'guest')}. Give fewer, or untick the canary.`;
}

/**
 * The same for the same rehearsal and choices, in each tab and after each reload: however often it is sent, one job
 * comes of it.
 */
export async function keyOf(rehearsal: string, query: SubmitQuery, leavesOut: boolean): Promise<string> {
  const said = JSON.stringify([Object.entries(query).toSorted(([one], [other]) => (one < other ? -1 : 1)), leavesOut]);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(said));
  return `console-${rehearsal}-${[...new Uint8Array(hash, 0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
