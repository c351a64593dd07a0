/** `/servicePrincipals`: what an application, a managed identity or Graph itself is in the tenant. */
import * as z from 'zod';
import type { Answer } from '../answer.ts';
import { errors } from '../errors.ts';
import type { SimulatorState } from '../state.ts';
import { serveAssignments } from './assignments.ts';
import type { ServicePrincipal } from './entra.ts';
import { may } from './privileges.ts';
import { one, page, type readSegment } from './query.ts';
import type { EntraRequest } from './request.ts';

const changesSchema = z.strictObject({
  appRoleAssignmentRequired: z.boolean().optional(),
  accountEnabled: z.boolean().optional(),
});

export function viewServicePrincipal(
  { entra }: SimulatorState,
  principal: ServicePrincipal,
): Readonly<Record<string, unknown>> {
  const { owners: _, ownRoles: __, ...told } = principal;
  return { ...told, appRoles: entra.rolesOf(principal).map((role) => ({ ...role, origin: 'Application' })) };
}

/** @param segment the first one of the path */
export function serveServicePrincipals(
  state: SimulatorState,
  request: EntraRequest,
  segment: ReturnType<typeof readSegment>,
): Answer {
  const { entra } = state;
  const { method, query } = request;
  const [, ...after] = request.path;
  const id = segment.key === undefined ? after.shift() : undefined;
  const key = segment.key ?? (id === undefined ? undefined : { property: 'id', value: id });
  if (key === undefined)
    return method === 'GET'
      ? page(
          state,
          request.path,
          entra.servicePrincipals.allSeen().map((each) => viewServicePrincipal(state, each)),
          query,
        )
      : errors.notSimulated(`${method} /servicePrincipals`);
  const fits = (each: ServicePrincipal): boolean => each[key.property as 'id'] === key.value;
  const seen = entra.servicePrincipals.allSeen().find(fits);
  if (after.length > 0)
    return seen === undefined ? errors.userNotFound(key.value) : serveAssignments(state, request, seen, after);
  if (method === 'GET')
    return seen === undefined ? errors.userNotFound(key.value) : one(viewServicePrincipal(state, seen), query);
  if (method !== 'PATCH') return errors.notSimulated(`${method} /servicePrincipals/{id}`);
  const known = key.property === 'appId' ? entra.servicePrincipals.all().find(fits) : seen;
  return known === undefined ? make(state, request, key) : change(state, request, known);
}

/** Words as seen in the wild. */
const noBackingApplication = (appId: string): Answer => {
  const message = `The appId '${appId}' of the service principal does not reference a valid application object.`;
  return {
    status: 400,
    error: {
      code: 'Request_BadRequest',
      message,
      details: [{ code: 'NoBackingApplicationObject', message, target: 'appId' }],
    },
  };
};

function make(
  { entra, statistics }: SimulatorState,
  { who, createIfMissing, body }: EntraRequest,
  { property, value }: { readonly property: string; readonly value: string },
): Answer {
  if (property !== 'appId' || !createIfMissing) return errors.userNotFound(value);
  const application = entra.applications.allSeen().find(({ appId }) => appId === value);
  if (application === undefined) return noBackingApplication(value);
  if (!may(entra, who, 'register') && !may(entra, who, 'changeApplication', application.owners))
    return errors.insufficientPrivileges;
  const parsed = changesSchema.safeParse(body);
  if (!parsed.success) return errors.invalidBody(z.prettifyError(parsed.error));
  const made = entra.servicePrincipals.write({
    id: entra.newId(),
    appId: application.appId,
    displayName: application.displayName,
    servicePrincipalType: 'Application',
    accountEnabled: parsed.data.accountEnabled ?? true,
    appRoleAssignmentRequired: parsed.data.appRoleAssignmentRequired ?? false,
    owners: who === undefined ? [] : [who.id],
  });
  statistics.written('writeApps');
  const { owners: _, ...told } = made;
  return { status: 201, body: told };
}

function change({ entra, statistics }: SimulatorState, { who, body }: EntraRequest, before: ServicePrincipal): Answer {
  if (!may(entra, who, 'changeApplication', before.owners)) return errors.insufficientPrivileges;
  const parsed = changesSchema.safeParse(body);
  if (!parsed.success) return errors.invalidBody(z.prettifyError(parsed.error));
  entra.servicePrincipals.write({
    ...before,
    appRoleAssignmentRequired: parsed.data.appRoleAssignmentRequired ?? before.appRoleAssignmentRequired,
    accountEnabled: parsed.data.accountEnabled ?? before.accountEnabled,
  });
  statistics.written('writeApps');
  return { status: 204 };
}
