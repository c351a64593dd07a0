/** `/applications`: read, made or changed by unique name, changed and removed by id. */
import type { Answer } from '../answer.ts';
import { errors } from '../errors.ts';
import type { SimulatorState } from '../state.ts';
import { upnOf } from './administrators.ts';
import { readChanges, refuseApplication } from './application-rules.ts';
import type { Application } from './entra.ts';
import { may } from './privileges.ts';
import { one, page, type readSegment } from './query.ts';
import type { EntraRequest } from './request.ts';

type Key = { readonly property: string; readonly value: string };

/** The application as Graph tells it. */
export function viewApplication(application: Application): Readonly<Record<string, unknown>> {
  const { owners: _, appRoles, ...told } = application;
  return { ...told, appRoles: appRoles.map((role) => ({ ...role, origin: 'Application' })) };
}

/** @param segment the first one of the path */
export function serveApplications(
  state: SimulatorState,
  request: EntraRequest,
  segment: ReturnType<typeof readSegment>,
): Answer {
  const { entra, statistics } = state;
  const { method, path, query, body } = request;
  const key: Key | undefined = segment.key ?? (path[1] === undefined ? undefined : { property: 'id', value: path[1] });
  if (method === 'GET' && key?.property === 'id' && path[2] === 'owners') return listOwners(state, request, key.value);
  if (path.length > (segment.key === undefined ? 2 : 1)) return errors.unknownSegment(path.at(-1) ?? '');
  if (key === undefined)
    return method === 'GET'
      ? page(state, path, entra.applications.allSeen().map(viewApplication), query)
      : errors.notSimulated(`${method} /applications`);
  const fits = (each: Application): boolean => each[key.property as 'id'] === key.value;
  if (method === 'GET') {
    const seen = entra.applications.allSeen().find(fits);
    return seen === undefined ? errors.userNotFound(key.value) : one(viewApplication(seen), query);
  }
  const before = entra.applications.all().find(fits);
  // By its name the service knows what it has made; an object id has to have spread first.
  const isThere = before !== undefined && (key.property === 'uniqueName' || entra.applications.seen(before.id));
  if (method === 'PATCH' && isThere) return change(state, request, before, body);
  if (method === 'DELETE' && isThere) return remove(state, request, before);
  if (method !== 'PATCH' && method !== 'DELETE') return errors.wrongMethod;
  if (method === 'DELETE' || key.property !== 'uniqueName' || !request.createIfMissing)
    return errors.userNotFound(key.value);
  if (!may(entra, request.who, 'register')) return errors.insufficientPrivileges;
  if (entra.deletedApplications.all().some(({ uniqueName }) => uniqueName === key.value)) return NAME_TAKEN;
  const changes = readChanges(body);
  if ('refused' in changes) return changes.refused;
  const made: Application = { ...blank(state, request), uniqueName: key.value, ...changes };
  const refused = refuseApplication(undefined, made);
  if (refused !== undefined) return refused;
  entra.applications.write(made);
  statistics.written('writeApps');
  return { status: 201, body: viewApplication(made) };
}

/** `/applications/{id}/owners`: people here, service principals too in a tenant. */
function listOwners(state: SimulatorState, { path, query }: EntraRequest, id: string): Answer {
  const { applications, administrators } = state.entra;
  const application = applications.seen(id);
  if (application === undefined || path.length > 3) return errors.userNotFound(id);
  const owners = application.owners.map((owner) => {
    const name = administrators.get(owner) ?? owner;
    return { '@odata.type': '#microsoft.graph.user', id: owner, displayName: name, userPrincipalName: upnOf(name) };
  });
  return page(state, path, owners, query);
}

const TAKEN = 'Another object with the same value for property uniqueName already exists.';
/** That a removed one keeps its name was seen in the wild; the words are those for other properties. */
const NAME_TAKEN: Answer = {
  status: 400,
  error: {
    code: 'Request_BadRequest',
    message: TAKEN,
    details: [{ code: 'ObjectConflict', message: TAKEN, target: 'uniqueName' }],
  },
};

/** `/directory/deletedItems/microsoft.graph.application`, and `/directory/deletedItems/{id}/restore`. */
export function serveDeleted(state: SimulatorState, { method, path, query, who }: EntraRequest): Answer {
  const { entra, statistics } = state;
  const [, , id = '', action] = path;
  if (method === 'GET' && id === 'microsoft.graph.application')
    return page(state, path, entra.deletedApplications.allSeen().map(viewApplication), query);
  if (method !== 'POST' || action !== 'restore') return errors.notSimulated(`${method} /${path.join('/')}`);
  const deleted = entra.deletedApplications.get(id);
  if (deleted === undefined) return errors.userNotFound(id);
  if (!may(entra, who, 'changeApplication', deleted.owners)) return errors.insufficientPrivileges;
  entra.deletedApplications.remove(id);
  entra.applications.write(deleted);
  statistics.written('writeApps');
  return { status: 200, body: viewApplication(deleted) };
}

function change(state: SimulatorState, { who }: EntraRequest, before: Application, body: unknown): Answer {
  if (!may(state.entra, who, 'changeApplication', before.owners)) return errors.insufficientPrivileges;
  const changes = readChanges(body);
  if ('refused' in changes) return changes.refused;
  const after = { ...before, ...changes };
  const refused = refuseApplication(before, after);
  if (refused !== undefined) return refused;
  state.entra.applications.write(after);
  state.statistics.written('writeApps');
  return { status: 204 };
}

/** It is kept among the deleted ones. Its service principal goes with it, and what was given of its roles. */
function remove({ entra, statistics }: SimulatorState, { who }: EntraRequest, before: Application): Answer {
  if (!may(entra, who, 'changeApplication', before.owners)) return errors.insufficientPrivileges;
  entra.applications.remove(before.id);
  entra.deletedApplications.write(before);
  for (const { id } of entra.servicePrincipals.all().filter(({ appId }) => appId === before.appId)) {
    entra.servicePrincipals.remove(id);
    for (const given of entra.assignments.all().filter(({ resourceId }) => resourceId === id))
      entra.assignments.remove(given.id);
  }
  statistics.written('writeApps');
  return { status: 204 };
}

/** What a new application is like where its maker says nothing. Source: Graph documentation, "Upsert application". */
export function blank({ entra, now }: SimulatorState, { who }: Pick<EntraRequest, 'who'>): Application {
  return {
    id: entra.newId(),
    appId: entra.newId(),
    uniqueName: null,
    displayName: '',
    signInAudience: 'AzureADandPersonalMicrosoftAccount',
    identifierUris: [],
    appRoles: [],
    api: {
      requestedAccessTokenVersion: 2,
      acceptMappedClaims: null,
      knownClientApplications: [],
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
    },
    spa: { redirectUris: [] },
    web: { redirectUris: [] },
    optionalClaims: null,
    passwordCredentials: [],
    keyCredentials: [],
    createdDateTime: now().toISOString(),
    owners: who === undefined ? [] : [who.id],
  };
}
