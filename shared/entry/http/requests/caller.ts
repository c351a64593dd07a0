/** Who calls, and what they may do. */
import type { Authentication } from '../../../authentication.ts';
import { isGuid } from '../../../domain/ids.ts';
import type { Job } from '../../../domain/job/job.ts';
import { problem, type Problem } from '../../../domain/api/problem.ts';

export const ROLES = ['Submit', 'Read', 'Manage'] as const;
export type Role = (typeof ROLES)[number];

export interface Caller {
  /** Object id of the user or the application, in lower case. */
  readonly id: string;
  readonly name?: string;
  /** Who has got the token; absent for the developer, who has none. */
  readonly kind?: 'app' | 'user';
  /** Client id of the app registration that has the roles. */
  readonly signedInTo?: string;
  readonly roles: ReadonlySet<Role>;
}

const DEVELOPER: Caller = { id: 'local-developer', roles: new Set(ROLES) };
/** Whether callers are not told apart: on a developer's machine. */
export const isDeveloper = (caller: Caller): boolean => caller === DEVELOPER;

/** The caller, or why there is none. The principal header counts only where the platform sets it. */
export function identify(headers: Headers, authentication: Authentication): Caller | Problem {
  if (authentication.by === 'development') return DEVELOPER;
  if (authentication.by === 'nobody') return NOT_CONFIGURED;
  return readPrincipal(headers.get('x-ms-client-principal') ?? '', authentication) ?? NOT_SIGNED_IN;
}

