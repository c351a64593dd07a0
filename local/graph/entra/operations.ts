/** From a request to the operation it asks for, where it is about what administrators set up. */
import { succeeded, type Answer, type Outcome } from '../answer.ts';
import { errors } from '../errors.ts';
import type { Operation } from '../operations.ts';
import type { SimulatorState } from '../state.ts';
import { serveApplications, serveDeleted } from './applications.ts';
import { listAssignments } from './assignments.ts';
import { serveDirectoryObject, serveGroups, serveMe, serveNamedUsers, serveOrganization } from './principals.ts';
import { readFilter, readSegment } from './query.ts';
import type { EntraRequest } from './request.ts';
import { serveServicePrincipals } from './service-principals.ts';

const RESOURCES = [
  'directory',
  'applications',
  'servicePrincipals',
  'directoryObjects',
  'groups',
  'me',
  'organization',
];

/** The operation, or undefined where the request is about something else. */
export function entraOperation(state: SimulatorState, request: EntraRequest): Operation | undefined {
  const [first = '', , list] = request.path;
  const segment = readSegment(first);
  const named = first === 'users' && readFilter(request.query.get('$filter') ?? '')?.property === 'displayName';
  const given = first === 'users' && list === 'appRoleAssignments';
  if (!RESOURCES.includes(segment.name) && !named && !given) return undefined;
  const kind = request.method === 'GET' ? 'readApps' : 'writeApps';
  const run = (): Outcome => {
    const answer = serve(state, request, segment);
    // Whoever may not read does not learn what is there.
    const isDenied = request.who === undefined && segment.name !== 'me';
    return { act: 'answer', answer: isDenied && succeeded(answer) ? errors.insufficientPrivileges : answer };
  };
  return { kind, subject: { addresses: [], words: request.path.join('/') }, run };
}

function serve(state: SimulatorState, request: EntraRequest, segment: ReturnType<typeof readSegment>): Answer {
  const { path } = request;
  switch (segment.name) {
    case 'directory':
      return serveDeleted(state, request);
    case 'applications':
      return serveApplications(state, request, segment);
    case 'servicePrincipals':
      return serveServicePrincipals(state, request, segment);
    case 'directoryObjects':
      return serveDirectoryObject(state, request);
    case 'groups':
      return path[2] === 'appRoleAssignments'
        ? listAssignments(state, request, 'principalId', path[1] ?? '')
        : serveGroups(state, request);
    case 'users':
      return path[2] === 'appRoleAssignments'
        ? listAssignments(state, request, 'principalId', path[1] ?? '')
        : serveNamedUsers(state, request);
    case 'me':
      return serveMe(request);
    case 'organization':
      return serveOrganization(state, request);
    default:
      return errors.unknownSegment(segment.name);
  }
}
