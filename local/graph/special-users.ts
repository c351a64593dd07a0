/** Users that a reset must treat with care: a few of each kind in every tenant. */
import type { DirectoryUser, UserChanges } from './directory.ts';
import { externalUser, internalUser, randomName } from './new-user.ts';
import { SPECIAL_PARTNER } from './people.ts';
import { seededRandom, type Random } from './random.ts';

/** What is special, and how many there are. */
export const SPECIAL_CATEGORIES = {
  /** Not external at all: posting such an id to `/invitations` converts the account. */
  internalMember: 5,
  /** Not external either, though the user type says `Guest`. */
  internalGuest: 3,
  /** External, though the user type says `Member`. */
  externalMember: 3,
  /** A guest who holds a directory role: an app cannot reset it. */
  roleHolder: 3,
  /** A guest whose account is disabled: can redeem and still not sign in. */
  disabledGuest: 3,
  /** Guests who all have the same `mail`. */
  sharedMail: 2,
  /** A guest whose only address is in `otherMails`. */
  guestWithoutMail: 1,
  /** An internal member who holds a directory role. */
  internalAdministrator: 1,
} as const;

export type SpecialCategory = keyof typeof SPECIAL_CATEGORIES;

export interface SpecialUser {
  readonly category: SpecialCategory;
  readonly user: DirectoryUser;
}

export const SHARED_MAIL = `team@${SPECIAL_PARTNER.domain}`;

export function specialUsers(seed: number): SpecialUser[] {
  const categories = Object.entries(SPECIAL_CATEGORIES) as [SpecialCategory, number][];
  return categories.flatMap(([category, count]) =>
    Array.from({ length: count }, (_, index) => ({
      category,
      user: specialUser(category, index, seededRandom(seed, category, index)),
    })),
  );
}

function specialUser(category: SpecialCategory, index: number, random: Random): DirectoryUser {
  const { displayName } = randomName(random);
  // The category is in the address, so that a person reading a result sees at once why this row is there.
  const person = { displayName, localPart: `${category.toLowerCase()}${index + 1}` };
  switch (category) {
    case 'internalMember':
      return internalUser(random, person);
    case 'internalGuest':
      return { ...internalUser(random, person), userType: 'Guest' };
    case 'internalAdministrator':
      return { ...internalUser(random, person), roles: ['User Administrator'] };
    case 'externalMember':
    case 'roleHolder':
    case 'disabledGuest':
    case 'sharedMail':
    case 'guestWithoutMail': {
      const guest = externalUser(random, person, SPECIAL_PARTNER, 'Accepted');
      return { ...guest, ...differences(category, guest) };
    }
  }
}

function differences(
  category: 'externalMember' | 'roleHolder' | 'disabledGuest' | 'sharedMail' | 'guestWithoutMail',
  guest: DirectoryUser,
): UserChanges {
  switch (category) {
    case 'externalMember':
      return { userType: 'Member' };
    case 'roleHolder':
      return { roles: ['Reports Reader'] };
    case 'disabledGuest':
      return { accountEnabled: false };
    case 'sharedMail':
      return { mail: SHARED_MAIL, otherMails: [] };
    case 'guestWithoutMail':
      return { mail: null, otherMails: guest.mail === null ? [] : [guest.mail] };
  }
}
