/** What is read of Graph's objects. What others have put there stays as it is: unknown members are kept. */
import * as z from 'zod';

/** `origin` is told, and "must not be included in any POST or PATCH requests" (Graph documentation, `appRole`). */
function withoutOrigin<Entry extends object>(entry: Entry): Entry {
  const { origin: _, ...rest } = entry as Entry & { readonly origin?: unknown };
  return rest as Entry;
}

const roleSchema = z
  .looseObject({
    id: z.string(),
    value: z.string().nullable(),
    isEnabled: z.boolean(),
    allowedMemberTypes: z.array(z.string()),
  })
  .transform(withoutOrigin);
const scopeSchema = z
  .looseObject({ id: z.string(), value: z.string().nullable(), isEnabled: z.boolean() })
  .transform(withoutOrigin);
const clientSchema = z.looseObject({ appId: z.string(), delegatedPermissionIds: z.array(z.string()).default([]) });
const claimSchema = z.looseObject({ name: z.string(), additionalProperties: z.array(z.string()).default([]) });
const redirectsSchema = z.looseObject({ redirectUris: z.array(z.string()).default([]) });

export const applicationSchema = z.looseObject({
  id: z.string(),
  appId: z.string(),
  uniqueName: z.string().nullable().default(null),
  displayName: z.string(),
  signInAudience: z.string().nullable(),
  identifierUris: z.array(z.string()).default([]),
  appRoles: z.array(roleSchema).default([]),
  api: z.looseObject({
    requestedAccessTokenVersion: z.number().nullable().default(null),
    oauth2PermissionScopes: z.array(scopeSchema).default([]),
    preAuthorizedApplications: z.array(clientSchema).default([]),
  }),
  spa: redirectsSchema.default({ redirectUris: [] }),
  web: redirectsSchema.default({ redirectUris: [] }),
  optionalClaims: z.looseObject({ accessToken: z.array(claimSchema).default([]) }).nullable(),
  passwordCredentials: z.array(z.unknown()).default([]),
  keyCredentials: z.array(z.unknown()).default([]),
});
export type Application = z.output<typeof applicationSchema>;

/** What `applicationSchema` reads: some of it is told only to whoever asks for it. */
export const APPLICATION_SELECT =
  'id,appId,uniqueName,displayName,signInAudience,identifierUris,appRoles,api,spa,web,optionalClaims,' +
  'passwordCredentials,keyCredentials';

/** People, and applications, which have no sign-in name. */
export const ownerSchema = z.looseObject({
  id: z.string(),
  displayName: z.string().nullable(),
  userPrincipalName: z.string().nullable().default(null),
});

export const servicePrincipalSchema = z.looseObject({
  id: z.string(),
  appId: z.string(),
  displayName: z.string().nullable(),
  servicePrincipalType: z.string().nullable(),
  accountEnabled: z.boolean().nullable().default(true),
  appRoleAssignmentRequired: z.boolean().nullable().default(false),
});
export type ServicePrincipal = z.output<typeof servicePrincipalSchema>;

export const offeredRolesSchema = z.looseObject({
  id: z.string(),
  appRoles: z.array(z.looseObject({ id: z.string(), value: z.string().nullable() })),
});

export const assignmentSchema = z.looseObject({
  id: z.string(),
  appRoleId: z.string(),
  principalId: z.string(),
  principalType: z.string().nullable(),
  principalDisplayName: z.string().nullable(),
  resourceId: z.string(),
  resourceDisplayName: z.string().nullable(),
});
export type Assignment = z.output<typeof assignmentSchema>;
