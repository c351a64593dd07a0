/** Who can be given a role, and who asks: users, groups, service principals, the tenant. */
import type { Answer } from '../answer.ts';
import { errors } from '../errors.ts';
import type { SimulatorState } from '../state.ts';
import { TENANT_ID } from '../tenant.ts';
import { upnOf } from './administrators.ts';
import type { AppRoleAssignment } from './entra.ts';
import { one, page } from './query.ts';
import type { EntraRequest } from './request.ts';

interface Principal {
  readonly type: AppRoleAssignment['principalType'];
  readonly displayName: string;
}

/** As readers see it. */
export function findPrincipal({ entra, directory }: SimulatorState, id: string): Principal | undefined {
  const principal = entra.servicePrincipals.seen(id);
  if (principal !== undefined) return { type: 'ServicePrincipal', displayName: principal.displayName };
  const group = entra.groups.seen(id);
  if (group !== undefined) return { type: 'Group', displayName: group.displayName };
  const user = directory.get(id);
  return user?.id === id ? { type: 'User', displayName: user.displayName } : undefined;
}

/** `/directoryObjects/{id}`: an object of whatever type; which one, its `@odata.type` says. */
export function serveDirectoryObject(state: SimulatorState, { path, query }: EntraRequest): Answer {
  const [, id = ''] = path;
  const { entra, directory } = state;
  const user = directory.get(id);
  const found: readonly (readonly [string, object | undefined])[] = [
    ['servicePrincipal', entra.servicePrincipals.seen(id)],
    ['application', entra.applications.seen(id)],
    ['group', entra.groups.seen(id)],
    ['user', user?.id === id ? user : undefined],
  ];
  for (const [type, object] of found) {
    if (object === undefined) continue;
    const { appId, displayName, servicePrincipalType } = object as Record<string, unknown>;
    return one({ '@odata.type': `#microsoft.graph.${type}`, id, displayName, appId, servicePrincipalType }, query);
  }
  return errors.userNotFound(id);
}

export function serveGroups(state: SimulatorState, { method, path, query }: EntraRequest): Answer {
  const [, id = '', list] = path;
  if (method === 'GET' && list === 'members' && path.length === 3) return listMembers(state, id, path, query);
  if (method !== 'GET' || path.length > 1) return errors.notSimulated(`${method} /${path.join('/')}`);
  return page(
    state,
    path,
    state.entra.groups.allSeen().map(({ id: groupId, displayName }) => ({ id: groupId, displayName })),
    query,
  );
}

/** The direct members, each with its type. */
function listMembers(state: SimulatorState, id: string, path: readonly string[], query: URLSearchParams): Answer {
  const group = state.entra.groups.seen(id);
  if (group === undefined) return errors.userNotFound(id);
  const members = group.members.flatMap((member) => {
    const found = findPrincipal(state, member);
    const type = found && found.type.charAt(0).toLowerCase() + found.type.slice(1);
    return found === undefined
      ? []
      : [{ '@odata.type': `#microsoft.graph.${type}`, id: member, displayName: found.displayName }];
  });
  return page(state, path, members, query);
}

/** Users by their display names; every other list of users is answered elsewhere. */
export function serveNamedUsers(state: SimulatorState, { path, query }: EntraRequest): Answer {
  const users = [...state.directory.all()].map((user) => {
    const { id, displayName, userPrincipalName } = state.replication.seen(user);
    return { id, displayName, userPrincipalName };
  });
  return page(state, path, users, query);
}

export function serveMe({ who, query }: EntraRequest): Answer {
  if (who !== undefined) return one({ id: who.id, displayName: who.name, userPrincipalName: upnOf(who.name) }, query);
  /** As seen in the wild. */
  const message = '/me request is only valid with delegated authentication flow.';
  return { status: 400, error: { code: 'BadRequest', message } };
}

export function serveOrganization(state: SimulatorState, { path, query }: EntraRequest): Answer {
  return page(state, path, [{ id: TENANT_ID, displayName: 'Tenant Example' }], query);
}
