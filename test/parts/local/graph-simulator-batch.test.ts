import * as z from 'zod';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resetBody, startTestGraph, type Reply, type TestGraph } from './graph-simulator-calls.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startTestGraph();
});
afterEach(() => graph.simulator.close());

const JSON_HEADERS = { 'Content-Type': 'application/json' };
const answersSchema = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.string()),
      body: z.unknown().optional(),
    }),
  ),
});

const answers = (reply: Reply) => answersSchema.parse(reply.body).responses;
const statuses = (reply: Reply) => Object.fromEntries(answers(reply).map(({ id, status }) => [id, status]));
const badRequest = (message: string) => ({ status: 400, body: { error: { message } } });

const get = (id: string, url: string) => ({ id, method: 'GET', url });
const gets = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    get(String(index + 1), `/users/${graph.guest('Accepted', index % 10).id}`),
  );
const patch = (id: string, userId: string, mail: string, dependsOn: string[] = []) => ({
  id,
  method: 'PATCH',
  url: `/users/${userId}`,
  headers: JSON_HEADERS,
  body: { mail },
  dependsOn,
});
const invite = (id: string, body: object, dependsOn: string[] = []) => ({
  id,
  method: 'POST',
  url: '/invitations',
  headers: JSON_HEADERS,
  body,
  dependsOn,
});

describe('a batch', () => {
  test('answers each of its requests, with status and body of its own, and ids in none but errors', async () => {
    const guest = graph.guest();
    const reply = await graph.batch([
      get('a', `/users/${guest.id}?$select=id`),
      get('b', 'users/nobody@contoso.example'),
      invite('c', resetBody(guest)),
      patch('d', graph.guest('Accepted', 1).id, 'new@tailspin.example'),
      get('e', `/users/${encodeURIComponent(guest.userPrincipalName)}?$select=id`),
    ]);
    expect(reply.status).toBe(200);
    expect(statuses(reply)).toEqual({ a: 200, b: 404, c: 201, d: 204, e: 200 });
    const names = answers(reply).flatMap(({ headers }) => Object.keys(headers));
    expect(new Set(names)).toEqual(new Set(['Cache-Control', 'Content-Type']));
    const missing = answers(reply).find(({ id }) => id === 'b');
    expect(missing?.body).toMatchObject({
      error: { code: 'Request_ResourceNotFound', innerError: { 'request-id': expect.any(String) } },
    });
    expect(graph.user(guest.id).resets).toBe(1);
  });

  test('answers in an order that is not the one of the requests', async () => {
    const asked = gets(20).map(({ id }) => id);
    const answered = answers(await graph.batch(gets(20))).map(({ id }) => id);
    expect(answered).not.toEqual(asked);
    expect(answered.toSorted()).toEqual(asked.toSorted());
  });

  test('shuffles alike for the same seed', async () => {
    const other = await startTestGraph();
    try {
      const order = (reply: Reply) => answers(reply).map(({ id }) => id);
      expect(order(await other.batch(gets(20)))).toEqual(order(await graph.batch(gets(20))));
    } finally {
      await other.simulator.close();
    }
  });

  test('of 21 requests is refused as a whole', async () => {
    expect(await graph.batch(gets(21))).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 'MaximumValueExceeded',
          message: 'Number of batch request steps exceeds the maximum value of 20.',
        },
      },
    });
    expect((await graph.sim('GET', '/stats')).body).toMatchObject({ requests: { total: 0, batch: 1 } });
  });

  test.each([
    ['without requests', () => []],
    ['whose request has no id', () => [{ method: 'GET', url: '/users' }]],
    ['that uses an id twice, in another case', () => [get('a', '/users'), get('A', '/users')]],
    ['whose write has no Content-Type', () => [{ id: '1', method: 'POST', url: '/invitations', body: {} }]],
    ['whose dependency does not come before', () => [{ ...get('1', '/users'), dependsOn: ['2'] }, get('2', '/users')]],
  ])('%s is refused', async (_what, requests) => {
    expect((await graph.batch(requests())).status).toBe(400);
  });

  test('cannot hold a batch', async () => {
    const reply = await graph.batch([
      { id: '1', method: 'POST', url: '/$batch', headers: JSON_HEADERS, body: { requests: gets(1) } },
    ]);
    expect(statuses(reply)).toEqual({ 1: 400 });
  });

  test('counts as one round trip and each of its requests', async () => {
    const guest = graph.guest();
    await graph.batch([
      invite('1', resetBody(guest)),
      patch('2', graph.guest('Accepted', 1).id, 'x@tailspin.example'),
      get('3', `/users/${guest.id}`),
    ]);
    expect((await graph.sim('GET', '/stats')).body).toMatchObject({
      roundTrips: 1,
      requests: { getUser: 1, findUsers: 0, patchUser: 1, invite: 1, batch: 1, total: 3 },
      writes: { patchUser: 1, invite: 1, total: 2 },
      throttled: 0,
      internalConversions: 0,
    });
  });
});

describe('dependencies', () => {
  test('in a row are run in a row: the address is there when the invitation comes', async () => {
    const guest = graph.guest();
    const reply = await graph.batch([
      patch('1', guest.id, 'new@tailspin.example'),
      invite('2', resetBody(guest, { invitedUserEmailAddress: 'new@tailspin.example' }), ['1']),
    ]);
    expect(statuses(reply)).toEqual({ 1: 204, 2: 201 });
  });

  test('on a request that failed give 424 all the way down, and nothing is done', async () => {
    const guest = graph.guest();
    const reply = await graph.batch([
      patch('1', 'nobody@contoso.example', 'x@tailspin.example'),
      invite('2', resetBody(guest), ['1']),
      { ...get('3', '/users'), dependsOn: ['2'] },
    ]);
    expect(statuses(reply)).toEqual({ 1: 404, 2: 424, 3: 424 });
    expect(graph.user(guest.id)).toEqual(guest);
  });

  test('may all name the same request', async () => {
    const reply = await graph.batch([
      get('1', '/users'),
      ...gets(4)
        .slice(1)
        .map((each) => ({ ...each, dependsOn: ['1'] })),
    ]);
    expect(statuses(reply)).toEqual({ 1: 200, 2: 200, 3: 200, 4: 200 });
  });

  const pairs = () =>
    [0, 1].flatMap((index) => {
      const guest = graph.guest('Accepted', index);
      const address = `new${index}@tailspin.example`;
      return [
        patch(`p${index}`, guest.id, address),
        invite(`i${index}`, resetBody(guest, { invitedUserEmailAddress: address }), [`p${index}`]),
      ];
    });

  test('in some requests and not in others are refused as a whole', async () => {
    expect(await graph.batch(pairs())).toMatchObject(
      badRequest('Batch should be either fully sequential or fully parallel.'),
    );
    expect((await graph.sim('GET', '/stats')).body).toMatchObject({ writes: { total: 0 } });
  });

  test('are all run when the simulator is told to take any', async () => {
    const lenient = await startTestGraph({ batchDependencies: 'any' });
    try {
      expect(statuses(await lenient.batch(pairs()))).toEqual({ p0: 204, i0: 201, p1: 204, i1: 201 });
    } finally {
      await lenient.simulator.close();
    }
  });
});
