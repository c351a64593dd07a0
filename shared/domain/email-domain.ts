/** Domains of mail addresses: a partner that changes its own, and the ones a deployment may invite. */
import { sameAddress } from './invitation.ts';
import type { GuestState } from './guest.ts';

/** From one domain to another; both without `@`, compared without regard to case. */
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

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/**
 * The new address of a guest whose partner changes its domain. A guest whose mail was moved by an earlier try, and who
 * keeps the old address in otherMails, gets the mail as it is.
 * @returns undefined for a guest of another domain
 */
export function movedAddress({ mail, otherMails }: GuestState, { from, to }: DomainChange): string | undefined {
  if (mail === null) return undefined;
  const local = mail.slice(0, mail.lastIndexOf('@'));
  if (domainOf(mail) === from.toLowerCase()) return `${local}@${to}`;
  const wasMoved =
    domainOf(mail) === to.toLowerCase() && otherMails.some((other) => sameAddress(other, `${local}@${from}`));
  return wasMoved ? mail : undefined;
}

/** Whether an address may be invited. `*.partner.example` stands for every domain below that one. */
export function isAllowedDomain(address: string, allowed: readonly string[]): boolean {
  const domain = domainOf(address);
  return allowed.some((each) =>
    each.startsWith('*.') ? domain.endsWith(each.slice(1).toLowerCase()) : domain === each.toLowerCase(),
  );
}
