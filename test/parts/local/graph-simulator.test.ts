import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphToken, request, startTestGraph, type TestGraph } from './graph-simulator-calls.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph();
});
afterAll(() => graph.simulator.close());

const idsOf = (body: unknown): unknown[] => (body as { value: { id: string }[] }).value.map((user) => user.id);

describe('reading one user', () => {
  test('finds a guest by object id, without regard to case', async () => {
    const guest = graph.guest();
    const reply = await graph.call(
      'GET',
      `/v1.0/users/${guest.id.toUpperCase()}?$select=id,externalUserState,otherMails`,
    );
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      '@odata.context': expect.any(String),
      id: guest.id,
      externalUserState: 'Accepted',
      otherMails: guest.otherMails,
    });
  });

  test('finds a guest by a percent-encoded user principal name, in v1.0 and in beta', async () => {
    const guest = graph.guest();
    for (const version of ['v1.0', 'beta']) {
      const reply = await graph.call('GET', `/${version}/users/${encodeURIComponent(guest.userPrincipalName)}`);
      expect(reply.body).toMatchObject({ id: guest.id, userPrincipalName: guest.userPrincipalName });
    }
  });

  test('does not find a user principal name whose # was sent as it is', async () => {
    const { userPrincipalName } = graph.guest();
    expect((await graph.call('GET', `/v1.0/users/${userPrincipalName}`)).status).toBe(404);
  });

  test('shows only the default properties without $select', async () => {
    const { body } = await graph.call('GET', `/v1.0/users/${graph.guest().id}`);
    expect(Object.keys(body as object).toSorted()).toEqual([
      '@odata.context',
      'displayName',
      'id',
      'mail',
      'preferredLanguage',
      'userPrincipalName',
    ]);
  });

  test('answers 404 Request_ResourceNotFound for nobody', async () => {
    const id = '99999999-9999-4999-8999-999999999999';
    const reply = await graph.call('GET', `/v1.0/users/${id}`);
    expect(reply.status).toBe(404);
    expect(reply.body).toMatchObject({
      error: {
        code: 'Request_ResourceNotFound',
        message: `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
      },
    });
  });

  test('refuses to select a property that a user does not have', async () => {
    const reply = await graph.call('GET', `/v1.0/users/${graph.guest().id}?$select=id,shoeSize`);
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({
      error: {
        message:
          "Parsing OData Select and Expand failed: Could not find a property named 'shoeSize' on type " +
          "'microsoft.graph.user'.",
      },
    });
  });
});

describe('finding users by address', () => {
  const find = (filter: string) => graph.call('GET', `/v1.0/users?$select=id&$filter=${encodeURIComponent(filter)}`);

  test('finds by mail, and by otherMails, without regard to case', async () => {
    const { id, mail } = graph.guest();
    expect(idsOf((await find(`mail eq '${mail?.toUpperCase()}'`)).body)).toEqual([id]);
    const hidden = graph.special('guestWithoutMail');
    const address = String(hidden.otherMails[0]);
    expect(idsOf((await find(`mail eq '${address}'`)).body)).toEqual([]);
    expect(idsOf((await find(`mail eq '${address}' or otherMails/any(m:m eq '${address}')`)).body)).toEqual([
      hidden.id,
    ]);
  });

  test('finds all who share a mail, and nobody for an address nobody has', async () => {
    const { mail } = graph.special('sharedMail');
    expect(idsOf((await find(`mail eq '${mail}' or otherMails/any(m:m eq '${mail}')`)).body)).toHaveLength(2);
    expect((await find("mail eq 'nobody@nowhere.example'")).body).toMatchObject({ value: [] });
  });

  test('reads a doubled quote as one quote', async () => {
    const { id } = graph.guest();
    await graph.call('PATCH', `/v1.0/users/${id}`, { otherMails: ["o'neil@fabrikam.example"] });
    expect(idsOf((await find("otherMails/any(x:x eq 'o''neil@fabrikam.example')")).body)).toEqual([id]);
    expect((await find("mail eq 'o'neil@fabrikam.example'")).status).toBe(400);
  });

  test('refuses every other filter in the words of Graph', async () => {
    const reply = await find("startsWith(mail,'anna')");
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({
      error: {
        code: 'Request_UnsupportedQuery',
        message: "Unsupported or invalid query filter clause specified for property 'startsWith' of resource 'User'.",
      },
    });
    expect((await find("mail eq 'a@b.example' and accountEnabled eq true")).status).toBe(400);
  });
});

describe('changing addresses', () => {
  test('replaces mail and the whole of otherMails, and finds by the new ones only', async () => {
    const guest = graph.guest('Accepted', 2);
    const path = `/v1.0/users/${encodeURIComponent(guest.userPrincipalName)}`;
    const reply = await graph.call('PATCH', path, {
      mail: 'new@tailspin.example',
      otherMails: ['other@tailspin.example'],
    });
    expect(reply).toMatchObject({ status: 204, body: undefined });
    expect(graph.user(guest.id)).toMatchObject({
      mail: 'new@tailspin.example',
      otherMails: ['other@tailspin.example'],
      userPrincipalName: guest.userPrincipalName,
    });
    const old = await graph.call('GET', `/v1.0/users?$filter=${encodeURIComponent(`mail eq '${guest.mail}'`)}`);
    expect(old.body).toMatchObject({ value: [] });
  });

  test('refuses a wrong type, an unknown user, and says what it does not simulate', async () => {
    const path = `/v1.0/users/${graph.guest().id}`;
    expect(await graph.call('PATCH', path, { otherMails: 'a@b.example' })).toMatchObject({
      status: 400,
      body: { error: { message: "Invalid value specified for property 'otherMails' of resource 'User'." } },
    });
    expect((await graph.call('PATCH', path, { displayName: 'X' })).status).toBe(501);
    for (const change of [
      { mail: 'josé@a.example' },
      { otherMails: ['o’neil@a.example'] },
      { mail: 'anna@-a.example' },
    ])
      expect((await graph.call('PATCH', path, change)).status).toBe(400);
    expect((await graph.call('PATCH', '/v1.0/users/nobody@contoso.example', { mail: null })).status).toBe(404);
    expect((await graph.call('PATCH', path, '{"mail":')).status).toBe(400);
  });
});

describe('every answer', () => {
  test('carries Date, request-id and client-request-id, and the error repeats the ids', async () => {
    const reply = await graph.call('GET', '/v1.0/users/nobody@contoso.example', undefined, {
      'client-request-id': 'mine',
    });
    const requestId = reply.headers.get('request-id');
    expect(Date.parse(reply.headers.get('date') ?? '')).toBeGreaterThan(Date.now() - 60_000);
    expect(reply.headers.get('client-request-id')).toBe('mine');
    expect(reply.body).toMatchObject({
      error: {
        innerError: {
          date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
          'request-id': requestId,
          'client-request-id': 'mine',
        },
      },
    });
  });

  test('has the time of the clock that it was given', async () => {
    const other = await startTestGraph({ now: () => new Date('2031-02-03T04:05:06Z') });
    try {
      expect((await other.call('GET', '/v1.0/users')).headers.get('date')).toBe('Mon, 03 Feb 2031 04:05:06 GMT');
    } finally {
      await other.simulator.close();
    }
  });

  test('refuses unknown paths and methods', async () => {
    expect(await graph.call('GET', '/v1.0/planets')).toMatchObject({
      status: 400,
      body: { error: { message: "Resource not found for the segment 'planets'." } },
    });
    expect((await graph.call('GET', '/v2.0/users')).status).toBe(400);
    expect((await graph.call('DELETE', `/v1.0/users/${graph.guest().id}`)).status).toBe(405);
    expect((await graph.call('GET', '/v1.0/invitations')).status).toBe(405);
  });
});

test('users without a filter are a page of the size that is asked for', async () => {
  const { body } = await graph.call('GET', '/v1.0/users?$top=2&$select=id');
  expect((body as { value: object[] }).value.map((user) => Object.keys(user))).toEqual([['id'], ['id']]);
  for (const top of ['0', '1000', 'x']) expect((await graph.call('GET', `/v1.0/users?$top=${top}`)).status).toBe(400);
});

describe('tokens', () => {
  const unauthorized = (message: string) => ({
    status: 401,
    body: { error: { code: 'InvalidAuthenticationToken', message } },
  });
  const withToken = (authorization: Record<string, string>) =>
    request('GET', `${graph.simulator.url}/v1.0/users`, undefined, authorization);

  test('are needed, and only those issued here are accepted', async () => {
    expect(await withToken({})).toMatchObject(unauthorized('Access token is empty.'));
    expect(await withToken({ authorization: 'Bearer made.up' })).toMatchObject(
      unauthorized('Access token validation failure.'),
    );
    const forServiceBus = await graphToken(graph.simulator.url, 'https://servicebus.azure.net');
    expect(await withToken({ authorization: `Bearer ${forServiceBus}` })).toMatchObject(
      unauthorized('Access token validation failure. Invalid audience.'),
    );
  });

  test('for the address of the simulator itself are accepted, as another cloud has its own', async () => {
    const token = await graphToken(graph.simulator.url, graph.simulator.url);
    expect((await withToken({ authorization: `Bearer ${token}` })).status).toBe(200);
  });

  test('end after a day', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const other = await startTestGraph({ now: () => now });
    try {
      expect((await other.call('GET', '/v1.0/users')).status).toBe(200);
      now = new Date('2026-01-02T00:00:00Z');
      expect((await other.call('GET', '/v1.0/users')).status).toBe(401);
    } finally {
      await other.simulator.close();
    }
  });

  test('outlive the process when the seed is the same', async () => {
    const other = await startTestGraph();
    const token = await graphToken(other.simulator.url);
    await other.simulator.close();
    expect((await withToken({ authorization: `Bearer ${token}` })).status).toBe(200);
  });

  test('are refused without the identity header, the api-version or a resource', async () => {
    const ask = (query: string, headers: Record<string, string>) =>
      request('GET', `${graph.simulator.url}/_sim/identity/token?${query}`, undefined, headers);
    const header = { 'x-identity-header': 'local' };
    expect((await ask('api-version=2019-08-01&resource=x', {})).status).toBe(401);
    expect((await ask('resource=x', header)).status).toBe(400);
    expect((await ask('api-version=2019-08-01', header)).status).toBe(400);
  });
});
