/** The users of the simulated tenant. Records are replaced, never changed in place, so the indexes stay true. */

export interface Identity {
  readonly signInType: 'federated' | 'userPrincipalName' | 'emailAddress';
  readonly issuer: string;
  readonly issuerAssignedId: string | null;
}

/**
 * A user as Graph tells it, and below that what only the control plane tells. Dates are ISO 8601 in UTC, whole seconds.
 */
export interface DirectoryUser {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly userType: 'Guest' | 'Member';
  readonly mail: string | null;
  readonly otherMails: readonly string[];
  /** Further addresses of the mailbox, without prefix: `proxyAddresses` has them beside the mail. */
  readonly aliases?: readonly string[];
  readonly identities: readonly Identity[];
  readonly creationType: 'Invitation' | 'SelfServiceSignUp' | 'EmailVerified' | null;
  readonly accountEnabled: boolean;
  readonly externalUserState: 'PendingAcceptance' | 'Accepted' | null;
  readonly externalUserStateChangeDateTime: string | null;
  readonly preferredLanguage: string | null;
  readonly createdDateTime: string;
  /** Who keeps the account that the user signs in with: the truth, which Graph never tells in so many words. */
  readonly account: 'here' | 'elsewhere';
  /** Directory roles by name. An app cannot reset a user who holds one. */
  readonly roles: readonly string[];
  /** In a restricted management administrative unit: only administrators of the unit may change the user. */
  readonly restricted?: true;
  /** Groups by name. A reset keeps them. */
  readonly groups: readonly string[];
  /** How often the redemption status of this user was reset. */
  readonly resets: number;
}

export type UserChanges = Partial<Omit<DirectoryUser, 'id'>>;

/** Whatever Graph's properties say of the user, and whatever others make of them. */
export function isExternal(user: DirectoryUser): boolean {
  return user.account === 'elsewhere';
}

/** Where a filter finds a user by an address. */
export type AddressProperty = 'mail' | 'otherMails' | 'proxyAddresses';

export class Directory {
  readonly #byId = new Map<string, DirectoryUser>();
  readonly #idByPrincipalName = new Map<string, string>();
  readonly #idsByAddress = new Map<string, Set<string>>();
  /** Addresses of organizational contacts, in lower case. */
  readonly #contacts = new Set<string>();

  constructor(users: Iterable<DirectoryUser>) {
    for (const user of users) this.add(user);
  }

  /** The user with this object id or user principal name, both without regard to case. */
  get(key: string): DirectoryUser | undefined {
    const folded = key.toLowerCase();
    return this.#byId.get(folded) ?? this.#byId.get(this.#idByPrincipalName.get(folded) ?? '');
  }

  /** Users who have the address in that property, as `holds` compares. */
  findByAddress(property: AddressProperty, address: string): DirectoryUser[] {
    const bare = property === 'proxyAddresses' ? address.replace(/^smtp:/i, '') : address;
    const users = [...(this.#idsByAddress.get(bare.toLowerCase()) ?? [])].flatMap((id) => this.#byId.get(id) ?? []);
    return users.filter((user) => holds(user, property, address));
  }

  /** Whether another object, a user or a contact, has the address among its `proxyAddresses`. */
  isProxyAddressOfAnother(address: string, userId: string): boolean {
    const owners = PREFIXES.flatMap((prefix) => this.findByAddress('proxyAddresses', prefix + address));
    return this.#contacts.has(address.toLowerCase()) || owners.some(({ id }) => id !== userId);
  }

  get contacts(): readonly string[] {
    return [...this.#contacts];
  }

  addContact(address: string): void {
    this.#contacts.add(address.toLowerCase());
  }

  removeContacts(): void {
    this.#contacts.clear();
  }

  all(): IterableIterator<DirectoryUser> {
    return this.#byId.values();
  }

  add(user: DirectoryUser): void {
    if (this.get(user.id) ?? this.get(user.userPrincipalName))
      throw new Error(`The directory already has a user ${user.userPrincipalName} (${user.id}).`);
    this.#write(user);
  }

  update(id: string, changes: UserChanges): DirectoryUser {
    const before = this.#byId.get(id.toLowerCase());
    if (before === undefined) throw new Error(`The directory has no user ${id}.`);
    this.#idByPrincipalName.delete(before.userPrincipalName.toLowerCase());
    for (const address of indexed(before)) this.#idsByAddress.get(address)?.delete(before.id);
    return this.#write({ ...before, ...changes });
  }

  remove(id: string): void {
    const user = this.#byId.get(id.toLowerCase());
    if (user === undefined) return;
    this.#byId.delete(user.id);
    this.#idByPrincipalName.delete(user.userPrincipalName.toLowerCase());
    for (const address of indexed(user)) this.#idsByAddress.get(address)?.delete(user.id);
  }

  #write(user: DirectoryUser): DirectoryUser {
    this.#byId.set(user.id, user);
    this.#idByPrincipalName.set(user.userPrincipalName.toLowerCase(), user.id);
    for (const address of indexed(user)) {
      const ids = this.#idsByAddress.get(address);
      if (ids === undefined) this.#idsByAddress.set(address, new Set([user.id]));
      else ids.add(user.id);
    }
    return user;
  }
}

const PREFIXES = ['SMTP:', 'smtp:'] as const;
const [PRIMARY, SECONDARY] = PREFIXES;

/** The mail is the primary one. Source: Graph documentation of `user`, "mail and proxyAddresses properties". */
export function proxyAddressesOf({ mail, aliases = [] }: DirectoryUser): string[] {
  const others = aliases.filter((alias) => alias.toLowerCase() !== mail?.toLowerCase());
  return [...(mail === null ? [] : [PRIMARY + mail]), ...others.map((alias) => SECONDARY + alias)];
}

/** Whether the user has the address in that property. Case counts in the prefix of `proxyAddresses` alone. */
export function holds(user: DirectoryUser, property: AddressProperty, address: string): boolean {
  const isSame = (other: string): boolean => other.toLowerCase() === address.toLowerCase();
  switch (property) {
    case 'mail':
      return user.mail !== null && isSame(user.mail);
    case 'otherMails':
      return user.otherMails.some(isSame);
    case 'proxyAddresses':
      return proxyAddressesOf(user).some((each) => isSame(each) && each.slice(0, 5) === address.slice(0, 5));
  }
}

/** What a reset may be sent to, in lower case. */
export function allAddresses({ mail, otherMails }: DirectoryUser): Set<string> {
  return new Set([...(mail === null ? [] : [mail]), ...otherMails].map((address) => address.toLowerCase()));
}

const indexed = (user: DirectoryUser): Set<string> =>
  new Set([...allAddresses(user), ...(user.aliases ?? []).map((alias) => alias.toLowerCase())]);
