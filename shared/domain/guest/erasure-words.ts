/** The words that name one guest in what is stored: object id, UPN and addresses, in the forms that they take. Pure. */
import type { GraphUser } from './guest.ts';
import type { ResetRecord } from '../reset/reset.ts';

/** What stands where a text named the guest. */
const ERASED = '[erased]';

/** @returns lower-case words, without repeats */
export function wordsOf(guestId: string, names: readonly string[]): string[] {
  const id = guestId.toLowerCase();
  const addresses = names.map((name) => name.toLowerCase().trim()).filter((name) => /[^@]@[^@]/.test(name));
  const forms = addresses.flatMap((address) => [address, asUpn(address)]);
  return [
    ...new Set([id, id.replaceAll('-', ''), ...forms, ...forms.map((form) => encodeURIComponent(form).toLowerCase())]),
  ];
}

/** How the UPN of a guest begins who was invited at that address. */
const asUpn = (address: string): string => `${address.replace('@', '_')}#ext#`;

export function namesOfUser({ userPrincipalName, mail, otherMails, proxyAddresses, identities }: GraphUser): string[] {
  return [
    userPrincipalName,
    mail,
    ...(otherMails ?? []),
    ...(proxyAddresses ?? []).map((address) => address.replace(/^smtp:/i, '')),
    ...(identities ?? []).map(({ issuerAssignedId }) => issuerAssignedId),
  ].flatMap((name) => name ?? []);
}

/** All that a reset of the guest says of their names. */
export function namesInReset({ request, sent, doubted, before, after, would }: ResetRecord): string[] {
  return [
    request.selector.value,
    ...(request.alsoSaid ?? []),
    request.invitedUserEmailAddress,
    sent?.address,
    doubted?.address,
    before?.userPrincipalName,
    before?.mail,
    after?.userPrincipalName,
    after?.mail,
    would?.mailTo,
    would?.addEmail,
  ].flatMap((name) => name ?? []);
}

/** What makes another word of one: letters and digits, and the rest of a longer domain. */
const LONGER = String.raw`[\p{L}\p{N}]|\.[\p{L}\p{N}]|-[\p{L}\p{N}-]*\.[\p{L}\p{N}]`;

export interface Eraser {
  /** Whether anything in the value names the guest. */
  names(value: unknown): boolean;
  /** The value with each word replaced, in texts at any depth; the same one where there is none. */
  redacted<T>(value: T): T;
}

/**
 * The words only as they stand alone: `ann@x.example` is not in `joann@x.example`, nor in `ann@x.example.org` or
 * `ann@x.example-two.org`. What no domain goes on with ends the word, as in `ann@x.example-2026`.
 */
export function eraserOf(words: readonly string[]): Eraser {
  const any = words
    .toSorted((one, other) => other.length - one.length)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('|');
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}._%+-])(?:${any})(?!${LONGER})`, 'giu');
  const redact = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll(pattern, ERASED);
    if (Array.isArray(value)) return value.map(redact);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, redact(member)]));
  };
  // Text by text: in JSON a line break ends with a letter, which would stand before the word.
  const names = (value: unknown): boolean => {
    if (typeof value === 'string') return value.search(pattern) !== -1;
    return typeof value === 'object' && value !== null && Object.values(value).some(names);
  };
  return {
    names,
    // Texts stay texts, so the shape is the same.
    redacted: <T>(value: T): T => (names(value) ? (redact(value) as T) : value),
  };
}
