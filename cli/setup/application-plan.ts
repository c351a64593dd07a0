/** What is missing or wrong in an app registration, and the requests that mend it. Pure; what others added is kept. */
import type { Application } from '../graph/objects.ts';
import { isDeviation, type Change, type Finding } from './finding.ts';
import { disabling, planClients, planRoles, planScopes } from './plan-roles.ts';
import { planAudience, planClaim, planRedirect, planUri, planVersion } from './plan-settings.ts';
import { APP_ROLES, CLIENTS, consoleRedirect, identifierUri, SCOPE, TOKEN_VERSION } from './wanted.ts';

export interface ApplicationPlan {
  readonly right: readonly Finding[];
  /** What somebody else has added, in words. */
  readonly kept: readonly string[];
  /** In this order: a later one needs the earlier ones. */
  readonly changes: readonly Change[];
}

/**
 * @param apiUrl of the API, ends in `/api`; undefined where it is not known yet
 * @param newId gives a role an id where ours is taken
 */
export function planApplication(app: Application, apiUrl: string | undefined, newId: () => string): ApplicationPlan {
  const roles = planRoles(app, newId);
  const scopes = planScopes(app, newId);
  const clients = planClients(app, scopes.value);
  const others = [planAudience(app), planVersion(app), planUri(app), planClaim(app), planRedirect(app, apiUrl)];
  const api = {
    ...app.api,
    requestedAccessTokenVersion: TOKEN_VERSION,
    oauth2PermissionScopes: scopes.value,
  };
  const first = [roles, scopes, ...others].flatMap(({ findings }) => findings);
  const isApiWrong = [...scopes.findings, ...planVersion(app).findings].some(isDeviation);
  const body = {
    ...Object.assign({}, ...others.filter(({ findings }) => findings.some(isDeviation)).map(({ value }) => value)),
    ...(roles.findings.some(isDeviation) && { appRoles: roles.value }),
    ...(isApiWrong && { api }),
  };
  return {
    right: [...first, ...clients.findings].filter((finding) => !isDeviation(finding)),
    kept: addedByOthers(app, apiUrl),
    changes: [
      ...disabling(app, roles.value),
      ...change(body, first),
      // The scope must be there before: Graph does not know one that comes in the same request.
      ...change({ api: { ...api, preAuthorizedApplications: clients.value } }, clients.findings),
    ],
  };
}

function change(body: object, findings: readonly Finding[]): Change[] {
  const mends = findings.filter(isDeviation);
  return mends.length === 0 ? [] : [{ body, mends }];
}

function addedByOthers(app: Application, apiUrl: string | undefined): string[] {
  // Where the address is not known, a console's of any address passes for ours.
  const isOwn = (uri: string): boolean =>
    apiUrl === undefined ? uri.endsWith(consoleRedirect('/api')) : uri === consoleRedirect(apiUrl);
  const valuesOf = (entries: readonly { readonly value: string | null; readonly id: string }[]): string[] =>
    entries.map(({ value, id }) => value ?? id);
  const roles = valuesOf(app.appRoles).filter((value) => !APP_ROLES.some((role) => role.value === value));
  const scopes = valuesOf(app.api.oauth2PermissionScopes).filter((value) => value !== SCOPE.value);
  const clients = app.api.preAuthorizedApplications.filter(
    ({ appId }) => !CLIENTS.some((client) => client.appId === appId),
  );
  const redirects = [...app.spa.redirectUris, ...app.web.redirectUris].filter((uri) => !isOwn(uri));
  const secrets = app.passwordCredentials.length + app.keyCredentials.length;
  return [
    ...roles.map((value) => `role ${value}`),
    ...scopes.map((value) => `scope ${value}`),
    ...clients.map(({ appId }) => `preauthorized client ${appId}`),
    ...app.identifierUris.filter((uri) => uri !== identifierUri(app.appId)).map((uri) => `identifier URI ${uri}`),
    ...redirects.map((uri) => `redirect URI ${uri}`),
    ...(secrets > 0 ? [`${secrets} secrets or certificates: guest-reset needs none; remove them if nobody does`] : []),
  ];
}
