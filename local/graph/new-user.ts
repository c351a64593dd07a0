/** How a user record is put together, whether generated or invited. */
import type { DirectoryUser, Identity } from './directory.ts';
import { FIRST_NAMES, GROUPS, LANGUAGES, LAST_NAMES, type Partner } from './people.ts';
import type { Random } from './random.ts';

export const TENANT_DOMAIN = 'contoso.example';
export const INITIAL_DOMAIN = 'contoso.onmicrosoft.example';

const DAY_MS = 24 * 60 * 60 * 1000;
const FIRST_DAY = Date.UTC(2019, 0, 1);
const DAYS = 6 * 365;

export interface PersonName {
  readonly displayName: string;
  readonly localPart: string;
}

export function randomName(random: Random): PersonName {
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  return { displayName: `${first} ${last}`, localPart: `${first}.${last}`.toLowerCase() };
}

/** Graph writes whole seconds. */
export function graphTime(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** A user principal name of the tenant's own, as a guest has after having been renamed. */
export function tenantPrincipalName(localPart: string): string {
  return `${localPart}@${TENANT_DOMAIN}`;
}

/** The user principal name that an invited address gets. */
export function guestPrincipalName(address: string): string {
  return `${address.replace('@', '_')}#EXT#@${INITIAL_DOMAIN}`;
}

export function principalIdentity(userPrincipalName: string): Identity {
  return { signInType: 'userPrincipalName', issuer: INITIAL_DOMAIN, issuerAssignedId: userPrincipalName };
}

export function federatedIdentity(issuer: string): Identity {
  return { signInType: 'federated', issuer, issuerAssignedId: null };
}

/** An invited user of a partner, at some point of the past. `state` null: invited before Entra kept the state. */
export function externalUser(
  random: Random,
  person: PersonName,
  partner: Partner,
  state: DirectoryUser['externalUserState'],
): DirectoryUser {
  const address = `${person.localPart}@${partner.domain}`;
  const userPrincipalName = guestPrincipalName(address);
  const createdAt = FIRST_DAY + random.below(DAYS) * DAY_MS + random.below(DAY_MS);
  const redeemed = state === 'PendingAcceptance' ? [] : [federatedIdentity(partner.issuer)];
  return {
    id: random.guid(),
    userPrincipalName,
    displayName: person.displayName,
    userType: 'Guest',
    mail: address,
    otherMails: random.fraction() < 0.7 ? [address] : [],
    identities: [...redeemed, principalIdentity(userPrincipalName)],
    creationType: 'Invitation',
    accountEnabled: true,
    externalUserState: state,
    externalUserStateChangeDateTime: state === null ? null : graphTime(new Date(createdAt + random.below(30 * DAY_MS))),
    preferredLanguage: random.pick(LANGUAGES),
    createdDateTime: graphTime(new Date(createdAt)),
    account: 'elsewhere',
    roles: [],
    groups: random.shuffle(GROUPS).slice(0, random.below(3)),
    resets: 0,
  };
}

/** A user of the tenant's own. */
export function internalUser(random: Random, person: PersonName): DirectoryUser {
  const address = tenantPrincipalName(person.localPart);
  return {
    ...externalUser(random, person, { domain: TENANT_DOMAIN, issuer: 'mail' }, null),
    userPrincipalName: address,
    userType: 'Member',
    otherMails: [],
    identities: [principalIdentity(address)],
    creationType: null,
    account: 'here',
  };
}
