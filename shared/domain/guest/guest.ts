/** A user of the tenant as Graph tells it. */
import * as z from 'zod';
import { sameAddress } from './same-address.ts';

/** An object id has 36 characters; one without end would be a key of the tables. */
const ID_MAX_CHARS = 64;

const text = z.string().nullable();

/** Of a federated one the type says all: some answers leave out its id, which is mostly `null`. */
const identitySchema = z
  .object({ signInType: text, issuerAssignedId: text.optional() })
  .superRefine((identity, issues) => {
    if (identity.signInType !== 'federated' && identity.issuerAssignedId === undefined)
      issues.addIssue({ code: 'custom', path: ['issuerAssignedId'], input: undefined });
  });

/** What is read of every user. Source: Graph v1.0 metadata, entity type `user`. Graph says `null` for what is empty. */
const userSchema = z.object({
  id: z.string().min(1).max(ID_MAX_CHARS),
  userPrincipalName: text,
  userType: text,
  mail: text,
  otherMails: z.array(z.string()).readonly().nullable(),
  identities: z.array(identitySchema).readonly().nullable(),
  creationType: text,
  accountEnabled: z.boolean().nullable(),
  externalUserState: text,
  externalUserStateChangeDateTime: text,
  // Nothing is decided by it, so an answer without it is whole.
  preferredLanguage: text.catch(null),
  // Asked for only where an address is to become somebody's mail. Each is `SMTP:` or `smtp:`, and an address.
  proxyAddresses: z.array(z.string()).readonly().optional().catch(undefined),
  // Asked for only where somebody is shown the guest.
  displayName: text.optional().catch(undefined),
  createdDateTime: text.optional().catch(undefined),
});

/** What a job needs of nobody. */
export const SHOWN_PROPERTIES = ['displayName', 'createdDateTime'] as const satisfies readonly (keyof GraphUser)[];
const ASKED_SELDOM: readonly string[] = ['proxyAddresses', ...SHOWN_PROPERTIES];

/** A whole one: nothing here is merely absent from an answer. */
export type GraphUser = Readonly<z.infer<typeof userSchema>>;

export const USER_PROPERTIES = (Object.keys(userSchema.shape) as readonly (keyof GraphUser)[]).filter(
  (name) => !ASKED_SELDOM.includes(name),
);

export type ReadUser =
  | { readonly kind: 'user'; readonly user: GraphUser }
  /** A user, but the answer leaves properties out. What is absent may be anything, so nothing is to be decided. */
  | { readonly kind: 'incomplete'; readonly missing: readonly string[] }
  | { readonly kind: 'unreadable' };

/** @param body of an answer, or an element of a list in it */
export function readUser(body: unknown): ReadUser {
  const parsed = userSchema.safeParse(body, { reportInput: true });
  if (parsed.success) return { kind: 'user', user: parsed.data };
  const { issues } = parsed.error;
  const missing = issues.filter(({ path, input }) => path.length > 0 && path[0] !== 'id' && input === undefined);
  if (missing.length < issues.length) return { kind: 'unreadable' };
  const names = missing.map(({ path }) => path.filter((part) => typeof part === 'string').join('/'));
  return { kind: 'incomplete', missing: [...new Set(names)] };
}

/** The part of a guest that tells whether a reset happened. */
export interface RedemptionState {
  readonly externalUserState: string | null;
  readonly externalUserStateChangeDateTime: string | null;
}

/** With it, what an added email must keep. */
export interface GuestState extends RedemptionState {
  readonly userPrincipalName: string | null;
  readonly mail: string | null;
  readonly otherMails: readonly string[];
}

export function guestState(user: GraphUser): GuestState {
  const { externalUserState, externalUserStateChangeDateTime, userPrincipalName, mail, otherMails } = user;
  return { externalUserState, externalUserStateChangeDateTime, userPrincipalName, mail, otherMails: otherMails ?? [] };
}

/**
 * Whether the address is among the user's proxyAddresses, the primary one or another, as far as they were asked for.
 */
export function hasProxyAddress({ proxyAddresses = [] }: GraphUser, address: string): boolean {
  return proxyAddresses.some((each) => each.toLowerCase() === `smtp:${address.toLowerCase()}`);
}

/** States that a job may be for: `PendingAcceptance`; `Accepted`, or none. */
export const WANTED_STATES = ['pending', 'accepted'] as const;
export type WantedState = (typeof WANTED_STATES)[number];

export function hasAddress(state: GuestState, address: string): boolean {
  return [state.mail ?? '', ...state.otherMails].some((known) => sameAddress(known, address));
}
