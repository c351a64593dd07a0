import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestGraph, type Reply, type TestGraph } from './graph-simulator-calls.ts';

let graph: TestGraph;
let clockMs: number;
beforeEach(async () => {
  clockMs = Date.parse('2026-01-05T08:00:00Z');
  graph = await startTestGraph({ guests: 2, now: () => new Date(clockMs) });
});
afterEach(() => graph.simulator.close());

const SCOPE = '0b5f1f5e-7a4c-4c5e-9a57-3f4ad1b0a001';
const ROLE = {
  id: '0b5f1f5e-7a4c-4c5e-9a57-3f4ad1b0a002',
  value: 'Submit',
  displayName: 'Submit',
  description: 'Submits.',
  isEnabled: true,
  allowedMemberTypes: ['User', 'Application'],
};
const scope = {
  id: SCOPE,
  value: 'access_as_user',
  type: 'User',
  isEnabled: true,
  adminConsentDisplayName: 'a',
  adminConsentDescription: 'b',
  userConsentDisplayName: null,
  userConsentDescription: null,
};

type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
async function as(name: string, ...roles: string[]): Promise<Call> {
  const { body } = await graph.sim('POST', '/administrators', { name, roles });
  const { access_token: token } = body as { access_token: string };
  return (method, path, content, headers) =>
    graph.call(method, `/v1.0${path}`, content, { authorization: `Bearer ${token}`, ...headers });
}
const UPSERT = { prefer: 'create-if-missing' };
const errorOf = ({ status, body }: Reply): unknown[] => [status, (body as { error?: { code: string } }).error?.code];
const idOf = ({ body }: Reply): string => (body as { id: string }).id;
const make = async (call: Call, name = 'app-1'): Promise<{ id: string; appId: string }> =>
  (await call('PATCH', `/applications(uniqueName='${name}')`, { displayName: name }, UPSERT)).body as {
    id: string;
    appId: string;
  };

describe('applications', () => {
  test('are made by a unique name once, changed by it the second time, and missing where nobody asked to make them', async () => {
    const ada = await as('ada');
    const path = "/applications(uniqueName='app-1')";
    expect(errorOf(await ada('PATCH', path, { displayName: 'One' }))).toEqual([404, 'Request_ResourceNotFound']);
    const made = await ada('PATCH', path, { displayName: 'One' }, UPSERT);
    expect(made).toMatchObject({ status: 201, body: { uniqueName: 'app-1', displayName: 'One', appRoles: [] } });
    expect(await ada('PATCH', path, { displayName: 'Two' }, UPSERT)).toMatchObject({ status: 204, body: undefined });
    expect((await ada('GET', path)).body).toMatchObject({ id: idOf(made), displayName: 'Two' });
    const registrations = { reads: 1, writes: 3, applied: 2 };
    expect((await graph.sim('GET', '/stats')).body).toMatchObject({ registrations });
  });

  test('refuse a preauthorized client whose scope comes in the same request, and know it in the next', async () => {
    const ada = await as('ada');
    const { id } = await make(ada);
    const api = {
      oauth2PermissionScopes: [scope],
      preAuthorizedApplications: [{ appId: SCOPE, delegatedPermissionIds: [SCOPE] }],
    };
    expect(errorOf(await ada('PATCH', `/applications/${id}`, { api }))).toEqual([400, 'InvalidValue']);
    await ada('PATCH', `/applications/${id}`, { api: { oauth2PermissionScopes: [scope] } });
    expect((await ada('PATCH', `/applications/${id}`, { api })).status).toBe(204);
  });

  test('forget what a new "api" does not repeat, and refuse to lose a scope or a role that is enabled', async () => {
    const ada = await as('ada');
    const { id } = await make(ada);
    const path = `/applications/${id}`;
    await ada('PATCH', path, { api: { requestedAccessTokenVersion: 2 }, appRoles: [ROLE] });
    await ada('PATCH', path, { api: { oauth2PermissionScopes: [scope] } });
    expect((await ada('GET', path)).body).toMatchObject({ api: { requestedAccessTokenVersion: null } });
    for (const body of [{ api: {} }, { appRoles: [] }, { appRoles: [{ ...ROLE, description: 'x' }] }])
      expect(errorOf(await ada('PATCH', path, body))).toEqual([400, 'CannotDeleteOrUpdateEnabledEntitlement']);
    await ada('PATCH', path, { appRoles: [{ ...ROLE, isEnabled: false }] });
    expect((await ada('PATCH', path, { appRoles: [] })).status).toBe(204);
  });

  test.for([
    ['an address of somebody else', { identifierUris: ['api://elsewhere'] }, 'HostNameNotOnVerifiedDomain'],
    ['a redirect without TLS', { spa: { redirectUris: ['http://a.example/'] } }, 'InvalidValue'],
    ['the origin of a role', { appRoles: [{ ...ROLE, origin: 'Application' }] }, 'BadRequest'],
    ['another unique name', { uniqueName: 'app-2' }, 'BadRequest'],
    ['twins among the roles', { appRoles: [ROLE, ROLE] }, 'DuplicateValue'],
  ] as const)('refuse %s', async ([, body, code]) => {
    const ada = await as('ada');
    expect(errorOf(await ada('PATCH', `/applications/${(await make(ada)).id}`, body))).toEqual([400, code]);
  });
});

