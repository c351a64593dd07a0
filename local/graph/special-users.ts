/** Users that a reset must treat with care: a few of each kind in every tenant. */
import type { DirectoryUser, UserChanges } from './directory.ts';
import {
  externalUser,
  federatedIdentity,
  INITIAL_DOMAIN,
  internalUser,
  principalIdentity,
  randomName,
  TENANT_DOMAIN,
  tenantPrincipalName,
  type PersonName,
} from './new-user.ts';
import { SPECIAL_PARTNER } from './people.ts';
import { seededRandom, type Random } from './random.ts';

export const SHARED_MAIL = `team@${SPECIAL_PARTNER.domain}`;

interface SpecialKind {
  /** How many there are. */
  readonly count: number;
  readonly make: (random: Random, person: PersonName) => DirectoryUser;
}

type Changes = UserChanges | ((user: DirectoryUser) => UserChanges);
const changed = (user: DirectoryUser, changes: Changes): DirectoryUser => ({
  ...user,
  ...(typeof changes === 'function' ? changes(user) : changes),
});

/** Users of the tenant's own: an invitation would convert the account. */
const internal = (count: number, changes: Changes = {}): SpecialKind => ({
  count,
  make: (random, person) => changed(internalUser(random, person), changes),
});

const external = (count: number, changes: Changes, state: DirectoryUser['externalUserState'] = 'Accepted') => ({
  count,
  make: (random: Random, person: PersonName) => changed(externalUser(random, person, SPECIAL_PARTNER, state), changes),
});

/** Only the identity that every guest has: it does not tell where the guest signs in. */
const withoutProvider = ({ userPrincipalName }: DirectoryUser): UserChanges => ({
  identities: [principalIdentity(userPrincipalName)],
});

const renamed = ({ displayName, identities, mail }: DirectoryUser): UserChanges => {
  const userPrincipalName = tenantPrincipalName(mail?.split('@')[0] ?? displayName);
  return {
    userPrincipalName,
    identities: [
      ...identities.filter(({ signInType }) => signInType === 'federated'),
      principalIdentity(userPrincipalName),
    ],
  };
};

/** Once invited, accepted, and made internal since. What Graph tells of the invitation may stay. */
const converted = (count: number, changes: (user: DirectoryUser) => UserChanges): SpecialKind =>
  external(count, (guest) => {
    const { userPrincipalName = '' } = renamed(guest);
    return {
      ...renamed(guest),
      account: 'here',
      identities: [principalIdentity(userPrincipalName)],
      ...changes(guest),
    };
  });

export const SPECIAL_KINDS = {
  // Users whose properties alone must tell whether they are external: some of every row of the rule, and of what only
  // looks like it.

  /** Renamed into a UPN of the tenant. */
  renamedGuest: external(2, renamed),
  /** Accepted, and no identity tells where the guest signs in. */
  guestWithoutProvider: external(2, withoutProvider),
  /** Renamed before the guest redeemed. */
  renamedPendingGuest: external(2, renamed, 'PendingAcceptance'),
  /** Pending, but made by synchronisation: Graph does not call it created by an invitation. */
  syncedPendingGuest: external(1, { creationType: null }, 'PendingAcceptance'),
  /** Signed up by itself, so was never invited. */
  selfServiceGuest: external(2, { creationType: 'SelfServiceSignUp' }, null),
  emailVerifiedGuest: external(1, { creationType: 'EmailVerified' }, null),
  /** Invited before Entra kept the state, and no identity tells where the guest signs in. */
  oldGuestWithoutProvider: external(1, withoutProvider, null),
  /** The Microsoft account that somebody founded the tenant with. */
  founder: external(
    2,
    ({ userPrincipalName }) => ({
      userType: 'Member',
      creationType: null,
      identities: [federatedIdentity('MicrosoftAccount'), principalIdentity(userPrincipalName)],
    }),
    null,
  ),
  /** Internal since a conversion as Graph does it. */
  convertedGuest: converted(2, () => ({
    userType: 'Member',
    creationType: null,
    externalUserState: null,
    externalUserStateChangeDateTime: null,
  })),
  /** The user principal name is still the guest's, the sign-in is the tenant's. */
  convertedGuestNotRenamed: converted(2, ({ userPrincipalName }) => ({ userPrincipalName })),
  /** Signs in with an address too, which is known to the tenant alone. */
  convertedGuestWithAddress: converted(2, (guest) => ({
    identities: [
      principalIdentity(renamed(guest).userPrincipalName ?? ''),
      { signInType: 'emailAddress', issuer: INITIAL_DOMAIN, issuerAssignedId: guest.mail },
    ],
  })),
  /** Internal, with an invitation of whose origin nothing else tells. */
  pendingMember: internal(2, { externalUserState: 'PendingAcceptance' }),
  /** Internal: signed up by itself with an address of the tenant's domain. */
  emailVerifiedMember: internal(1, { creationType: 'EmailVerified' }),
  /** Internal, with a name that only looks like a guest's. */
  markedMember: internal(1, ({ mail }) => {
    const userPrincipalName = `${mail?.replace('@', '_')}#EXT#@${TENANT_DOMAIN}`;
    return { userPrincipalName, userType: 'Guest', identities: [principalIdentity(userPrincipalName)] };
  }),

  // Users who need care for another reason.

  /** Not external at all. */
  internalMember: internal(5),
  /** Not external either, though the user type says `Guest`. */
  internalGuest: internal(3, { userType: 'Guest' }),
  /** External, though the user type says `Member`. */
  externalMember: external(3, { userType: 'Member' }),
  /** A guest who holds a directory role: an app cannot reset it. */
  roleHolder: external(3, { roles: ['Reports Reader'] }),
  /** A guest whom only administrators of a unit may change. */
  restrictedGuest: external(1, { restricted: true }),
  /** A guest whose account is disabled: can redeem and still not sign in. */
  disabledGuest: external(3, { accountEnabled: false }),
  /** Guests who all have the same `mail`. */
  sharedMail: external(2, { mail: SHARED_MAIL, otherMails: [] }),
  /** A guest whose only address is in `otherMails`. */
  guestWithoutMail: external(1, ({ mail }) => ({ mail: null, otherMails: mail === null ? [] : [mail] })),
  /** A guest without `mail` and with two other addresses, of which nothing tells the right one. */
  guestWithoutMailButTwoOthers: external(1, ({ mail }) => ({
    mail: null,
    otherMails: mail === null ? [] : [mail, `two.${mail}`],
  })),
  /** An internal member who holds a directory role. */
  internalAdministrator: internal(1, { roles: ['User Administrator'] }),
} as const satisfies Record<string, SpecialKind>;

export type SpecialCategory = keyof typeof SPECIAL_KINDS;

export interface SpecialUser {
  readonly category: SpecialCategory;
  readonly user: DirectoryUser;
}

export function specialUsers(seed: number): SpecialUser[] {
  const kinds = Object.entries(SPECIAL_KINDS) as [SpecialCategory, SpecialKind][];
  return kinds.flatMap(([category, { count, make }]) =>
    Array.from({ length: count }, (_, index) => {
      const random = seededRandom(seed, category, index);
      const { displayName } = randomName(random);
      // The category is in the address, so that a person reading a result sees at once why this row is there.
      return { category, user: make(random, { displayName, localPart: `${category.toLowerCase()}${index + 1}` }) };
    }),
  );
}
