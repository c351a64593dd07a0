/** Roles, the scope, and the clients that get tokens for it without a consent. */
import type { Application } from '../graph/objects.ts';
import { finding, type Change, type Part } from './finding.ts';
import { APP_ROLES, CLIENTS, SCOPE } from './wanted.ts';

export function planRoles(app: Application, newId: () => string): Part<Application['appRoles']> {
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
export function disabling(app: Application, wanted: Application['appRoles']): Change[] {
  const isChanged = (role: Application['appRoles'][number]): boolean =>
    role.isEnabled &&
    wanted.some(
      ({ id, allowedMemberTypes }) => id === role.id && allowedMemberTypes.length > role.allowedMemberTypes.length,
    );
  if (!app.appRoles.some(isChanged)) return [];
  const appRoles = app.appRoles.map((role) => (isChanged(role) ? { ...role, isEnabled: false } : role));
  return [{ body: { appRoles }, mends: [] }];
}

export function planScopes(app: Application, newId: () => string): Part<Application['api']['oauth2PermissionScopes']> {
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

export function planClients(
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
