/**
 * Which mail addresses the directory and the invitation service take. Written down here once more on purpose: a
 * simulator that shared the application's rule could not show a mistake in it.
 */

const LOCAL_MAX = 64;
const DOMAIN_MAX = 253;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** A value of `mail` or `otherMails`. Source: Graph documentation of `user` (no accents), RFC 5321 (lengths). */
export function isDirectoryAddress(address: string): boolean {
  const [localPart = '', domain = '', ...more] = address.split('@');
  const labels = domain.split('.');
  const isDomain = labels.length > 1 && domain.length <= DOMAIN_MAX && labels.every((label) => LABEL.test(label));
  const isNumeric = /^\d+$/.test(labels.at(-1) ?? '');
  return more.length === 0 && isDomain && !isNumeric && localPart.length <= LOCAL_MAX && /^[!-~]+$/.test(localPart);
}

/**
 * Source: Graph documentation, "Create invitation"; the backtick, quotes and dots from Exchange's rules for addresses.
 */
const REFUSED_IN_INVITATIONS = /[~!#$%^&*()+=[\]{}\\/|;:"<>?,`]/;

/** An address that can be invited. */
export function isInvitable(address: string): boolean {
  const localPart = address.slice(0, address.indexOf('@'));
  const hasBadEnd = /^['.-]|['.-]$/.test(localPart) || localPart.includes('..');
  return isDirectoryAddress(address) && !REFUSED_IN_INVITATIONS.test(address) && !hasBadEnd;
}
