/** Which address of a guest is invited, and so gets the mail. Pure. */
import { domainOf, isOfDomain, movedAddress, type DomainChange } from './email-domain.ts';
import { type GuestState, hasAddress } from './guest.ts';
import { sameAddress } from './same-address.ts';
import type { ResetRequest } from '../reset/reset.ts';

export type InvitedAddress =
  /** `isOther`: the guest was named by another of its addresses. */
  | { readonly kind: 'address'; readonly address: string; readonly isOther: boolean }
  /** The guest has none, or several of which nothing tells the one. */
  | { readonly kind: 'none'; readonly addresses: readonly string[] }
  /** The partner of this guest is another than the one that changes its domain. */
  | { readonly kind: 'otherDomain'; readonly domain: string; readonly change: DomainChange };

/**
 * The address that the request names to be invited; else the guest's own, moved where its partner changes the domain.
 * There an address that also names the guest, or that it has already, is only a name: it is the old one.
 */
export function chooseAddress(
  { selector, alsoSaid, invitedUserEmailAddress: wanted }: ResetRequest,
  state: GuestState,
  change: DomainChange | undefined,
): InvitedAddress {
  const isSelector = selector.by === 'mail' && wanted !== undefined && sameAddress(selector.value, wanted);
  const isNew = change !== undefined && wanted !== undefined && isOfDomain(wanted, change.to);
  const isOld = wanted !== undefined && hasAddress(state, wanted) && !isNew;
  if (wanted !== undefined && (change === undefined || !(isSelector || isOld)))
    return { kind: 'address', address: wanted, isOther: false };
  const named = selector.by === 'mail' ? selector.value : (alsoSaid?.find((said) => hasAddress(state, said)) ?? wanted);
  const own = ownAddress(state, named);
  if (own === undefined) return { kind: 'none', addresses: state.otherMails };
  if (change === undefined)
    return { kind: 'address', address: own, isOther: named !== undefined && !sameAddress(own, named) };
  const moved = movedAddress({ ...state, mail: own }, change);
  return moved === undefined
    ? { kind: 'otherDomain', domain: domainOf(own), change }
    : { kind: 'address', address: moved, isOther: false };
}

/** The mail; of a guest without one the address that named it, or the only one. */
function ownAddress(state: GuestState, named: string | undefined): string | undefined {
  if (state.mail !== null && state.mail !== '') return state.mail;
  if (named !== undefined && hasAddress(state, named)) return named;
  const [only, ...more] = state.otherMails;
  return more.length === 0 ? only : undefined;
}
