/**
 * The filters on users that matter here: by `mail`, `otherMails` and `proxyAddresses`, joined with `or`. All of them
 * work without advanced query parameters. Source: Graph documentation, "Advanced query capabilities".
 */
import type { Answer } from './answer.ts';
import type { AddressProperty } from './directory.ts';
import { errors } from './errors.ts';

export interface AddressTerm {
  readonly property: AddressProperty;
  /** Of `proxyAddresses` with its prefix. */
  readonly address: string;
}

export type UserFilter = { readonly terms: readonly AddressTerm[] } | { readonly refused: Answer };

// A quote inside a string is written twice.
const TEXT = `'((?:[^']|'')*)'`;
const MAIL = new RegExp(`^mail\\s+eq\\s+${TEXT}`, 'i');
const IN_LIST = new RegExp(`^(otherMails|proxyAddresses)/any\\(\\s*(\\w+)\\s*:\\s*\\2\\s+eq\\s+${TEXT}\\s*\\)`, 'i');
const OR = /^\s+or\s+/i;

/** Reads `$filter`; anything but these forms is refused in the words of Graph. */
export function readUserFilter(text: string): UserFilter {
  const hasOpenText = (text.match(/'/g)?.length ?? 0) % 2 === 1;
  if (hasOpenText) return { refused: errors.unterminatedLiteral(text) };
  const terms: AddressTerm[] = [];
  for (let rest = text.trim(); ;) {
    const mail = MAIL.exec(rest);
    const found = mail ?? IN_LIST.exec(rest);
    if (found === null) return { refused: errors.unsupportedFilter(/^\w+/.exec(rest)?.[0] ?? '') };
    const list = found[1]?.toLowerCase() === 'othermails' ? 'otherMails' : 'proxyAddresses';
    terms.push({ property: mail === null ? list : 'mail', address: (found.at(-1) ?? '').replaceAll("''", "'") });
    rest = rest.slice(found[0].length);
    if (rest === '') return { terms };
    const or = OR.exec(rest);
    if (or === null) return { refused: errors.unsupportedFilter(/\w+/.exec(rest)?.[0] ?? '') };
    rest = rest.slice(or[0].length);
  }
}
