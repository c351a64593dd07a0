/** What Graph checks when an application is written. Words as seen in the wild, but where marked as ours. */
import * as z from 'zod';
import type { Answer } from '../answer.ts';
import { errors } from '../errors.ts';
import { TENANT_ID } from '../tenant.ts';
import type { Api, Application, AppRole, PermissionScope } from './entra.ts';

const guid = z.guid();
// `origin`, which answers have, "must not be included in any POST or PATCH requests" (Graph documentation, `appRole`).
const roleSchema = z.strictObject({
  id: guid,
  value: z.string().nullable(),
  displayName: z.string().min(1),
  description: z.string().min(1),
  isEnabled: z.boolean(),
  allowedMemberTypes: z.array(z.enum(['User', 'Application'])).min(1),
});
const scopeSchema = z.strictObject({
  id: guid,
  value: z.string().nullable(),
  type: z.enum(['User', 'Admin']),
  isEnabled: z.boolean(),
  adminConsentDisplayName: z.string().min(1),
  adminConsentDescription: z.string().min(1),
  userConsentDisplayName: z.string().nullable().default(null),
  userConsentDescription: z.string().nullable().default(null),
});
/** The complex property is replaced as a whole: what is not repeated goes back to its default. */
const apiSchema = z.strictObject({
  requestedAccessTokenVersion: z.union([z.literal(1), z.literal(2), z.null()]).default(null),
  acceptMappedClaims: z.boolean().nullable().default(null),
  knownClientApplications: z.array(guid).default([]),
  oauth2PermissionScopes: z.array(scopeSchema).default([]),
  preAuthorizedApplications: z
    .array(z.strictObject({ appId: guid, delegatedPermissionIds: z.array(guid) }))
    .default([]),
});
const claimsSchema = z
  .array(
    z.strictObject({
      name: z.string(),
      source: z.string().nullable().default(null),
      essential: z.boolean().default(false),
      additionalProperties: z.array(z.string()).default([]),
    }),
  )
  .default([]);
const redirectsSchema = z.strictObject({ redirectUris: z.array(z.string()).default([]) });

const changesSchema = z.strictObject({
  displayName: z.string().min(1).optional(),
  signInAudience: z.enum(['AzureADMyOrg', 'AzureADMultipleOrgs', 'AzureADandPersonalMicrosoftAccount']).optional(),
  identifierUris: z.array(z.string()).optional(),
  appRoles: z.array(roleSchema).optional(),
  api: apiSchema.optional(),
  spa: redirectsSchema.optional(),
  web: redirectsSchema.optional(),
  optionalClaims: z
    .strictObject({ idToken: claimsSchema, accessToken: claimsSchema, saml2Token: claimsSchema })
    .nullable()
    .optional(),
});
export type ApplicationChanges = Partial<Omit<Application, 'id' | 'appId' | 'uniqueName' | 'owners'>>;

const refusal = (code: string, message: string): Answer => ({ status: 400, error: { code, message } });

/** The changes that a body asks for, or why it is refused as it stands. */
export function readChanges(body: unknown): ApplicationChanges | { readonly refused: Answer } {
  const parsed = changesSchema.safeParse(body);
  if (parsed.success) return Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
  const [issue] = parsed.error.issues;
  const path = issue?.path.filter((each) => typeof each === 'string').join('.') ?? '';
  if (issue?.code === 'unrecognized_keys')
    return { refused: errors.unknownProperty(issue.keys.join(', '), path === '' ? 'application' : path) };
  return { refused: refusal('InvalidValue', `Property ${path} has an invalid value.`) };
}

/** Why an application cannot become what it would be after a write. */
export function refuseApplication(before: Application | undefined, after: Application): Answer | undefined {
  return (
    refuseEnabled(before?.appRoles ?? [], after.appRoles) ??
    refuseEnabled(before?.api.oauth2PermissionScopes ?? [], after.api.oauth2PermissionScopes) ??
    refuseTwins('appRoles', after.appRoles) ??
    refuseTwins('api.oauth2PermissionScopes', after.api.oauth2PermissionScopes) ??
    refuseUnknownScopes(before?.api, after.api) ??
    refuseAddresses(after)
  );
}

/**
 * A role or a scope that is enabled stays as it is, or is disabled; only then may it be changed or removed. That the
 * texts may not change either is the strictest reading of the words.
 */
function refuseEnabled(
  before: readonly (AppRole | PermissionScope)[],
  after: readonly (AppRole | PermissionScope)[],
): Answer | undefined {
  const isKept = (entry: AppRole | PermissionScope): boolean =>
    after.some((each) => JSON.stringify(sorted({ ...each, isEnabled: true })) === JSON.stringify(sorted(entry)));
  return before.every((entry) => !entry.isEnabled || isKept(entry))
    ? undefined
    : refusal(
        'CannotDeleteOrUpdateEnabledEntitlement',
        'Permission (scope or role) cannot be deleted or updated unless disabled first.',
      );
}

const sorted = (entry: object): unknown => Object.entries(entry).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** Words ours. */
function refuseTwins(property: string, entries: readonly (AppRole | PermissionScope)[]): Answer | undefined {
  const isUnique = (values: readonly (string | null)[]): boolean => new Set(values).size === values.length;
  return isUnique(entries.map(({ id }) => id)) && isUnique(entries.map(({ value }) => value))
    ? undefined
    : refusal('DuplicateValue', `Property ${property} has entries with the same id or value.`);
}

/** A scope that comes in the same request is not known yet. */
function refuseUnknownScopes(before: Api | undefined, after: Api): Answer | undefined {
  const known = new Set(before?.oauth2PermissionScopes.map(({ id }) => id));
  return after.preAuthorizedApplications.every((each) => each.delegatedPermissionIds.every((id) => known.has(id)))
    ? undefined
    : refusal(
        'InvalidValue',
        'Property api.preAuthorizedApplications.delegatedPermissionIds has a Permission Id that cannot be found in ' +
          'the AppPermissions sets.',
      );
}

/** Words of the second and the third ours. */
function refuseAddresses({ appId, identifierUris, spa, web }: Application): Answer | undefined {
  const own = [`api://${appId}`, `api://${TENANT_ID}/`];
  if (!identifierUris.every((uri) => uri === own[0] || uri.startsWith(own[1] ?? uri)))
    return refusal(
      'HostNameNotOnVerifiedDomain',
      'Values of identifierUris property must use a verified domain of the organization or its subdomain.',
    );
  const redirects = [...spa.redirectUris, ...web.redirectUris];
  if (new Set(redirects).size !== redirects.length)
    return refusal('InvalidValue', 'Redirect URIs must have distinct values.');
  return redirects.every((uri) => /^https:\/\/[^\s#*]+$|^http:\/\/localhost[:/]/.test(uri))
    ? undefined
    : refusal('InvalidValue', 'Redirect URIs must begin with https.');
}
