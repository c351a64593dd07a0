/** What is missing or wrong in an app registration, and the requests that mend it. Pure; what others added is kept. */
import type { Application } from '../graph/objects.ts';
import {
  APP_ROLES,
  AUDIENCE,
  CLIENTS,
  consoleRedirect,
  identifierUri,
  SCOPE,
  TOKEN_TYPE_CLAIM,
  TOKEN_VERSION,
} from './wanted.ts';

export interface Finding {
  readonly is: 'right' | 'missing' | 'wrong';
  readonly thing: string;
  readonly detail?: string;
}

/** One request, and what it mends. */
export interface Change {
  readonly body: object;
  readonly mends: readonly Finding[];
}

export interface ApplicationPlan {
  readonly right: readonly Finding[];
  /** What somebody else has added, in words. */
  readonly kept: readonly string[];
  /** In this order: a later one needs the earlier ones. */
  readonly changes: readonly Change[];
}

type Part<Value> = { readonly findings: readonly Finding[]; readonly value: Value };

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

const isDeviation = ({ is }: Finding): boolean => is !== 'right';

function change(body: object, findings: readonly Finding[]): Change[] {
  const mends = findings.filter(isDeviation);
  return mends.length === 0 ? [] : [{ body, mends }];
}

const finding = (is: Finding['is'], thing: string, detail?: string): Finding => ({
  is,
  thing,
  ...(is !== 'right' && detail !== undefined && { detail }),
});

function planRoles(app: Application, newId: () => string): Part<Application['appRoles']> {
  const parts = APP_ROLES.map(({ id, ...words }) => {
    const found = app.appRoles.find(({ value }) => value === words.value);
    const thing = `role ${words.value}`;
    const members = ['User', 'Application'];
    const isTaken = app.appRoles.some((role) => role.id === id);
    if (found === undefined)
      return {
        finding: finding('missing', thing),
        role: { id: isTaken ? newId() : id, ...words, isEnabled: true, allowedMemberTypes: members },
      };
    const lacks = members.filter((member) => !found.allowedMemberTypes.includes(member));
    const detail = [
      ...(found.isEnabled ? [] : ['it was disabled']),
      ...(lacks.length > 0 ? [`it was not for ${lacks.join(' and ')}`] : []),
    ].join(', ');
    return {
      finding: detail === '' ? finding('right', thing) : finding('wrong', thing, detail),
      role: { ...found, isEnabled: true, allowedMemberTypes: [...found.allowedMemberTypes, ...lacks] },
    };
  });
  const ours = new Map(parts.map(({ role }) => [role.value, role]));
  const others = app.appRoles.filter(({ value }) => !ours.has(value ?? ''));
  return { findings: parts.map((part) => part.finding), value: [...others, ...ours.values()] };
}

/** A role that is enabled can be changed only after it was disabled. */
function disabling(app: Application, wanted: Application['appRoles']): Change[] {
  const isChanged = (role: Application['appRoles'][number]): boolean =>
    role.isEnabled &&
    wanted.some(
      ({ id, allowedMemberTypes }) => id === role.id && allowedMemberTypes.length > role.allowedMemberTypes.length,
    );
  if (!app.appRoles.some(isChanged)) return [];
  const appRoles = app.appRoles.map((role) => (isChanged(role) ? { ...role, isEnabled: false } : role));
  return [{ body: { appRoles }, mends: [] }];
}

function planScopes(app: Application, newId: () => string): Part<Application['api']['oauth2PermissionScopes']> {
  const all = app.api.oauth2PermissionScopes;
  const thing = `scope ${SCOPE.value}`;
  const found = all.find(({ value }) => value === SCOPE.value);
  if (found?.isEnabled === true) return { findings: [finding('right', thing)], value: all };
  if (found !== undefined)
    return {
      findings: [finding('wrong', thing, 'it was disabled')],
      value: all.map((scope) => (scope === found ? { ...scope, isEnabled: true } : scope)),
    };
  const isTaken = all.some(({ id }) => id === SCOPE.id);
  return { findings: [finding('missing', thing)], value: [...all, { ...SCOPE, id: isTaken ? newId() : SCOPE.id }] };
}

