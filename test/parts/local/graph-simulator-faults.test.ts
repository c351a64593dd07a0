import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resetBody, startTestGraph, type TestGraph } from './graph-simulator-calls.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startTestGraph();
});
afterEach(() => graph.simulator.close());

const order = (...faults: object[]) => graph.sim('POST', '/faults', faults);
const stats = async () => (await graph.sim('GET', '/stats')).body;
const read = (index = 0) => graph.call('GET', `/v1.0/users/${graph.guest('Accepted', index).id}`);
const inviteStep = (id: string, index: number) => ({
  id,
  method: 'POST',
  url: '/invitations',
  headers: { 'Content-Type': 'application/json' },
  body: resetBody(graph.guest('Accepted', index)),
});
const answered = (body: unknown) =>
  Object.fromEntries(
    (body as { responses: { id: string; status: number }[] }).responses.map(({ id, status }) => [id, status]),
  );

describe('a fault', () => {
  test('strikes as often as it says, and then no more', async () => {
    await order({ kind: 'getUser', times: 2, status: 503 });
    const seen = [];
    for (let call = 0; call < 3; call++) seen.push((await read()).status);
    expect(seen).toEqual([503, 503, 200]);
  });

  test('strikes its kind only', async () => {
    await order({ kind: 'patchUser', status: 500 });
    expect((await read()).status).toBe(200);
    expect((await graph.invite(resetBody(graph.guest()))).status).toBe(201);
  });

  test('of any kind strikes whatever comes, the batch around it first', async () => {
    await order({ kind: 'any', status: 503 });
    expect((await graph.batch([inviteStep('1', 0)])).status).toBe(503);
    expect(graph.user(graph.guest().id).resets).toBe(0);
  });

  test('strikes the user it names, by id or by user principal name', async () => {
    const guest = graph.guest('Accepted', 1);
    await order({ kind: 'getUser', match: { userId: guest.id.toUpperCase() }, times: 1, status: 503 });
    expect((await read(0)).status).toBe(200);
    expect((await graph.call('GET', `/v1.0/users/${encodeURIComponent(guest.userPrincipalName)}`)).status).toBe(503);
  });

  test('strikes the address it names, in an invitation and in a filter', async () => {
    const guest = graph.guest('Accepted', 1);
    await order({ kind: 'any', match: { address: guest.mail }, times: 2, status: 500 });
    expect((await graph.invite(resetBody(graph.guest()))).status).toBe(201);
    expect((await graph.invite(resetBody(guest))).status).toBe(500);
    expect(
      (await graph.call('GET', `/v1.0/users?$filter=${encodeURIComponent(`mail eq '${guest.mail}'`)}`)).status,
    ).toBe(500);
  });

  test('can be listed with what is left of it, and cleared', async () => {
    await order({ kind: 'getUser', times: 3, status: 503 });
    await read();
    expect((await graph.sim('GET', '/faults')).body).toEqual([
      { kind: 'getUser', times: 2, status: 503, delayMs: 0, effect: 'none', act: 'answer' },
    ]);
    expect((await graph.sim('DELETE', '/faults')).status).toBe(204);
    expect((await graph.sim('GET', '/faults')).body).toEqual([]);
    expect((await read()).status).toBe(200);
  });

  test('that is misspelled is refused', async () => {
    expect(await graph.sim('POST', '/faults', { kind: 'invites', status: 500 })).toMatchObject({
      status: 400,
      body: { message: expect.any(String) },
    });
    expect((await graph.sim('POST', '/faults', { kind: 'invite', retry: 5 })).status).toBe(400);
  });
});

