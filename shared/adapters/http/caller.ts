/** Who calls, and what they may do. */
import type { HttpRequest } from '@azure/functions';
import type { Config } from '../../config.ts';
import type { Job } from '../../domain/job.ts';
import { problem, type Problem } from '../../domain/problem.ts';

export const ROLES = ['Submit', 'Read', 'Manage'] as const;
export type Role = (typeof ROLES)[number];

export interface Caller {
  /** Object id of the user or the application. */
  readonly id: string;
  readonly name?: string;
  readonly roles: ReadonlySet<Role>;
}

const DEVELOPER: Caller = { id: 'local-developer', roles: new Set(ROLES) };

/** The caller, or why there is none. The principal header counts only where the platform sets it. */
export function identify(headers: HttpRequest['headers'], authentication: Config['authentication']): Caller | Problem {
  if (authentication === 'development') return DEVELOPER;
  if (authentication === 'none') return NOT_CONFIGURED;
  const principal = readPrincipal(headers.get('x-ms-client-principal'));
  return principal ?? NOT_SIGNED_IN;
}

const CLAIM_TYPES = {
  id: ['http://schemas.microsoft.com/identity/claims/objectidentifier', 'oid'],
  name: ['preferred_username', 'name', 'appid', 'azp'],
  roles: ['roles', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role'],
} as const;

/**
 * Reads the principal that App Service authentication passes on. Source: App Service documentation, "Work with user
 * identities".
 */
function readPrincipal(header: string | null): Caller | undefined {
  if (header === null) return undefined;
  const claims = readClaims(header);
  const values = (types: readonly string[]): string[] =>
    claims.filter(({ typ }) => types.includes(typ)).map(({ val }) => val);
  const id = values(CLAIM_TYPES.id)[0];
  if (id === undefined) return undefined;
  const name = values(CLAIM_TYPES.name)[0];
  const roles = values(CLAIM_TYPES.roles).filter((role): role is Role => (ROLES as readonly string[]).includes(role));
  return { id, roles: new Set(roles), ...(name !== undefined && { name }) };
}

function readClaims(header: string): { readonly typ: string; readonly val: string }[] {
  let principal: unknown;
  try {
    principal = JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  } catch {
    // A header that is no principal names nobody; the caller is told to sign in.
    return [];
  }
  const claims = (principal as { claims?: unknown } | null)?.claims;
  if (!Array.isArray(claims)) return [];
  return claims.filter(
    (claim: unknown): claim is { typ: string; val: string } =>
      typeof (claim as { typ?: unknown } | null)?.typ === 'string' &&
      typeof (claim as { val?: unknown }).val === 'string',
  );
}

export function mayRead(caller: Caller, job: Job): boolean {
  return (
    caller.roles.has('Read') ||
    caller.roles.has('Manage') ||
    (caller.roles.has('Submit') && job.submitter.id === caller.id)
  );
}

/** Whether the caller may cancel the job, or have its guests checked. */
export function mayChange(caller: Caller, job: Job): boolean {
  return caller.roles.has('Manage') || (caller.roles.has('Submit') && job.submitter.id === caller.id);
}

export const mayNot = (role: Role): Problem =>
  problem(
    'missingRole',
    `This needs the app role "${role}". Ask whoever manages the enterprise application to assign it.`,
  );

const NOT_SIGNED_IN = problem(
  'notSignedIn',
  'The request carries no identity that App Service authentication accepts.',
);
const NOT_CONFIGURED = problem(
  'authenticationNotConfigured',
  'The app answers nobody until App Service authentication is switched on (WEBSITE_AUTH_ENABLED).',
);