function planClients(
  app: Application,
  scopes: Application['api']['oauth2PermissionScopes'],
): Part<Application['api']['preAuthorizedApplications']> {
  const scopeId = scopes.find(({ value }) => value === SCOPE.value)?.id ?? SCOPE.id;
  const all = app.api.preAuthorizedApplications;
  const has = (appId: string): boolean =>
    all.some((each) => each.appId === appId && each.delegatedPermissionIds.includes(scopeId));
  const missing = CLIENTS.filter(({ appId }) => !has(appId));
  const widened = all.map((each) =>
    missing.some(({ appId }) => appId === each.appId)
      ? { ...each, delegatedPermissionIds: [...each.delegatedPermissionIds, scopeId] }
      : each,
  );
  const added = missing
    .filter(({ appId }) => !all.some((each) => each.appId === appId))
    .map(({ appId }) => ({ appId, delegatedPermissionIds: [scopeId] }));
  return {
    findings: CLIENTS.map(({ appId, name }) =>
      finding(has(appId) ? 'right' : 'missing', `${name} as a preauthorized client`),
    ),
    value: [...widened, ...added],
  };
}

function planAudience({ signInAudience }: Application): Part<object> {
  const isRight = signInAudience === AUDIENCE;
  return {
    findings: [finding(isRight ? 'right' : 'wrong', 'sign-in for this tenant only', `it was ${signInAudience}`)],
    value: { signInAudience: AUDIENCE },
  };
}

/** Its change is that of the whole `api`. */
function planVersion({ api: { requestedAccessTokenVersion: version } }: Application): Part<object> {
  return {
    findings: [finding(version === TOKEN_VERSION ? 'right' : 'wrong', 'tokens of version 2', `it was ${version ?? 1}`)],
    value: {},
  };
}

function planUri({ appId, identifierUris }: Application): Part<object> {
  const uri = identifierUri(appId);
  return {
    findings: [finding(identifierUris.includes(uri) ? 'right' : 'missing', `identifier URI ${uri}`)],
    value: { identifierUris: [...identifierUris, uri] },
  };
}

function planClaim({ optionalClaims }: Application): Part<object> {
  const { name, property } = TOKEN_TYPE_CLAIM;
  const claims = optionalClaims?.accessToken ?? [];
  const found = claims.find((claim) => claim.name === name);
  const isRight = found?.additionalProperties.includes(property) === true;
  const additionalProperties = [...(found?.additionalProperties ?? []), property];
  const claim = { source: null, essential: false, ...found, name, additionalProperties };
  const accessToken = [...claims.filter((each) => each !== found), claim];
  return {
    findings: [
      finding(isRight ? 'right' : found === undefined ? 'missing' : 'wrong', `claim ${name} in access tokens`),
    ],
    value: { optionalClaims: { idToken: [], saml2Token: [], ...optionalClaims, accessToken } },
  };
}

function planRedirect({ spa }: Application, apiUrl: string | undefined): Part<object> {
  if (apiUrl === undefined) return { findings: [], value: {} };
  const uri = consoleRedirect(apiUrl);
  return {
    findings: [finding(spa.redirectUris.includes(uri) ? 'right' : 'missing', `console's redirect URI ${uri}`)],
    value: { spa: { ...spa, redirectUris: [...spa.redirectUris, uri] } },
  };
}

function addedByOthers(app: Application, apiUrl: string | undefined): string[] {
  const own = apiUrl === undefined ? undefined : consoleRedirect(apiUrl);
  const valuesOf = (entries: readonly { readonly value: string | null; readonly id: string }[]): string[] =>
    entries.map(({ value, id }) => value ?? id);
  const roles = valuesOf(app.appRoles).filter((value) => !APP_ROLES.some((role) => role.value === value));
  const scopes = valuesOf(app.api.oauth2PermissionScopes).filter((value) => value !== SCOPE.value);
  const clients = app.api.preAuthorizedApplications.filter(
    ({ appId }) => !CLIENTS.some((client) => client.appId === appId),
  );
  const redirects = [...app.spa.redirectUris, ...app.web.redirectUris].filter((uri) => uri !== own);
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
