/** Whether an address that is new to a guest is free, and who else has it where. */
import { kindOf, type UserKind } from '../guest/external.ts';
import { hasProxyAddress, type GraphUser } from '../guest/guest.ts';
import { sameAddress } from '../guest/same-address.ts';
import type { Found, LookUp } from '../guest/look-up.ts';
import type { SendPlan } from './send-plan.ts';
import { listed } from './preflight-verdicts.ts';
import type { Verdict } from './reset.ts';

/** A user who has the address of another one's reset. */
export interface AddressOwner {
  readonly id: string;
  readonly kind: UserKind;
  /** Where the address is, as Graph names it. A mail is among the proxyAddresses as well, which is not said. */
  readonly properties: readonly AddressProperty[];
}

export type AddressProperty = 'mail' | 'otherMails' | 'proxyAddresses';

/** Who has the new address of a plan. Only a `mail` has to be unique among the proxyAddresses of the tenant. */
export const lookUpOfAddress = ({ address, emailChange }: SendPlan): LookUp => ({
  by: emailChange?.mail === undefined ? 'mail' : 'newMail',
  value: address,
});

/**
 * Whether a new address is free for the guest of the plan.
 * @param found who has the address now
 */
export function decideNewAddress(plan: SendPlan, found: Exclude<Found, { kind: 'failed' }>): Verdict | undefined {
  const users = found.kind === 'user' ? [found.user] : found.kind === 'several' ? found.users : [];
  const others = users.filter(({ id }) => id.toLowerCase() !== plan.guestId.toLowerCase());
  return others.length === 0 ? undefined : addressTaken(others.map((user) => ownerOf(user, plan.address)));
}

function ownerOf(user: GraphUser, address: string): AddressOwner {
  const isMail = user.mail !== null && sameAddress(user.mail, address);
  const isOther = user.otherMails?.some((known) => sameAddress(known, address)) === true;
  return {
    id: user.id,
    kind: kindOf(user),
    properties: [
      ...(isMail ? ['mail' as const] : []),
      ...(isOther ? ['otherMails' as const] : []),
      ...(!isMail && hasProxyAddress(user, address) ? ['proxyAddresses' as const] : []),
    ],
  };
}

export const addressTaken = (owners: readonly AddressOwner[]): Verdict => ({
  code: 'addressTaken',
  message: `The new address belongs to ${owners.length === 1 ? 'another user' : 'other users'}: it is ${listed(
    owners.map(whereOf),
  )}. Nothing was sent.`,
  nextStep: owners.every(mayBeOneTooMany)
    ? 'Merge or delete the other guest, or give another address, and submit again.'
    : `Give another address${
        owners.every(isAlias) ? ', or addEmailTo "otherMails"' : ''
      }, or have it removed from ${propertiesOf(owners)} of ${
        owners.length === 1 ? 'that user' : 'those users'
      } if it is not in use there, and submit again.`,
});

/** Among the proxyAddresses alone, which only keep it from becoming a mail. */
const isAlias = ({ properties }: AddressOwner): boolean => properties.every((name) => name === 'proxyAddresses');

/** An account of the tenant's own is nobody's to delete for an address, nor is a guest for an alias. */
const mayBeOneTooMany = (owner: AddressOwner): boolean => owner.kind === 'guest' && !isAlias(owner);

const propertiesOf = (owners: readonly AddressOwner[]): string =>
  [...new Set(owners.flatMap(({ properties }) => properties))].join(' and ');

function whereOf(owner: AddressOwner): string {
  const where = `in ${propertiesOf([owner])} of`;
  switch (owner.kind) {
    case 'guest':
      return `${where} the guest ${owner.id}`;
    case 'internal':
      return `${where} the internal user ${owner.id}`;
    case 'unclear':
      return `${where} the user ${owner.id}, who may be internal`;
  }
}
