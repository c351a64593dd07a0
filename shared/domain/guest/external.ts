/**
 * Whether a user is provably external. Only those may be sent to `/invitations`: an internal user's id would start a
 * one-way conversion of that account.
 */
import type { GraphUser } from './guest.ts';

/** What the properties of a user prove. */
export type Proof =
  | 'external'
  /** External by all that Graph tells, but so is the Microsoft account that somebody founded the tenant with. */
  | 'perhapsFounder'
  | 'nothing';

interface ProofRow {
  readonly state: 'Accepted' | 'PendingAcceptance' | null;
  /** The condition in words, for `docs/graph.md`. */
  readonly shows: string;
  readonly holds: (user: GraphUser) => boolean;
  readonly proves: Exclude<Proof, 'nothing'>;
  readonly source: string;
}

const MARK = /#EXT#/i;
const isMarked = ({ userPrincipalName }: GraphUser): boolean => MARK.test(userPrincipalName ?? '');
const isInvited = ({ creationType }: GraphUser): boolean => creationType === 'Invitation';
const isFederated = ({ identities }: GraphUser): boolean =>
  identities?.some(({ signInType }) => signInType === 'federated') === true;

/** All there are, and there are some: names and addresses that the tenant itself has given, none of them a guest's. */
const hasOnlyLocalIdentities = ({ identities }: GraphUser): boolean =>
  identities !== null &&
  identities.length > 0 &&
  identities.every(
    ({ signInType, issuerAssignedId }) => signInType !== 'federated' && !MARK.test(issuerAssignedId ?? ''),
  );

const signedUpOutside = (user: GraphUser): boolean => isMarked(user) && isFederated(user);
const invitedLongAgo = (user: GraphUser): boolean => isInvited(user) && isMarked(user) && !hasOnlyLocalIdentities(user);

/**
 * The first row that holds counts; where none does, nothing is proved. The user type alone proves nothing either way.
 */
export const EXTERNAL_PROOFS: readonly ProofRow[] = [
  {
    state: 'Accepted',
    shows: 'an identity whose `signInType` is `federated`',
    holds: isFederated,
    proves: 'external',
    source: 'Graph, `objectIdentity`: whoever signs in so has an account elsewhere',
  },
  {
    state: 'Accepted',
    shows:
      '`#EXT#` in the UPN, unless there are identities and all are local: not `federated`, no `#EXT#` in ' +
      '`issuerAssignedId`',
    holds: (user) => isMarked(user) && !hasOnlyLocalIdentities(user),
    proves: 'external',
    source: 'Entra, "Properties of a B2B collaboration user"; the exception is a guest converted to an internal user',
  },
  {
    state: 'PendingAcceptance',
    shows: '`creationType` is `Invitation`',
    holds: isInvited,
    proves: 'external',
    source: 'Graph, `user`: created as an external account',
  },
  {
    state: 'PendingAcceptance',
    shows: '`#EXT#` in the UPN',
    holds: isMarked,
    proves: 'external',
    source: 'Entra, "Properties of a B2B collaboration user"',
  },
  {
    state: null,
    shows: '`userType` is `Guest`, `#EXT#` in the UPN, and an identity whose `signInType` is `federated`',
    holds: (user) => user.userType === 'Guest' && signedUpOutside(user),
    proves: 'external',
    source: 'Graph, `user`: only the invited have a state; `SelfServiceSignUp` and `EmailVerified` have none',
  },
  {
    state: null,
    shows:
      '`userType` is `Guest`, `creationType` is `Invitation`, `#EXT#` in the UPN, and not all identities are local',
    holds: (user) => user.userType === 'Guest' && invitedLongAgo(user),
    proves: 'external',
    source: 'Graph, `user`: created as an external account, before Entra kept the state',
  },
  {
    state: null,
    shows: 'one of the two rows above, but `userType` is `Member`',
    holds: (user) => user.userType === 'Member' && (signedUpOutside(user) || invitedLongAgo(user)),
    proves: 'perhapsFounder',
    source: 'reported of tenants that were made with a Microsoft account',
  },
];

/** Who has an address, in words: what is sent to Graph `proofOf` decides. `unclear`: may be either. */
export type UserKind = 'guest' | 'internal' | 'unclear';

export function kindOf(user: GraphUser): UserKind {
  const proof = proofOf(user);
  if (proof === 'external') return 'guest';
  return proof === 'nothing' && !isMarked(user) && hasOnlyLocalIdentities(user) ? 'internal' : 'unclear';
}

export const proofOf = (user: GraphUser): Proof =>
  EXTERNAL_PROOFS.find(({ state, holds }) => state === user.externalUserState && holds(user))?.proves ?? 'nothing';
