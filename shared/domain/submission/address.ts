/** Mail addresses: what can be one at all, and what the invitation service takes. */
import { INVITED_LOCAL_PART } from '../limits.ts';
import { instead, isMojibake, named } from './characters.ts';
import { asciiDomain, domainProblem } from './domain-name.ts';
import { bad, type Checked, good, shown } from './findings.ts';
import { ADDRESS_MAX_CHARS } from './lengths.ts';

/** Before the @, of any address that may be in a directory: no blanks, nothing invisible, none of the signs of mail. */
const LOCAL_PART = /^[^\s@\p{C}"“-‟«»(),:;<>[\]\\]+$/u;

/** Between addresses in copy, in one cell. */
export const CC_SEPARATOR = /[;,]/;

/** What copied text brings along at its ends. */
const AROUND = /[\s\p{Cc}\p{Cf}\p{Z}]/u;

/** An address or a name of a guest without what mail programs and spreadsheets put around it. */
export function unwrapped(text: string): string {
  const bare = trimmed(text);
  const inAngles = /^[^<>]*<([^<>]*)>$/.exec(bare)?.[1];
  return trimmed(trimmed(inAngles ?? bare).replace(/^mailto:/i, ''));
}

function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && AROUND.test(text[start] ?? '')) start++;
  while (end > start && AROUND.test(text[end - 1] ?? '')) end--;
  return text.slice(start, end);
}

/** Whether text without anything around it can be an address of somebody. */
export function isAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  return (
    text.length <= ADDRESS_MAX_CHARS &&
    LOCAL_PART.test(text.slice(0, Math.max(at, 0))) &&
    domainProblem(text.slice(at + 1)) === undefined
  );
}

/**
 * An address to invite, as it is invited: with A-labels where its domain has letters beyond ASCII. Sources: Graph
 * documentation, "Create invitation"; RFC 5321 and 5890 for lengths and labels.
 */
export function checkInvitedAddress(text: string): Checked<string> {
  const address = unwrapped(text);
  const at = address.lastIndexOf('@');
  if (at < 1 || at === address.length - 1)
    return invalid(address, 'is not a mail address. Write one such as name@partner.example.');
  if (isMojibake(address)) return damaged(address);
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  const forbidden = Array.from(local).find((character) => !INVITED_LOCAL_PART.characters.test(character));
  if (forbidden !== undefined) {
    return bad(
      'forbiddenCharacter',
      `The invitation service does not take the character ${named(forbidden)} in ${shown(address)}. ` +
        instead(forbidden),
    );
  }
  if (/^['.-]|['.-]$/.test(local))
    return invalid(address, 'begins or ends with a period, hyphen or apostrophe before the @. Remove it.');
  if (local.includes('..')) return invalid(address, 'has two periods in a row. Remove one.');
  if (local.length > INVITED_LOCAL_PART.maxChars)
    return invalid(address, `has more than ${INVITED_LOCAL_PART.maxChars} characters before the @.`);
  const problem = domainProblem(domain);
  return problem === undefined ? good(`${local}@${asciiDomain(domain) ?? domain}`) : invalid(address, problem);
}

/** An address in copy. A cell of a CSV may hold several, so what stands between them is not part of one. */
export function checkCcAddress(text: string): Checked<string> {
  return checkAnyAddress(text, 'invalidCcRecipient');
}

/** An address that somebody may have, without what was around it. */
export function checkAnyAddress(text: string, code: 'invalidCcRecipient' | 'invalidMail'): Checked<string> {
  const address = unwrapped(text);
  if (isMojibake(address)) return damaged(address);
  return isAddress(address)
    ? good(address)
    : bad(code, `${shown(address)} is not a mail address. Write one such as name@partner.example.`);
}

const invalid = (address: string, what: string): Checked<never> =>
  bad('invalidEmailAddress', `${shown(address)} ${what}`);

const damaged = (address: string): Checked<never> =>
  bad(
    'invalidEncoding',
    `${shown(address)} was damaged by a conversion: UTF-8 was read as windows-1252. Save the file as UTF-8 ("CSV ` +
      'UTF-8" in Excel) and write the address anew.',
  );
