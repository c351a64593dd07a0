/**
 * Everything that setup makes in a tenant, in one list: what the API, the template and the doctor agree on. The roles
 * are those of the API; a test holds the two together.
 */

export interface WantedRole {
  readonly id: string;
  readonly value: string;
  readonly displayName: string;
  readonly description: string;
}

/** Users, groups and applications may have them. The ids are ours, the same in every tenant. */
export const APP_ROLES: readonly WantedRole[] = [
  {
    id: '8d1aa58c-82b3-4024-8687-1927bc008c8e',
    value: 'Submit',
    displayName: 'Submit resets',
    description: 'Submits jobs that reset the redemption of guests, and reads and cancels its own.',
  },
  {
    id: '8c1bb113-b38f-45df-b580-661c5bb9b70c',
    value: 'Read',
    displayName: 'Read all jobs',
    description: 'Reads the jobs and results of everybody, without redeem URLs.',
  },
  {
    id: '991e1d9e-1535-4f0f-ac2b-4db79bfddb4f',
    value: 'Manage',
    displayName: 'Manage the service',
    description: 'Pauses and resumes the tenant, and manages the jobs of everybody.',
  },
];

/** What a person's token is asked for. */
export const SCOPE = {
  id: '1b66755d-78c4-46a7-b3c6-9c8cdedd447b',
  value: 'access_as_user',
  type: 'User',
  isEnabled: true,
  adminConsentDisplayName: 'Use guest-reset',
  adminConsentDescription: 'Lets the application use guest-reset as the signed-in user, with the roles of that user.',
  userConsentDisplayName: 'Use guest-reset',
  userConsentDescription: 'Lets the application use guest-reset as you, with your roles.',
} as const;

/** Clients that get tokens for the scope without a consent. Source of the ids: documentation of both tools. */
export const CLIENTS = [
  { appId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', name: 'Azure CLI' },
  { appId: '1950a258-227b-4e31-a9cf-717495945fc2', name: 'Azure PowerShell' },
] as const;

/** Tokens whose audience is the bare client id, and whose issuer ends in `/v2.0`. */
export const TOKEN_VERSION = 2;

/** Only accounts of this tenant sign in; guests of it too, once they have a role. */
export const AUDIENCE = 'AzureADMyOrg';

/**
 * Tells people and applications apart in every token. Source: Entra documentation, "Optional claims reference"; without
 * the property only tokens of applications have the claim.
 */
export const TOKEN_TYPE_CLAIM = { name: 'idtyp', property: 'include_user_token' } as const;

export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** What the app's identity may do in Graph, and what for. Nothing else. */
export const GRAPH_PERMISSIONS = [
  { value: 'User.Invite.All', reason: 'sends the invitations' },
  { value: 'User.ReadWrite.All', reason: 'looks guests up, resets them, and adds a new address to them' },
  { value: 'RoleManagement.Read.Directory', reason: 'sees who holds a directory role: such guests are never reset' },
] as const;

const NAME = 'guest-reset-';

/** Unique name and display name of the app registration of an environment. */
export const appName = (environment: string): string => NAME + environment;

/** Whether setup has made it: the unique name is given when an app registration is made, and never later. */
export const isMadeBySetup = (uniqueName: string | null): boolean => uniqueName?.startsWith(NAME) === true;

/** What one asks a token for. */
export const identifierUri = (appId: string): string => `api://${appId}`;

/** Where the console's sign-in comes back to. It must fit to the letter. @param apiUrl ends in `/api` */
export const consoleRedirect = (apiUrl: string): string => `${apiUrl.replace(/\/+$/, '')}/console/`;
