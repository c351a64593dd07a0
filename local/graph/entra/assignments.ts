/** Who was given which role: `appRoleAssignedTo` of the resource, `appRoleAssignments` of whoever has it. */
import * as z from 'zod';
import type { Answer } from '../answer.ts';
import { errors } from '../errors.ts';
import type { SimulatorState } from '../state.ts';
import { GRAPH_APP_ID, type AppRoleAssignment, type ServicePrincipal } from './entra.ts';
import { findPrincipal } from './principals.ts';
import { may } from './privileges.ts';
import { page } from './query.ts';
import type { EntraRequest } from './request.ts';

const givenSchema = z.strictObject({ principalId: z.guid(), resourceId: z.guid(), appRoleId: z.guid() });

const refusal = (message: string): Answer => ({ status: 400, error: { code: 'Request_BadRequest', message } });
/** As seen in the wild. */
const ALREADY_GIVEN = refusal('Permission being assigned already exists on the object');
/** As seen in the wild; the end is a guess. */
const noSuchRole = (appId: string): Answer =>
  refusal(`Permission being assigned was not found on application '${appId}'.`);
/** Ours. */
const OTHER_RESOURCE = refusal('The resourceId is not that of the service principal in the path.');

/** @param after the rest of the path, behind the service principal */
export function serveAssignments(
  state: SimulatorState,
  request: EntraRequest,
  of: ServicePrincipal,
  after: readonly string[],
): Answer {
  const { method } = request;
  const [list = '', id, ...deeper] = after;
  if ((list !== 'appRoleAssignedTo' && list !== 'appRoleAssignments') || deeper.length > 0)
    return errors.unknownSegment(list);
  const property = list === 'appRoleAssignedTo' ? 'resourceId' : 'principalId';
  if (method === 'GET' && id === undefined) return listAssignments(state, request, property, of.id);
  if (list === 'appRoleAssignments') return errors.notSimulated(`${method} appRoleAssignments`);
  if (method === 'POST' && id === undefined) return give(state, request, of);
  if (method === 'DELETE' && id !== undefined) return take(state, request, of, id);
  return errors.wrongMethod;
}

export function listAssignments(
  state: SimulatorState,
  { path, query }: EntraRequest,
  property: 'resourceId' | 'principalId',
  id: string,
): Answer {
  const found = state.entra.assignments.allSeen().filter((each) => each[property] === id);
  return page(
    state,
    path,
    found.map((each) => ({ ...each })),
    query,
  );
}

const deedOf = ({ appId }: ServicePrincipal): 'grantGraphPermission' | 'grantRole' =>
  appId === GRAPH_APP_ID ? 'grantGraphPermission' : 'grantRole';

function give(state: SimulatorState, { who, body }: EntraRequest, resource: ServicePrincipal): Answer {
  const { entra, statistics } = state;
  const parsed = givenSchema.safeParse(body);
  if (!parsed.success) return errors.invalidBody(z.prettifyError(parsed.error));
  const { principalId, resourceId, appRoleId } = parsed.data;
  if (resourceId !== resource.id) return OTHER_RESOURCE;
  if (!may(entra, who, deedOf(resource), resource.owners)) return errors.insufficientPrivileges;
  const principal = findPrincipal(state, principalId);
  if (principal === undefined) return errors.userNotFound(principalId);
  const role = entra.rolesOf(resource).find(({ id }) => id === appRoleId);
  const member = principal.type === 'ServicePrincipal' ? 'Application' : 'User';
  if (role === undefined || !role.isEnabled || !role.allowedMemberTypes.includes(member))
    return noSuchRole(resource.appId);
  const isGiven = (each: AppRoleAssignment): boolean =>
    each.principalId === principalId && each.resourceId === resourceId && each.appRoleId === appRoleId;
  if (entra.assignments.all().some(isGiven)) return ALREADY_GIVEN;
  const given = entra.assignments.write({
    id: entra.newId().replaceAll('-', ''),
    ...parsed.data,
    principalType: principal.type,
    principalDisplayName: principal.displayName,
    resourceDisplayName: resource.displayName,
    createdDateTime: state.now().toISOString(),
  });
  statistics.written('writeApps');
  return { status: 201, body: given };
}

function take({ entra, statistics }: SimulatorState, { who }: EntraRequest, of: ServicePrincipal, id: string): Answer {
  if (!may(entra, who, deedOf(of), of.owners)) return errors.insufficientPrivileges;
  const given = entra.assignments.get(id);
  if (given === undefined || given.resourceId !== of.id) return errors.userNotFound(id);
  entra.assignments.remove(id);
  statistics.written('writeApps');
  return { status: 204 };
}