describe('service principals and roles', () => {
  async function resource(call: Call): Promise<string> {
    const { id, appId } = await make(call);
    await call('PATCH', `/applications/${id}`, { appRoles: [ROLE] });
    return idOf(await call('PATCH', `/servicePrincipals(appId='${appId}')`, {}, UPSERT));
  }
  const identity = async (): Promise<string> => idOf(await graph.sim('POST', '/identities', { displayName: 'id-1' }));

  test('a role is given once; the second time says so in the words of Graph, and it can be taken away', async () => {
    const ada = await as('ada');
    const resourceId = await resource(ada);
    const body = { principalId: await identity(), resourceId, appRoleId: ROLE.id };
    const given = await ada('POST', `/servicePrincipals/${resourceId}/appRoleAssignedTo`, body);
    expect(given).toMatchObject({ status: 201, body: { principalType: 'ServicePrincipal' } });
    expect(await ada('POST', `/servicePrincipals/${resourceId}/appRoleAssignedTo`, body)).toMatchObject({
      status: 400,
      body: { error: { message: 'Permission being assigned already exists on the object' } },
    });
    const list = `/servicePrincipals/${body.principalId}/appRoleAssignments`;
    expect((await ada('GET', list)).body).toMatchObject({ value: [{ appRoleId: ROLE.id }] });
    await ada('DELETE', `/servicePrincipals/${resourceId}/appRoleAssignedTo/${idOf(given)}`);
    expect((await ada('GET', list)).body).toEqual({ value: [] });
  });

  test('permissions of Graph are given by whoever administers privileged roles, and by nobody else', async () => {
    const principalId = await identity();
    const ada = await as('ada', 'Application Administrator');
    const found = await ada('GET', "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')");
    const { id: resourceId, appRoles } = found.body as { id: string; appRoles: { id: string; value: string }[] };
    const appRoleId = appRoles.find(({ value }) => value === 'User.Invite.All')?.id;
    const path = `/servicePrincipals/${resourceId}/appRoleAssignedTo`;
    const body = { principalId, resourceId, appRoleId };
    expect(errorOf(await ada('POST', path, body))).toEqual([403, 'Authorization_RequestDenied']);
    const ben = await as('ben', 'Privileged Role Administrator');
    expect((await ben('POST', path, body)).status).toBe(201);
  });

  test('applications are changed by their owners and by application administrators', async () => {
    const ada = await as('ada');
    const { id } = await make(ada);
    const ben = await as('ben', 'User Administrator');
    const change = { displayName: 'Changed' };
    expect(errorOf(await ben('PATCH', `/applications/${id}`, change))).toEqual([403, 'Authorization_RequestDenied']);
    const cleo = await as('cleo', 'Cloud Application Administrator');
    expect((await cleo('PATCH', `/applications/${id}`, change)).status).toBe(204);
    await graph.sim('POST', '/policy', { usersMayRegister: false });
    expect(errorOf(await ben('PATCH', "/applications(uniqueName='app-2')", change, UPSERT))[0]).toBe(403);
    expect(await make(await as('dan', 'Application Developer'), 'app-2')).toHaveProperty('appId');
    expect(errorOf(await graph.call('GET', `/v1.0/applications/${id}`))).toEqual([403, 'Authorization_RequestDenied']);
  });

  test('what was just made is not there yet for readers, nor for what refers to it', async () => {
    await graph.sim('POST', '/lag', { minMs: 1000, maxMs: 1000 });
    const ada = await as('ada');
    const { id, appId } = await make(ada);
    const principal = (): Promise<Reply> => ada('PATCH', `/servicePrincipals(appId='${appId}')`, {}, UPSERT);
    expect(errorOf(await ada('GET', `/applications/${id}`))).toEqual([404, 'Request_ResourceNotFound']);
    expect(errorOf(await ada('PATCH', `/applications/${id}`, { displayName: 'x' }))[0]).toBe(404);
    expect(errorOf(await principal())).toEqual([400, 'Request_BadRequest']);
    expect((await ada('PATCH', "/applications(uniqueName='app-1')", { displayName: 'y' }, UPSERT)).status).toBe(204);
    clockMs += 2000;
    expect((await ada('GET', `/applications/${id}`)).body).toMatchObject({ displayName: 'y' });
    expect((await principal()).status).toBe(201);
  });

  test('a list has pages of a hundred, and a principal is found by its id, whatever it is, or by its name', async () => {
    const ada = await as('ada');
    for (let made = 0; made < 101; made++) await graph.sim('POST', '/groups', { displayName: `Group ${made}` });
    const first = (await ada('GET', '/groups')).body as { value: object[]; '@odata.nextLink': string };
    expect(first.value).toHaveLength(100);
    const next = await ada('GET', first['@odata.nextLink'].replace(`${graph.simulator.url}/v1.0`, ''));
    expect((next.body as { value: object[] }).value).toHaveLength(1);
    const named = await ada('GET', `/groups?$filter=${encodeURIComponent("displayName eq 'Group 7'")}`);
    const [group] = (named.body as { value: { id: string }[] }).value;
    expect((await ada('GET', `/directoryObjects/${group?.id}`)).body).toMatchObject({
      '@odata.type': '#microsoft.graph.group',
      displayName: 'Group 7',
    });
    const { id, displayName } = graph.guest();
    const filter = encodeURIComponent(`displayName eq '${displayName.replaceAll("'", "''")}'`);
    expect((await ada('GET', `/users?$filter=${filter}`)).body).toMatchObject({ value: [{ id }] });
    expect((await ada('GET', '/me')).body).toMatchObject({ displayName: 'ada' });
  });
});
