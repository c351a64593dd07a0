/** How Graph shows a user: `$select` chooses, and without it only a few properties are there. */
import type { Answer } from './answer.ts';
import { proxyAddressesOf, type DirectoryUser } from './directory.ts';
import { errors } from './errors.ts';

const SELECTABLE = {
  id: (user) => user.id,
  userPrincipalName: (user) => user.userPrincipalName,
  displayName: (user) => user.displayName,
  userType: (user) => user.userType,
  mail: (user) => user.mail,
  otherMails: (user) => user.otherMails,
  identities: (user) => user.identities,
  creationType: (user) => user.creationType,
  accountEnabled: (user) => user.accountEnabled,
  externalUserState: (user) => user.externalUserState,
  externalUserStateChangeDateTime: (user) => user.externalUserStateChangeDateTime,
  preferredLanguage: (user) => user.preferredLanguage,
  createdDateTime: (user) => user.createdDateTime,
  proxyAddresses: proxyAddressesOf,
  deletedDateTime: () => null,
} as const satisfies Record<string, (user: DirectoryUser) => unknown>;

export type Property = keyof typeof SELECTABLE;

/** Source: Graph documentation, "List users", properties returned by default; those that a simulated user has. */
const BY_DEFAULT: readonly Property[] = ['displayName', 'mail', 'preferredLanguage', 'userPrincipalName', 'id'];

export type Selection = { readonly properties: readonly Property[] } | { readonly refused: Answer };

/** Reads `$select`. Names match without regard to case. */
export function readSelect(query: URLSearchParams): Selection {
  const text = query.get('$select');
  if (text === null || text.trim() === '') return { properties: BY_DEFAULT };
  const properties: Property[] = [];
  for (const name of text.split(',').map((part) => part.trim())) {
    const property = Object.keys(SELECTABLE).find(
      (known): known is Property => known.toLowerCase() === name.toLowerCase(),
    );
    if (property === undefined) return { refused: errors.unknownSelect(name, 'user') };
    properties.push(property);
  }
  return { properties };
}

export function viewUser(user: DirectoryUser, properties: readonly Property[]): Record<string, unknown> {
  return Object.fromEntries(properties.map((property) => [property, SELECTABLE[property](user)]));
}
