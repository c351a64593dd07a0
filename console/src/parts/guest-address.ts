/** By which address people know the guest of a reset. */
import type { Reset } from '../../../client/types.ts';
import { objectIdOf } from './object-id.ts';
import { inPageWords } from './service-words.ts';

/** Of a guest whom the list names by object id; undefined where it is not known, or the list has a name itself. */
export function addressOf({ user, mailTo, would, mailAfter, mailBefore, submittedAs }: Reset): string | undefined {
  if (objectIdOf(user) === undefined) return undefined;
  // Of a rehearsal: what would be given to a guest is no name that anybody knows yet.
  const looked = would === undefined ? (mailTo ?? mailAfter ?? mailBefore) : (mailBefore ?? would.mailTo);
  // Until the guest is looked up there is what the list says beside the id.
  return looked ?? submittedAs?.mail ?? submittedAs?.displayName ?? submittedAs?.userPrincipalName;
}

/** Of a guest who waits and of whom the list says nothing but the object id; undefined of all others. */
function unnamedWords(reset: Reset): string | undefined {
  const isUnnamed = objectIdOf(reset.user) !== undefined && addressOf(reset) === undefined;
  return isUnnamed && reset.status === 'pending' ? 'Not looked up yet: the address comes with that' : undefined;
}

/** To whom the mail went, or would go, where the name beside it does not say so. */
export function mailedElsewhere(reset: Reset, mailTo = reset.mailTo): string | undefined {
  return mailTo === undefined || isSame(mailTo, addressOf(reset) ?? reset.user) ? undefined : mailTo;
}

/** Of a guest who was mailed; undefined of all others. */
export function mailWords(reset: Reset): string | undefined {
  if (reset.mailTo === undefined) return undefined;
  return `Mailed${toWhom(mailedElsewhere(reset), reset.messageLanguage)}`;
}

/** What came of a reset, in a line: the mail, or why there was none; nothing yet of whom only an id is known. */
export const messageOf = (reset: Reset): string | undefined =>
  mailWords(reset) ?? (reset.message === undefined ? unnamedWords(reset) : inPageWords(reset.message));

/** Of a guest whom a rehearsal found to be reset; undefined of all others. */
export function wouldWords(reset: Reset): string | undefined {
  const { would } = reset;
  if (would === undefined) return undefined;
  const to = toWhom(mailedElsewhere(reset, would.mailTo), would.messageLanguage);
  const mail = would.mail === 'microsoft' ? `Would be mailed${to}` : 'No mail';
  return would.addEmail === undefined ? mail : `${mail} · gets the new address ${would.addEmail}`;
}

const toWhom = (to: string | undefined, language: string | undefined): string =>
  `${to === undefined ? '' : ` to ${to}`}${language === undefined ? '' : `, in ${language}`}`;

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.trim().toLowerCase();
