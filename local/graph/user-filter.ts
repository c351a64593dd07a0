/** The two filters on users that matter here: by `mail`, and by `otherMails`, joined with `or`. */
import type { Answer } from './answer.ts';
import { errors } from './errors.ts';

export interface AddressTerm {
  readonly property: 'mail' | 'otherMails';
  readonly address: string;
}

export type UserFilter = { readonly terms: readonly AddressTerm[] } | { readonly refused: Answer };

// A quote inside a string is written twice.
const TEXT = `'((?:[^']|'')*)'`;
const MAIL = new RegExp(`^mail\\s+eq\\s+${TEXT}`, 'i');
const OTHER_MAILS = new RegExp(`^otherMails/any\\(\\s*(\\w+)\\s*:\\s*\\1\\s+eq\\s+${TEXT}\\s*\\)`, 'i');
const OR = /^\s+or\s+/i;

/** Reads `$filter`; anything but the two forms is refused in the words of Graph. */
export function readUserFilter(text: string): UserFilter {
  const hasOpenText = (text.match(/'/g)?.length ?? 0) % 2 === 1;
  if (hasOpenText) return { refused: errors.unterminatedLiteral(text) };
  const terms: AddressTerm[] = [];
  for (let rest = text.trim(); ;) {
    const mail = MAIL.exec(rest);
    const found = mail ?? OTHER_MAILS.exec(rest);
    if (found === null) return { refused: errors.unsupportedFilter(/^\w+/.exec(rest)?.[0] ?? '') };
    const quoted = (mail === null ? found[2] : found[1]) ?? '';
    terms.push({ property: mail === null ? 'otherMails' : 'mail', address: quoted.replaceAll("''", "'") });
    rest = rest.slice(found[0].length);
    if (rest === '') return { terms };
    const or = OR.exec(rest);
    if (or === null) return { refused: errors.unsupportedFilter(/\w+/.exec(rest)?.[0] ?? '') };
    rest = rest.slice(or[0].length);
  }
}
