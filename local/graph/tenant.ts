/**
 * Generates a tenant. Guest number n depends on the seed and on the guests before it, never on how many follow:
 * a larger tenant of the same seed begins with the same guests, and has the same special users.
 */
import type { DirectoryUser } from './directory.ts';
import { externalUser, randomName } from './new-user.ts';
import { PARTNERS } from './people.ts';
import { seededRandom } from './random.ts';
import { specialUsers, type SpecialUser } from './special-users.ts';

export const TENANT_ID = '11111111-1111-4111-8111-111111111111';

export interface Tenant {
  /** Plain guests: enabled, without roles, each with a mail of its own. All can be reset. */
  readonly guests: readonly DirectoryUser[];
  /** Users beyond those, each for one reason. */
  readonly special: readonly SpecialUser[];
}

export interface TenantOptions {
  /** How many plain guests. */
  readonly guests: number;
  readonly seed: number;
}

export function generateTenant({ guests, seed }: TenantOptions): Tenant {
  const taken = new Map<string, number>();
  return {
    guests: Array.from({ length: guests }, (_, index) => plainGuest(seed, index, taken)),
    special: specialUsers(seed),
  };
}

function plainGuest(seed: number, index: number, taken: Map<string, number>): DirectoryUser {
  const random = seededRandom(seed, 'guest', index);
  const partner = random.pick(PARTNERS);
  const person = randomName(random);
  const address = `${person.localPart}@${partner.domain}`;
  const namesakes = taken.get(address) ?? 0;
  taken.set(address, namesakes + 1);
  const localPart = namesakes === 0 ? person.localPart : `${person.localPart}${namesakes + 1}`;
  return externalUser(random, { ...person, localPart }, partner, randomState(random.fraction()));
}

/** Most have redeemed, some never did, and a few were invited before Entra kept the state. */
function randomState(fraction: number): DirectoryUser['externalUserState'] {
  if (fraction < 0.7) return 'Accepted';
  return fraction < 0.9 ? 'PendingAcceptance' : null;
}
