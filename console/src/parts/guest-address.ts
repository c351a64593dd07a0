/** By which address people know the guest of a reset. */
import type { Reset } from '../../../client/types.ts';
import { objectIdOf } from './object-id.ts';

/** Of a guest whom the list names by object id; undefined where it is not known, or the list has a name itself. */
export function addressOf({ user, mailTo, mailAfter, mailBefore }: Reset): string | undefined {
  return objectIdOf(user) === undefined ? undefined : (mailTo ?? mailAfter ?? mailBefore);
}

/** To whom the mail went, where the name beside it does not say so. */
export function mailedElsewhere(reset: Reset): string | undefined {
  const { user, mailTo } = reset;
  return mailTo === undefined || isSame(mailTo, addressOf(reset) ?? user) ? undefined : mailTo;
}

/** Of a guest who was mailed; undefined of all others. */
export function mailWords(reset: Reset): string | undefined {
  if (reset.mailTo === undefined) return undefined;
  const to = mailedElsewhere(reset);
  const language = reset.messageLanguage === undefined ? '' : `, in ${reset.messageLanguage}`;
  return `Mailed${to === undefined ? '' : ` to ${to}`}${language}`;
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.trim().toLowerCase();
