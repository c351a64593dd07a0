/** Whether an address that is new to a guest is free, and who else has it where. */
import { kindOf, type UserKind } from './external.ts';
import { hasProxyAddress, type GraphUser } from './guest.ts';
import { sameAddress } from '../graph/invitation.ts';
import type { Found, LookUp } from './look-up.ts';
import type { SendPlan } from '../reset/preflight.ts';
import { addressTaken } from '../reset/preflight-verdicts.ts';
import type { Verdict } from '../reset/reset.ts';

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
