import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planApplication } from '../../../cli/setup/application-plan.ts';
import { applicationSchema, type Application } from '../../../cli/graph/objects.ts';
import { APP_ROLES, CLIENTS, GRAPH_PERMISSIONS, SCOPE } from '../../../cli/setup/wanted.ts';
import { readChanges, refuseApplication } from '../../../local/graph/entra/application-rules.ts';
import { viewApplication } from '../../../local/graph/entra/applications.ts';
import type { Application as Stored } from '../../../local/graph/entra/entra.ts';
import { GRANTED } from '../../../local/graph/permissions.ts';
import { ROLES } from '../../../shared/entry/http/requests/caller.ts';

const API_URL = 'https://resets.example/api';
const APP_ID = '33333333-3333-4333-8333-333333333333';
const guid = fc.uuid();

const role = fc.record({
  id: fc.oneof(guid, fc.constantFrom(...APP_ROLES.map(({ id }) => id))),
  value: fc.constantFrom('Submit', 'Read', 'Manage', 'Audit', null),
  displayName: fc.constant('a'),
  description: fc.constant('b'),
  isEnabled: fc.boolean(),
  allowedMemberTypes: fc.constantFrom(['User'] as const, ['Application'] as const, ['User', 'Application'] as const),
});
const scope = fc.record({
  id: fc.oneof(guid, fc.constant(SCOPE.id)),
  value: fc.constantFrom('access_as_user', 'user_impersonation'),
  type: fc.constantFrom('User' as const, 'Admin' as const),
  isEnabled: fc.boolean(),
  adminConsentDisplayName: fc.constant('a'),
  adminConsentDescription: fc.constant('b'),
  userConsentDisplayName: fc.constant(null),
  userConsentDescription: fc.constant(null),
});
const unique = <Entry extends { id: string; value: string | null }>(
  entry: fc.Arbitrary<Entry>,
): fc.Arbitrary<Entry[]> =>
  fc
    .uniqueArray(entry, { selector: ({ id }) => id, maxLength: 4 })
    .map((entries) =>
      entries.filter(({ value }, index) => entries.findIndex((each) => each.value === value) === index),
    );

/** Whatever somebody may have made by hand. */
const stored: fc.Arbitrary<Stored> = fc
  .record({
    appRoles: unique(role),
    scopes: unique(scope),
    clientIds: fc.uniqueArray(fc.oneof(guid, fc.constantFrom(...CLIENTS.map(({ appId }) => appId))), { maxLength: 3 }),
    version: fc.constantFrom(1 as const, 2 as const, null),
    audience: fc.constantFrom('AzureADMyOrg', 'AzureADMultipleOrgs'),
    uris: fc.subarray([`api://${APP_ID}`, 'api://11111111-1111-4111-8111-111111111111/x']),
    redirects: fc.subarray(['https://resets.example/api/console/', 'https://other.example/']),
    claim: fc.constantFrom(undefined, [], ['include_user_token']),
  })
  .map(({ appRoles, scopes, clientIds, version, audience, uris, redirects, claim }) => ({
    id: '44444444-4444-4444-8444-444444444444',
    appId: APP_ID,
    uniqueName: null,
    displayName: 'By hand',
    signInAudience: audience,
    identifierUris: uris,
    appRoles,
    api: {
      requestedAccessTokenVersion: version,
      acceptMappedClaims: true,
      knownClientApplications: [APP_ID],
      oauth2PermissionScopes: scopes,
      preAuthorizedApplications: clientIds.map((appId) => ({
        appId,
        delegatedPermissionIds: scopes.slice(0, 1).map(({ id }) => id),
      })),
    },
    spa: { redirectUris: redirects },
    web: { redirectUris: ['https://web.example/'] },
    optionalClaims:
      claim === undefined
        ? null
        : {
            idToken: [],
            saml2Token: [],
            accessToken: [{ name: 'idtyp', source: null, essential: false, additionalProperties: claim }],
          },
    passwordCredentials: [],
    keyCredentials: [],
    createdDateTime: '2026-01-01T00:00:00Z',
    owners: [],
  }));

const seen = (app: Stored): Application => applicationSchema.parse(viewApplication(app));
const plan = (app: Stored): ReturnType<typeof planApplication> =>
  planApplication(seen(app), API_URL, () => crypto.randomUUID());

/** Carries the plan out as Graph would. */
function carriedOut(app: Stored): Stored {
  return plan(app).changes.reduce((before, { body }) => {
    const changes = readChanges(JSON.parse(JSON.stringify(body)));
    if ('refused' in changes) throw new Error(JSON.stringify(changes.refused));
    const after = { ...before, ...changes };
    const refused = refuseApplication(before, after);
    if (refused !== undefined) throw new Error(JSON.stringify(refused));
    return after;
  }, app);
}

describe('the plan for an app registration', () => {
  test('is never refused, whatever is there, and leaves nothing to do', () => {
    fc.assert(
      fc.property(stored, (app) => {
        expect(plan(carriedOut(app)).changes).toEqual([]);
      }),
    );
  });

  test('keeps everything that is not of setup', () => {
    fc.assert(
      fc.property(stored, (app) => {
        const after = carriedOut(app);
        expect(after.appRoles).toEqual(
          expect.arrayContaining(app.appRoles.filter(({ value }) => !APP_ROLES.some((each) => each.value === value))),
        );
        expect(after.appRoles.map(({ id }) => id)).toEqual(expect.arrayContaining(app.appRoles.map(({ id }) => id)));
        expect(after.identifierUris).toEqual(expect.arrayContaining([...app.identifierUris]));
        expect(after.spa.redirectUris).toEqual(expect.arrayContaining([...app.spa.redirectUris]));
        expect([after.web, after.api.knownClientApplications, after.api.acceptMappedClaims]).toEqual([
          app.web,
          app.api.knownClientApplications,
          true,
        ]);
        for (const { appId, delegatedPermissionIds } of app.api.preAuthorizedApplications)
          expect(
            after.api.preAuthorizedApplications.find((each) => each.appId === appId)?.delegatedPermissionIds,
          ).toEqual(expect.arrayContaining([...delegatedPermissionIds]));
      }),
    );
  });

  test('writes at most three times, and names each thing once', () => {
    fc.assert(
      fc.property(stored, (app) => {
        const { right, changes } = plan(app);
        expect(changes.length).toBeLessThanOrEqual(3);
        const things = [...right, ...changes.flatMap(({ mends }) => mends)].map(({ thing }) => thing);
        expect(new Set(things).size).toBe(things.length);
        expect(things).toHaveLength(APP_ROLES.length + 1 + CLIENTS.length + 5);
      }),
    );
  });
});

describe('what setup wants', () => {
  test('are the roles that the API knows, and the permissions that the service was built with', () => {
    expect(APP_ROLES.map(({ value }) => value)).toEqual([...ROLES]);
    expect(GRAPH_PERMISSIONS.map(({ value }) => value).toSorted()).toEqual([...GRANTED].toSorted());
  });
});
