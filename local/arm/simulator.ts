/**
 * Azure Resource Manager in small: shows the resources that a template makes, as far as somebody who only looks asks
 * for them. Whatever is taken away or changed is shown so. It changes nothing by itself and knows no deployment.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen, send, stop } from '../graph/http.ts';
import { deploy, type ArmResource, type CloudOfAzure, type Snapshot } from './resources.ts';

export interface ArmSimulator {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** What there is, by id in lower case. Whoever changes one changes what is shown. */
  readonly resources: ReadonlyMap<string, ArmResource>;
  /** Deletes a resource with all that lies below it, and the roles on it. */
  readonly take: (id: string) => void;
  readonly add: (resource: ArmResource) => void;
  /** Refuses what needs an action whose name fits, as ARM does where a role is missing. */
  readonly refuse: (action: RegExp) => void;
  /** Answers the next so many requests with a status that says nothing of what was asked. */
  readonly failNext: (times: number, status: number) => void;
  /** What was asked for so far: method and path. */
  readonly asked: string[];
  readonly stop: () => Promise<void>;
}

/** So few that a group has several pages. */
const PAGE = 7;
const TENANT = '22222222-2222-4222-8222-222222222222';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export async function startArm(snapshot: Snapshot, cloud?: CloudOfAzure): Promise<ArmSimulator> {
  const resources = deploy(snapshot, cloud);
  const asked: string[] = [];
  const refused: RegExp[] = [];
  let failing = { times: 0, status: 503 };
  let url = '';

  const answer = (request: IncomingMessage): Answer => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    asked.push(`${request.method} ${pathname}`);
    if (failing.times > 0) {
      failing.times -= 1;
      return error(failing.status, 'ServerBusy', 'Try again.');
    }
    if (request.headers.authorization?.startsWith('Bearer ') !== true)
      return error(401, 'AuthenticationFailed', "The 'Authorization' header is missing.");
    if (!searchParams.has('api-version'))
      return error(400, 'MissingApiVersionParameter', 'The api-version query parameter is required.');
    const { action, show } = understand(resources, request.method ?? '', pathname, searchParams, url);
    if (refused.some((pattern) => pattern.test(action)))
      return error(403, 'AuthorizationFailed', `The client does not have authorization to perform action '${action}'.`);
    const shown = show();
    return shown === undefined
      ? error(404, 'ResourceNotFound', `There is no ${pathname}.`)
      : { status: 200, body: shown };
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { status, body } = answer(request);
    send(response, status, {}, body);
  });
  url = `http://127.0.0.1:${await listen(server, 0)}`;
  return {
    url,
    resources,
    take: (id) => {
      for (const each of resources.keys()) if (`${each}/`.startsWith(`${id.toLowerCase()}/`)) resources.delete(each);
    },
    add: (resource) => resources.set(resource.id.toLowerCase(), resource),
    asked,
    refuse: (action) => refused.push(action),
    failNext: (times, status) => (failing = { times, status }),
    stop: () => stop(server),
  };
}

const error = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
});

/** What a request needs to be allowed, and what it shows; undefined where there is no such thing. */
interface Understood {
  readonly action: string;
  readonly show: () => unknown;
}

const GROUP = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i;

function understand(
  resources: ReadonlyMap<string, ArmResource>,
  method: string,
  path: string,
  query: URLSearchParams,
  url: string,
): Understood {
  const lower = path.toLowerCase();
  const group = GROUP.exec(path)?.[0] ?? '';
  const at = (id: string): ArmResource | undefined => resources.get(id.toLowerCase());
  if (method === 'POST' && lower.endsWith('/list'))
    return {
      action: `${typeOf(path.slice(0, -'/list'.length))}/list/action`,
      show: () => at(path.slice(0, -'/list'.length)),
    };
  if (lower === `${group.toLowerCase()}/resources`)
    return {
      action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
      show: () => pageOf(resources, group, query, url),
    };
  if (lower.endsWith('/providers/microsoft.authorization/roleassignments'))
    return { action: 'Microsoft.Authorization/roleAssignments/read', show: () => rolesIn(resources, group, query) };
  if (/^\/subscriptions\/[^/]+$/.test(lower))
    return { action: 'Microsoft.Resources/subscriptions/read', show: () => ({ id: path, tenantId: TENANT }) };
  // What may hold secrets is shown to a POST only.
  if (lower.endsWith('/config/appsettings'))
    return { action: 'Microsoft.Web/sites/config/read', show: () => undefined };
  if (lower.endsWith('/config/web'))
    return { action: 'Microsoft.Web/sites/config/read', show: () => webOf(at(path.slice(0, -'/config/web'.length))) };
  return { action: `${typeOf(path)}/read`, show: () => at(path) };
}

/** `Microsoft.Web/sites/config` of an id, in its letters. */
function typeOf(id: string): string {
  const [provider = '', ...rest] = (id.split(/\/providers\//i).at(-1) ?? '').split('/');
  return [provider, ...rest.filter((_, index) => index % 2 === 0)].join('/');
}

/** A site shows its `siteConfig` elsewhere. */
const webOf = (site: ArmResource | undefined): unknown =>
  site && { id: `${site.id}/config/web`, properties: site.properties?.['siteConfig'] };

/** Resources that stand by themselves, one page of them. */
function pageOf(
  resources: ReadonlyMap<string, ArmResource>,
  group: string,
  query: URLSearchParams,
  url: string,
): unknown {
  const inGroup = [...resources.values()].filter(
    ({ id, type }) => id.toLowerCase().startsWith(group.toLowerCase()) && type.split('/').length === 2,
  );
  if (inGroup.length === 0) return undefined;
  const own = inGroup.filter(({ type }) => !/\/(?:roleAssignments|diagnosticSettings)$/.test(type));
  const start = Number(query.get('$skiptoken') ?? 0);
  const value = own.slice(start, start + PAGE).map(({ id, name, type, tags }) => ({ id, name, type, tags }));
  const end = start + PAGE;
  const nextLink = `${url}${group}/resources?api-version=${query.get('api-version')}&$skiptoken=${end}`;
  return { value, ...(end < own.length && { nextLink }) };
}

/** Assignments at, above and below the group, of one principal. */
function rolesIn(resources: ReadonlyMap<string, ArmResource>, group: string, query: URLSearchParams): unknown {
  const principal = /^principalId eq '([^']+)'$/.exec(query.get('$filter') ?? '')?.[1];
  const value = [...resources.values()]
    .filter(({ type }) => type === 'Microsoft.Authorization/roleAssignments')
    .map((resource) => {
      const scope = resource.id.replace(/\/providers\/Microsoft\.Authorization\/roleAssignments\/[^/]+$/i, '');
      return { ...resource, properties: { ...resource.properties, scope } };
    })
    .filter(
      ({ properties }) =>
        principal === undefined || (properties as Record<string, unknown>)['principalId'] === principal,
    )
    .filter(({ properties: { scope } }) =>
      [scope, group].some((inner) =>
        [scope, group].every((outer) => inner.toLowerCase().startsWith(outer.toLowerCase())),
      ),
    );
  return { value };
}