describe('an answer', () => {
  test('of 429 carries Retry-After as it was given, and counts as throttled', async () => {
    await order({ kind: 'invite', status: 429, retryAfter: 2.5 });
    const reply = await graph.invite(resetBody(graph.guest()));
    expect(reply).toMatchObject({ status: 429, body: { error: { code: 'TooManyRequests' } } });
    expect(reply.headers.get('retry-after')).toBe('2.5');
    expect(await stats()).toMatchObject({ throttled: 1, requests: { invite: 1 }, writes: { invite: 0 } });
  });

  test('may have the words of a tenant that refuses', async () => {
    const message =
      'Invitations are blocked for this directory due to suspicious activity. Please contact Microsoft support ' +
      'for help.';
    await order({ kind: 'invite', status: 403, code: 'Forbidden', message });
    expect((await graph.invite(resetBody(graph.guest()))).body).toMatchObject({
      error: { code: 'Forbidden', message },
    });
  });

  test('before the effect leaves the guest alone, after it does not', async () => {
    const guest = graph.guest();
    await order({ kind: 'invite', status: 504 }, { kind: 'invite', status: 504, effect: 'done' });
    expect((await graph.invite(resetBody(guest, { sendInvitationMessage: true }))).status).toBe(504);
    expect(graph.user(guest.id)).toEqual(guest);
    expect((await graph.invite(resetBody(guest, { sendInvitationMessage: true }))).status).toBe(504);
    expect(graph.user(guest.id)).toMatchObject({ resets: 1, externalUserState: 'PendingAcceptance' });
    expect((await graph.sim('GET', '/mails')).body).toHaveLength(1);
    expect(await stats()).toMatchObject({ requests: { invite: 2 }, writes: { invite: 1 } });
  });

  test('of 201 to an invitation says that the invitation is in error', async () => {
    const guest = graph.guest();
    await order({ kind: 'invite', status: 201 });
    expect(await graph.invite(resetBody(guest))).toMatchObject({
      status: 201,
      body: { status: 'Error', invitedUser: { id: guest.id } },
    });
    expect(graph.user(guest.id).resets).toBe(0);
  });

  test('may be late, and is otherwise the ordinary one', async () => {
    await order({ kind: 'getUser', delayMs: 60 });
    const began = performance.now();
    expect((await read()).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThanOrEqual(55);
  });
});

describe('a dropped connection', () => {
  test.each([
    ['none', 0],
    ['done', 1],
  ] as const)('with the effect %s', async (effect, resets) => {
    const guest = graph.guest();
    await order({ kind: 'invite', act: 'drop', effect });
    await expect(graph.invite(resetBody(guest))).rejects.toThrow('fetch failed');
    expect(graph.user(guest.id).resets).toBe(resets);
  });

  test('inside a batch takes the whole answer with it, while the rest is carried out', async () => {
    await order({ kind: 'invite', match: { userId: graph.guest('Accepted', 1).id }, act: 'drop', effect: 'none' });
    await expect(graph.batch([inviteStep('1', 0), inviteStep('2', 1), inviteStep('3', 2)])).rejects.toThrow(
      'fetch failed',
    );
    expect([0, 1, 2].map((index) => graph.user(graph.guest('Accepted', index).id).resets)).toEqual([1, 0, 1]);
  });
});

describe('a batch', () => {
  test('may be struck in one request while the others are answered', async () => {
    await order({ kind: 'invite', match: { userId: graph.guest('Accepted', 1).id }, status: 429, retryAfter: 7 });
    const { body } = await graph.batch([inviteStep('1', 0), inviteStep('2', 1)]);
    expect(answered(body)).toEqual({ 1: 201, 2: 429 });
    expect(
      (body as { responses: { id: string; headers: Record<string, string> }[] }).responses.find(({ id }) => id === '2')
        ?.headers['Retry-After'],
    ).toBe('7');
  });

  test('may leave an answer out, whether or not the request took effect', async () => {
    await order(
      { kind: 'invite', match: { userId: graph.guest('Accepted', 0).id }, act: 'omit', effect: 'done' },
      { kind: 'invite', match: { userId: graph.guest('Accepted', 1).id }, act: 'omit', effect: 'none' },
    );
    const { body } = await graph.batch([inviteStep('1', 0), inviteStep('2', 1), inviteStep('3', 2)]);
    expect(answered(body)).toEqual({ 3: 201 });
    expect([0, 1, 2].map((index) => graph.user(graph.guest('Accepted', index).id).resets)).toEqual([1, 0, 1]);
  });

  test('may take effect as a whole and answer with an error', async () => {
    await order({ kind: 'batch', status: 502, effect: 'done' });
    expect((await graph.batch([inviteStep('1', 0), inviteStep('2', 1)])).status).toBe(502);
    expect([0, 1].map((index) => graph.user(graph.guest('Accepted', index).id).resets)).toEqual([1, 1]);
  });
});

test('latency delays every call', async () => {
  expect((await graph.sim('POST', '/latency', { minMs: 50, maxMs: 60 })).status).toBe(204);
  const began = performance.now();
  await read();
  expect(performance.now() - began).toBeGreaterThanOrEqual(45);
  expect((await graph.sim('POST', '/latency', { minMs: 5, maxMs: 1 })).status).toBe(400);
});

test('the control plane names what there is when asked for something else', async () => {
  expect(await graph.sim('GET', '/planets')).toMatchObject({
    status: 404,
    body: { message: expect.stringContaining('POST /_sim/faults') },
  });
});

test('the control plane shows every user with roles and resets', async () => {
  const { body } = await graph.sim('GET', '/users');
  expect(body).toHaveLength(graph.tenant.guests.length + graph.tenant.special.length);
  expect(body).toContainEqual(
    expect.objectContaining({ id: graph.special('roleHolder').id, roles: ['Reports Reader'], resets: 0 }),
  );
});
