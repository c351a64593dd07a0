/** The Graph adapter on a real socket: what goes over the wire, and what every kind of failure is told as. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectGraph } from '../../../shared/adapters/graph/client.ts';
import { guestDirectory } from '../../../shared/adapters/graph/directory.ts';
import { invitations } from '../../../shared/adapters/graph/invitations.ts';
import type { SendPlan } from '../../../shared/domain/reset/send-plan.ts';
import { startTestGraph, type TestGraph } from '../local/graph-simulator-calls.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph();
});
afterAll(async () => {
  await graph.simulator.close();
});
beforeEach(async () => {
  await graph.sim('DELETE', '/faults');
});

const credential = { getToken: async () => ({ token: await token(), expiresOnTimestamp: Date.now() + 3_600_000 }) };
const token = async (): Promise<string> => {
  const { url } = graph.simulator;
  const response = await fetch(
    `${url}/_sim/identity/token?resource=${encodeURIComponent(url)}&api-version=2019-08-01`,
    { headers: { 'X-IDENTITY-HEADER': 'x' } },
  );
  return ((await response.json()) as { access_token: string }).access_token;
};
const clock = { sleep: async () => undefined, monotonic: () => performance.now() };
const adapter = (more: object = {}) => {
  const post = connectGraph({ endpoint: graph.simulator.url, version: 'v1.0', credential, timeoutSeconds: 5, ...more });
  return { ...guestDirectory(post, clock, graph.simulator.url), ...invitations(post) };
};
const roundTrips = async (): Promise<number> =>
  ((await graph.sim('GET', '/stats')).body as { roundTrips: number }).roundTrips;

function planFor(index: number): SendPlan {
  const guest = graph.guest('Accepted', index);
  const address = guest.mail ?? '';
  return {
    row: index + 1,
    guestId: guest.id,
    address,
    asksMail: true,
    warnings: [],
    state: {
      externalUserState: 'Accepted',
      externalUserStateChangeDateTime: null,
      userPrincipalName: null,
      mail: address,
      otherMails: [],
    },
    invitation: {
      invitedUserEmailAddress: address,
      inviteRedirectUrl: 'https://myapps.microsoft.com',
      sendInvitationMessage: true,
      invitedUser: { id: guest.id },
      resetRedemption: true,
    },
  };
}

test.each([
  ['an inner 503', { kind: 'invite', status: 503 }, 'answered'],
  ['an inner 429', { kind: 'invite', status: 429, retryAfter: 1 }, 'answered'],
  ['an outer 503', { kind: 'batch', status: 503 }, 'refused'],
  ['an outer 429', { kind: 'batch', status: 429, retryAfter: 0.5 }, 'refused'],
  ['a dropped connection', { kind: 'batch', act: 'drop' }, 'noAnswer'],
])('sending is one POST on the wire, also after %s', async (_name, fault, kind) => {
  await graph.sim('POST', '/faults', { times: 5, ...fault });
  const before = await roundTrips();
  expect((await adapter().send([planFor(0)])).kind).toBe(kind);
  expect((await roundTrips()) - before).toBe(1);
});

test('every answer comes back under the row it belongs to, whatever the order on the wire', async () => {
  const plans = Array.from({ length: 8 }, (_, index) => planFor(index));
  const batch = await adapter().send(plans);
  if (batch.kind !== 'answered') throw new Error(batch.kind);
  for (const { row, guestId } of plans)
    expect(batch.answers.get(String(row))).toMatchObject({
      status: 201,
      requestId: expect.any(String),
      body: { invitedUser: { id: guestId } },
    });
  expect(Math.abs(batch.date - Date.now())).toBeLessThan(5_000);
});

test('a fractional Retry-After is kept', async () => {
  await graph.sim('POST', '/faults', { kind: 'invite', status: 429, retryAfter: 2.5 });
  const batch = await adapter().send([planFor(0)]);
  expect(batch.kind === 'answered' && batch.answers.get('1')).toMatchObject({
    status: 429,
    retryAfter: { seconds: 2.5 },
  });
});

test('guests are found by id, by UPN with #EXT#, and by a mail with an apostrophe', async () => {
  const guest = graph.guest('Accepted', 3);
  const other = graph.guest('Accepted', 4);
  await graph.call('PATCH', `/v1.0/users/${other.id}`, { mail: "o'neil@fabrikam.example" });
  const batch = await adapter().lookUp([
    { by: 'id', value: guest.id },
    { by: 'userPrincipalName', value: guest.userPrincipalName },
    { by: 'mail', value: "O'Neil@fabrikam.example" },
  ]);
  if (batch.kind !== 'answered') throw new Error(batch.kind);
  expect(['0', '1', '2'].map((id) => batch.answers.get(id)?.body)).toMatchObject([
    { id: guest.id },
    { id: guest.id },
    { value: [{ id: other.id }] },
  ]);
});

test('a look-up survives a dropped connection, because reading is safe to repeat', async () => {
  await graph.sim('POST', '/faults', { kind: 'batch', act: 'drop', times: 2 });
  expect((await adapter().lookUp([{ by: 'id', value: graph.guest('Accepted').id }])).kind).toBe('answered');
});

test('what was certainly not sent is told apart from what may have been', async () => {
  expect(
    await adapter({
      credential: {
        getToken: async () => {
          throw new Error('no identity');
        },
      },
    }).send([planFor(0)]),
  ).toMatchObject({ kind: 'notSent', tokenMissing: true });
  const free = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => {
    free.once('listening', resolve);
  });
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => {
    free.close(resolve);
  });
  expect(await adapter({ endpoint: `http://127.0.0.1:${port}` }).send([planFor(0)])).toMatchObject({
    kind: 'notSent',
    tokenMissing: false,
  });
  await graph.sim('POST', '/faults', { kind: 'batch', delayMs: 3_000 });
  expect(await adapter({ timeoutSeconds: 0.2 }).send([planFor(0)])).toMatchObject({ kind: 'noAnswer' });
});

test('roles are read by name, page by page; by id where names are refused; and not at all without the permission', async () => {
  const holders = graph.tenant.special
    .filter(({ user }) => user.roles.length > 0)
    .map(({ user }) => [user.id, user.roles.at(-1)] as const);
  expect(new Map(await adapter().roles())).toEqual(new Map(holders));
  await graph.sim('POST', '/faults', { kind: 'listRoles', status: 400 });
  const ids = await adapter().roles();
  expect([...(ids?.keys() ?? [])].toSorted()).toEqual(holders.map(([id]) => id).toSorted());
  expect([...(ids?.values() ?? [])][0]).toMatch(/^[0-9a-f-]{36}$/);
  await graph.sim('POST', '/permissions', { 'RoleManagement.Read.Directory': false });
  expect(await adapter().roles()).toBeUndefined();
  await graph.sim('POST', '/permissions', { 'RoleManagement.Read.Directory': true });
});

test('roles on a second page are read too, which the link of the first one leads to', async () => {
  const holders = Array.from({ length: 5 }, (_, index) => graph.guest('Accepted', index).id);
  const roles = Array.from({ length: 30 }, (_, index) => `Role ${index}`);
  for (const id of holders) await graph.sim('POST', `/users/${id}`, { roles });
  const before = await roundTrips();
  const read = await adapter().roles();
  expect(holders.filter((id) => read?.has(id))).toEqual(holders);
  expect((await roundTrips()) - before).toBe(2);
  for (const id of holders) await graph.sim('POST', `/users/${id}`, { roles: [] });
});

test('roles are asked for once in five minutes, however many guests there are', async () => {
  let now = 0;
  const post = connectGraph({ endpoint: graph.simulator.url, version: 'v1.0', credential, timeoutSeconds: 5 });
  const directory = guestDirectory(post, { sleep: async () => undefined, monotonic: () => now }, graph.simulator.url);
  const before = await roundTrips();
  await Promise.all([directory.roles(), directory.roles()]);
  now = 299_000;
  await directory.roles();
  expect((await roundTrips()) - before).toBe(1);
  now = 301_000;
  await directory.roles();
  expect((await roundTrips()) - before).toBe(2);
});