const CLAIM_TYPES = {
  tenant: ['http://schemas.microsoft.com/identity/claims/tenantid', 'tid'],
  issuer: ['iss'],
  id: ['http://schemas.microsoft.com/identity/claims/objectidentifier', 'oid'],
  /** The first that is there names the caller. */
  name: [
    'preferred_username',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
    'upn',
    'name',
    'appid',
    'azp',
  ],
  /** An optional claim that the app registration has to ask for. */
  kind: ['idtyp'],
  /** Of tokens that a user has let a program get, and of no other. */
  scope: ['http://schemas.microsoft.com/identity/claims/scope', 'scp'],
  roles: ['roles', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role'],
} as const;

/** Half of what Node reads of all headers of a request: no token that fits in there has more claims. */
const MAX_PRINCIPAL_CHARS = 8_192;
/** It is kept with every job. */
const NAME_MAX_CHARS = 256;

/**
 * Reads the principal that App Service authentication passes on: of a token that this tenant issued. What is missing,
 * or said twice in different ways, names nobody. Claims have long names only while the token store is on. Source: App
 * Service documentation, "Work with user identities".
 */
function readPrincipal(
  header: string,
  { tenantId, clientId, issuers }: Extract<Authentication, { by: 'platform' }>,
): Caller | undefined {
  const claims = readClaims(header);
  const values = (types: readonly string[]): string[] =>
    claims.filter(({ typ }) => types.includes(typ)).map(({ val }) => val);
  const only = (types: readonly string[]): string | undefined => {
    const [first, ...others] = new Set(values(types));
    return others.length === 0 ? first : undefined;
  };
  const id = only(CLAIM_TYPES.id)?.toLowerCase();
  if (id === undefined || !isGuid(id)) return undefined;
  if (only(CLAIM_TYPES.tenant)?.toLowerCase() !== tenantId) return undefined;
  if (!issuers.includes(only(CLAIM_TYPES.issuer)?.toLowerCase() ?? '')) return undefined;
  const name = CLAIM_TYPES.name
    .flatMap((type) => values([type]))
    .find(Boolean)
    ?.slice(0, NAME_MAX_CHARS);
  const isApp = values(CLAIM_TYPES.kind).every((kind) => kind === 'app') && values(CLAIM_TYPES.scope).length === 0;
  const roles = values(CLAIM_TYPES.roles).filter((role): role is Role => (ROLES as readonly string[]).includes(role));
  const kind = isApp ? 'app' : 'user';
  return { id, kind, signedInTo: clientId, roles: new Set(roles), ...(name !== undefined && { name }) };
}

function readClaims(header: string): readonly Claim[] {
  if (header.length > MAX_PRINCIPAL_CHARS || !/^[A-Za-z0-9+/]+={0,2}$/.test(header)) return [];
  let text: unknown;
  try {
    text = JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  } catch {
    // A header that is no principal names nobody; the caller is told to sign in.
    return [];
  }
  const principal = text as { readonly auth_typ?: unknown; readonly claims?: unknown } | null;
  return principal?.auth_typ === 'aad' && Array.isArray(principal.claims) ? principal.claims.filter(isClaim) : [];
}

interface Claim {
  readonly typ: string;
  readonly val: string;
}

const isClaim = (claim: unknown): claim is Claim =>
  typeof (claim as { typ?: unknown } | null)?.typ === 'string' && typeof (claim as { val?: unknown }).val === 'string';

/** Who may call a route. The sentences are those of the OpenAPI document. */
export const ACCESS = {
  everybody: 'Nobody needs to sign in.',
  identified: 'Whoever has signed in, also without a role.',
  anyRole: 'Role Submit, Read or Manage.',
  Submit: 'Role Submit.',
  Read: 'Role Read or Manage.',
  Manage: 'Role Manage.',
  ownerOrRead: 'Role Read or Manage; with Submit, of jobs that one has submitted.',
  ownerOrManage: 'Role Manage; with Submit, of jobs that one has submitted.',
} as const;
export type Access = keyof typeof ACCESS;

/** Why the caller may not call a route, whatever job it is about. */
export function refusedAccess(caller: Caller, access: Access): Problem | undefined {
  const { roles } = caller;
  switch (access) {
    case 'everybody':
    case 'identified':
      return undefined;
    case 'Submit':
    case 'Manage':
      return roles.has(access) ? undefined : mayNot(caller, access);
    case 'Read':
      return seesAll(caller) ? undefined : mayNot(caller, 'Read');
    case 'anyRole':
    case 'ownerOrRead':
    case 'ownerOrManage':
      return roles.size > 0 ? undefined : mayNot(caller, access === 'ownerOrManage' ? 'Manage' : 'Read');
  }
}

export function mayRead(caller: Caller, job: Job): boolean {
  return seesAll(caller) || (caller.roles.has('Submit') && job.submitter.id === caller.id);
}

/** Jobs of everybody, and what is left of deleted ones. */
export const seesAll = ({ roles }: Caller): boolean => roles.has('Read') || roles.has('Manage');

/** Whether the caller may cancel the job, or have its guests checked. */
export function mayChange(caller: Caller, job: Job): boolean {
  return caller.roles.has('Manage') || (caller.roles.has('Submit') && job.submitter.id === caller.id);
}

/** @param why one sentence that says what the role is needed for */
export const mayNot = (caller: Caller, role: Role, why = `This needs the app role "${role}".`): Problem =>
  problem('missingRole', `${why} ${howToGetRole(caller, role)}`);

/**
 * Nothing follows the command, so that it can be copied. Source of the day: Entra documentation, "Managed identity best
 * practice recommendations".
 */
function howToGetRole({ id, kind, signedInTo }: Caller, role: Role): string {
  const then =
    kind === 'app'
      ? 'A managed identity keeps its tokens for up to a day, so a new role may take as long to be seen.'
      : 'Sign in again after that, for a token keeps the roles that it was given.';
  // Whoever copies it need not be in the folder of azd that knows which one.
  const registration = signedInTo === undefined ? '' : ` --client-id ${signedInTo}`;
  const command = `${GRANT} ${id} ${role}${registration}`;
  return `Whoever manages the app registration can grant it. ${then} The command: ${command}`;
}

const GRANT = 'npm run -s guest-reset -- setup grant';

const NOT_SIGNED_IN = problem(
  'notSignedIn',
  'The request carries no identity that App Service authentication accepts.',
);
export const NOT_CONFIGURED = problem(
  'authenticationNotConfigured',
  'The app answers nobody until App Service authentication is on, for the app registration that API_CLIENT_ID names.',
);
