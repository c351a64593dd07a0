/** Applications, service principals, groups and who was given which role of which application. */
import { hash } from 'node:crypto';
import type { Random } from '../random.ts';
import { LaggingStore } from './lagging-store.ts';

export interface AppRole {
  readonly id: string;
  readonly value: string | null;
  readonly displayName: string;
  readonly description: string;
  readonly isEnabled: boolean;
  readonly allowedMemberTypes: readonly ('User' | 'Application')[];
}

export interface PermissionScope {
  readonly id: string;
  readonly value: string | null;
  readonly type: 'User' | 'Admin';
  readonly isEnabled: boolean;
  readonly adminConsentDisplayName: string;
  readonly adminConsentDescription: string;
  readonly userConsentDisplayName: string | null;
  readonly userConsentDescription: string | null;
}

export interface Api {
  readonly requestedAccessTokenVersion: 1 | 2 | null;
  readonly acceptMappedClaims: boolean | null;
  readonly knownClientApplications: readonly string[];
  readonly oauth2PermissionScopes: readonly PermissionScope[];
  readonly preAuthorizedApplications: readonly {
    readonly appId: string;
    readonly delegatedPermissionIds: readonly string[];
  }[];
}

interface OptionalClaim {
  readonly name: string;
  readonly source: string | null;
  readonly essential: boolean;
  readonly additionalProperties: readonly string[];
}

export interface Application {
  readonly id: string;
  readonly appId: string;
  /** Given when it is made by that name, and never later. */
  readonly uniqueName: string | null;
  readonly displayName: string;
  readonly signInAudience: string;
  readonly identifierUris: readonly string[];
  readonly appRoles: readonly AppRole[];
  readonly api: Api;
  readonly spa: { readonly redirectUris: readonly string[] };
  readonly web: { readonly redirectUris: readonly string[] };
  readonly optionalClaims: {
    readonly idToken: readonly OptionalClaim[];
    readonly accessToken: readonly OptionalClaim[];
    readonly saml2Token: readonly OptionalClaim[];
  } | null;
  readonly passwordCredentials: readonly { readonly displayName: string | null; readonly endDateTime: string }[];
  readonly keyCredentials: readonly object[];
  readonly createdDateTime: string;
  /** Object ids of administrators; Graph tells them elsewhere. */
  readonly owners: readonly string[];
}

export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly servicePrincipalType: 'Application' | 'ManagedIdentity';
  readonly accountEnabled: boolean;
  readonly appRoleAssignmentRequired: boolean;
  /** Of a service principal whose application is elsewhere, as Graph's own is. */
  readonly ownRoles?: readonly AppRole[];
  readonly owners: readonly string[];
}

export interface Group {
  readonly id: string;
  readonly displayName: string;
  /** Object ids: users, service principals, groups. */
  readonly members: readonly string[];
}

export interface AppRoleAssignment {
  readonly id: string;
  readonly appRoleId: string;
  readonly principalId: string;
  readonly principalType: 'User' | 'Group' | 'ServicePrincipal';
  readonly principalDisplayName: string;
  readonly resourceId: string;
  readonly resourceDisplayName: string;
  readonly createdDateTime: string;
}

export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** Source of the ids: Graph permissions reference. */
const GRAPH_ROLES: Readonly<Record<string, string>> = {
  'User.Invite.All': '09850681-111b-4a89-9bed-3f2cae46d706',
  'User.ReadWrite.All': '741f803b-c850-494e-b5df-cde7c675a1ca',
  'RoleManagement.Read.Directory': '483bed4a-2ad3-4361-a73b-c83ccdbdc53c',
  'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  'Organization.Read.All': '498476ce-e0fe-48b0-b801-37ba7e2685c6',
};

export class Entra {
  readonly applications: LaggingStore<Application>;
  /** Removed ones, which keep their unique names for 30 days. */
  readonly deletedApplications: LaggingStore<Application>;
  readonly servicePrincipals: LaggingStore<ServicePrincipal>;
  readonly groups: LaggingStore<Group>;
  readonly assignments: LaggingStore<AppRoleAssignment>;
  /** Names of those who have had a token, by object id. */
  readonly administrators = new Map<string, string>();
  /** Whether whoever has no directory role may register applications, as tenants allow at first. */
  usersMayRegister = true;
  readonly #random: Random;

  constructor(random: Random, now: () => Date, drawLagMs: () => number) {
    const store = <Item extends { readonly id: string }>(items: readonly Item[] = []): LaggingStore<Item> =>
      new LaggingStore(() => now().getTime(), drawLagMs, items);
    this.#random = random;
    this.applications = store();
    this.deletedApplications = store();
    this.servicePrincipals = store([graphItself()]);
    this.groups = store();
    this.assignments = store();
  }

  newId(): string {
    return this.#random.guid();
  }

  /** The roles that a service principal offers, as readers see them. */
  rolesOf(resource: ServicePrincipal): readonly AppRole[] {
    const { appId, ownRoles } = resource;
    return ownRoles ?? this.applications.allSeen().find((each) => each.appId === appId)?.appRoles ?? [];
  }
}

function graphItself(): ServicePrincipal {
  return {
    id: idOf('Microsoft Graph'),
    appId: GRAPH_APP_ID,
    displayName: 'Microsoft Graph',
    servicePrincipalType: 'Application',
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    ownRoles: Object.entries(GRAPH_ROLES).map(([value, id]) => ({
      id,
      value,
      displayName: value,
      description: value,
      isEnabled: true,
      allowedMemberTypes: ['Application'],
    })),
    owners: [],
  };
}

/** The same name always has the same id. */
export const idOf = (name: string): string =>
  hash('sha256', name).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
