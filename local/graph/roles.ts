/** `GET /roleManagement/directory/roleAssignments`: who holds which directory role, page by page. */
import { hash } from 'node:crypto';
import type { Answer } from './answer.ts';
import type { SimulatorState } from './state.ts';

const DEFAULT_PAGE = 100;
const PATH = '/v1.0/roleManagement/directory/roleAssignments';

export function listRoleAssignments(state: SimulatorState, query: URLSearchParams): Answer {
  const expands = /^roleDefinition(\(|$)/.test(query.get('$expand') ?? '');
  const all = [...state.directory.all()].flatMap((user) =>
    user.roles.map((role) => assignment(user.id, role, expands)),
  );
  const top = Number(query.get('$top') ?? DEFAULT_PAGE);
  const skip = Number(query.get('$skiptoken') ?? 0);
  const next = new URLSearchParams(query);
  next.set('$skiptoken', String(skip + top));
  return {
    status: 200,
    body: {
      value: all.slice(skip, skip + top),
      ...(skip + top < all.length && { '@odata.nextLink': `${state.origin}${PATH}?${next.toString()}` }),
    },
  };
}

function assignment(principalId: string, role: string, expands: boolean): object {
  const roleDefinitionId = idOf(role);
  return {
    id: idOf(`${principalId}/${role}`),
    principalId,
    roleDefinitionId,
    directoryScopeId: '/',
    ...(expands && { roleDefinition: { id: roleDefinitionId, displayName: role } }),
  };
}

/** The same name always has the same id. */
const idOf = (name: string): string =>
  hash('sha256', name).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
