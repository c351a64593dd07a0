/** The domain of a mail address: labels of letters, digits and hyphens. */
import { DOMAIN_NAME } from '../limits.ts';
import { instead, lookAlike, named } from './characters.ts';

/** In any script; whether it fits is known of the ASCII form only. */
const LABEL = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u;
const LETTER = /[\p{L}\p{M}\p{N}-]/u;

/** What is wrong with a domain, as the end of a sentence about it; undefined where nothing is. */
export function domainProblem(domain: string): string | undefined {
  // The ASCII form is never shorter, and a very long one would take long to make.
  if (isTooLong(domain)) return TOO_LONG;
  const bad = Array.from(domain).find((character) => character !== '.' && !LETTER.test(character));
  if (bad !== undefined) return `has the character ${named(bad)} behind the @. ${instead(bad)}`;
  const labels = domain.split('.');
  if (labels.length < 2) return 'has no period behind the @.';
  if (labels.includes('')) return 'has a period too many behind the @.';
  for (const label of labels) {
    if (!LABEL.test(label) || label.endsWith('-')) return 'has a part behind the @ that begins or ends with a hyphen.';
    const disguised = disguisedLetter(label);
    if (disguised !== undefined) return `has the character ${named(disguised)} behind the @. ${instead(disguised)}`;
  }
  if (/^(?:\d+|0x[\da-f]*)$/i.test(labels.at(-1) ?? '')) return 'has an IP address, or a number, behind the @.';
  const ascii = asciiDomain(domain);
  if (ascii === undefined) return 'has a domain behind the @ that cannot be written in ASCII.';
  return isTooLong(ascii) ? TOO_LONG : undefined;
}

const TOO_LONG =
  `has a domain behind the @ of more than ${DOMAIN_NAME.maxChars} characters, or of ${DOMAIN_NAME.labelMaxChars} ` +
  'between two periods.';

const isTooLong = (domain: string): boolean =>
  domain.length > DOMAIN_NAME.maxChars || domain.split('.').some(({ length }) => length > DOMAIN_NAME.labelMaxChars);

/**
 * A letter that is none of the domain's script and looks like one: full-width, or Cyrillic and Greek among Latin ones.
 */
function disguisedLetter(label: string): string | undefined {
  const hasLatin = /[a-z]/i.test(label);
  return Array.from(label).find(
    (character) =>
      (character > '\u007F' && /^[a-z\d-]$/i.test(character.normalize('NFKC'))) ||
      (hasLatin && lookAlike(character) !== undefined),
  );
}

/** The domain with A-labels; one that is ASCII already stays as it is. undefined where there is no such form. */
export function asciiDomain(domain: string): string | undefined {
  if (/^[!-~]*$/.test(domain)) return domain;
  try {
    return new URL(`http://${domain}`).hostname;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
