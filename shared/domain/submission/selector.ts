/** How a submission names a guest: which field wins, what shape it must have, and when two mean the same guest. */
import type { Selector } from '../reset/reset.ts';
import { sameAddress } from '../guest/same-address.ts';
import { checkAnyAddress, checkInvitedAddress, unwrapped } from './address.ts';
import { bad, type Checked, good, shown } from './findings.ts';
import { UPN_MAX_CHARS } from './lengths.ts';

/** The fields that can name a guest, as said. Blank ones count as not said. */
export interface SelectorInput {
  readonly user?: string | undefined;
  readonly id?: string | undefined;
  readonly memberObjectIdOrUpn?: string | undefined;
  readonly userPrincipalName?: string | undefined;
  readonly mail?: string | undefined;
  readonly invitedUserEmailAddress?: string | undefined;
}

/**
 * In order of precedence: the first one that is not blank wins. An address to invite names the guest if nothing else
 * does.
 */
export const SELECTOR_FIELDS = [
  'id',
  'user',
  'memberObjectIdOrUpn',
  'userPrincipalName',
  'mail',
  'invitedUserEmailAddress',
] as const;
export type SelectorField = (typeof SELECTOR_FIELDS)[number];

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const IS_GUEST_UPN = /#EXT#/i;
const UPN_SHAPE = /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u;

export function chooseSelector(
  said: SelectorInput,
): { readonly field: SelectorField; readonly text: string } | undefined {
  for (const field of SELECTOR_FIELDS) {
    const text = unwrapped(said[field] ?? '');
    if (text !== '') return { field, text };
  }
  return undefined;
}

/** An object id in another field than the one that names the guest, and not the same. */
export function rivalId(said: SelectorInput, text: string): string | undefined {
  const ids = [said.user, said.memberObjectIdOrUpn]
    .map((name) => unwrapped(name ?? ''))
    .filter((name) => GUID.test(name));
  return GUID.test(text) ? ids.find((id) => id.toLowerCase() !== text.toLowerCase()) : undefined;
}

/** Addresses that are said of the guest in other fields than the one that names it. */
export function alsoSaid(
  said: SelectorInput,
  chosen: { readonly field: SelectorField; readonly text: string },
): string[] {
  return (['user', 'mail'] as const).flatMap((field) => {
    const text = unwrapped(said[field] ?? '');
    const isOne = field !== chosen.field && text.includes('@') && !IS_GUEST_UPN.test(text);
    return isOne && !sameAddress(text, chosen.text) ? [text] : [];
  });
}

/** Turns the chosen field into a selector. Object ids come out in lower case, the rest as written. */
export function checkSelector(field: SelectorField, said: string): Checked<Selector> {
  const text = unwrapped(said);
  switch (field) {
    case 'user': {
      if (GUID.test(text)) return checkSelector('id', text);
      if (IS_GUEST_UPN.test(text)) return checkSelector('userPrincipalName', text);
      const address = checkAnyAddress(text, 'invalidMail');
      if (address.ok) return good({ by: 'mail', value: address.value });
      return address.code === 'invalidEncoding'
        ? address
        : bad('invalidUser', `${shown(text)} is neither an object id, nor a UPN with #EXT#, nor a mail address.`);
    }
    case 'memberObjectIdOrUpn':
      return checkSelector(GUID.test(text) ? 'id' : 'userPrincipalName', text);
    case 'id':
      return GUID.test(text)
        ? good({ by: 'id', value: text.toLowerCase() })
        : bad(
            'invalidUserId',
            `${shown(text)} is not an object id. Write a GUID such as 00000000-0000-0000-0000-000000000000.`,
          );
    case 'userPrincipalName':
      return UPN_SHAPE.test(text) && text.length <= UPN_MAX_CHARS
        ? good({ by: 'userPrincipalName', value: text })
        : bad(
            'invalidUserPrincipalName',
            `${shown(text)} is not a UPN. Write one such as name_partner.example#EXT#@tenant.example.`,
          );
    case 'mail':
    case 'invitedUserEmailAddress': {
      if (/^example:/i.test(text)) return bad('invalidMail', 'This is the example row of the template. Delete it.');
      const address = field === 'mail' ? checkAnyAddress(text, 'invalidMail') : checkInvitedAddress(text);
      return address.ok ? good({ by: 'mail', value: address.value }) : address;
    }
  }
}

/** The same text for the same guest, as far as the selectors alone can tell. The directory ignores case. */
export function guestKey(selector: Selector): string {
  return `${selector.by[0]}:${selector.value.toLowerCase()}`;
}
