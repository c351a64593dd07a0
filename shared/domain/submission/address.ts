/** The shape of mail addresses, and what the invitation service refuses in one. */
import { FORBIDDEN_ADDRESS_CHARACTERS } from '../limits.ts';
import { bad, type Checked, good, shown } from './findings.ts';
import { ADDRESS_MAX_CHARS } from './lengths.ts';

/** One `@`, a dot in the domain, no blanks and no invisible characters (they come with copied text). */
const ADDRESS_SHAPE = /^[^\s@\p{C}]+@[^\s@\p{C}.]+(?:\.[^\s@\p{C}.]+)+$/u;

/** Between addresses in copy, in one cell. */
export const CC_SEPARATOR = /[;,]/;

export function isAddress(text: string): boolean {
  return text.length <= ADDRESS_MAX_CHARS && ADDRESS_SHAPE.test(text);
}

/** An address to invite. Source of the rules: Graph documentation, "Create invitation". */
export function checkInvitedAddress(text: string): Checked<string> {
  const address = text.trim();
  if (!isAddress(address))
    return bad(
      'invalidEmailAddress',
      `${shown(address)} is not a mail address. Write one such as name@partner.example.`,
    );
  const at = address.indexOf('@');
  const forbidden = Array.from(address).find((character) => FORBIDDEN_ADDRESS_CHARACTERS.includes(character));
  if (forbidden !== undefined) {
    return bad(
      'forbiddenCharacter',
      `The invitation service does not take the character ${forbidden} in ${shown(address)}. Use another address of the guest.`,
    );
  }
  if (/^[.-]|[.-]$/.test(address.slice(0, at))) {
    return bad(
      'invalidEmailAddress',
      `${shown(address)} begins or ends with a period or hyphen before the @, which the invitation service does not take.`,
    );
  }
  return good(address);
}

/** An address in copy. A cell of a CSV may hold several, so what stands between them is not part of one. */
export function checkCcAddress(text: string): Checked<string> {
  const address = text.trim();
  return isAddress(address) && !CC_SEPARATOR.test(address)
    ? good(address)
    : bad('invalidCcRecipient', `${shown(address)} is not a mail address. Write one such as name@partner.example.`);
}
