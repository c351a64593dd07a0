/**
 * Domains of mail addresses: a partner that changes its own, and the ones a deployment may invite. They are compared by
 * their ASCII form, for an address is invited in that one, in whatever form somebody has written it.
 */
import type { GuestState } from './guest.ts';
import { asciiDomain } from '../submission/domain-name.ts';

/** From one domain to another; both without `@`. */
export interface DomainChange {
  readonly from: string;
  readonly to: string;
}

/** Labels of letters, digits and hyphens, in any script, with dots between. */
const DOMAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;
const DOMAIN_MAX_CHARS = 255;

export function isDomain(text: string): boolean {
  return text.length <= DOMAIN_MAX_CHARS && DOMAIN.test(text);
}

/** As it is compared. */
const compared = (domain: string): string => (asciiDomain(domain) ?? domain).toLowerCase();

/** Of an address, as it is compared. */
export const domainOf = (address: string): string => compared(address.slice(address.lastIndexOf('@') + 1));

export const isOfDomain = (address: string, domain: string): boolean => domainOf(address) === compared(domain);

const localPart = (address: string): string => address.slice(0, address.lastIndexOf('@'));

/**
 * The new address of a guest whose partner changes its domain. A guest whose mail was moved by an earlier try, and who
 * keeps the old address in otherMails, gets the mail as it is.
 * @returns undefined for a guest of another domain
 */
export function movedAddress({ mail, otherMails }: GuestState, { from, to }: DomainChange): string | undefined {
  if (mail === null) return undefined;
  if (isOfDomain(mail, from)) return `${localPart(mail)}@${to}`;
  const local = localPart(mail).toLowerCase();
  const isOld = (other: string): boolean => localPart(other).toLowerCase() === local && isOfDomain(other, from);
  return isOfDomain(mail, to) && otherMails.some(isOld) ? mail : undefined;
}

/** Whether an address may be invited. `*.partner.example` stands for every domain below that one. */
export function isAllowedDomain(address: string, allowed: readonly string[]): boolean {
  const domain = domainOf(address);
  return allowed.some((each) =>
    each.startsWith('*.') ? domain.endsWith(`.${compared(each.slice(2))}`) : domain === compared(each),
  );
}
