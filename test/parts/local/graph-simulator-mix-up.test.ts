/** Answers of the simulator that reach the wrong request, or have a status that nobody expects. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resetBody, startTestGraph, type TestGraph } from './graph-simulator-calls.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startTestGraph();
});
afterEach(() => graph.simulator.close());

const order = async (fault: object): Promise<void> => {
  expect((await graph.sim('POST', '/faults', fault)).status).toBe(201);
};
const ids = [0, 1, 2].map((index) => () => graph.guest('Accepted', index).id);
const invite = (index: number) => ({
  id: String(index),
  method: 'POST',
  url: '/invitations',
  headers: { 'Content-Type': 'application/json' },
  body: resetBody(graph.guest('Accepted', index)),
});
const read = (index: number) => ({ id: String(index), method: 'GET', url: `/users/${ids[index]?.()}?$select=id` });
/** Of each request, whom its answer is about. */
const told = async (steps: readonly object[]): Promise<Record<string, string>> => {
  const { responses } = (await graph.batch(steps)).body as {
    responses: { id: string; body: { id: string; invitedUser?: { id: string } } }[];
  };
  return Object.fromEntries(responses.map(({ id, body }) => [id, body.invitedUser?.id ?? body.id]));
};

test.each([
  ['invitations', 'invite', invite],
  ['look-ups', 'getUser', read],
] as const)('two %s of a batch get the answer of the other, and both have taken effect', async (_name, kind, step) => {
  await order({ kind, act: 'swap', match: { userId: ids[0]?.() } });
  const [first, second, third] = [0, 1, 2].map((index) => ids[index]?.());
  const about = await told([step(0), step(1)]);
  expect(about).toEqual({ 0: second, 1: first });
  expect(await told([step(0), step(1), step(2)])).toEqual({ 0: first, 1: second, 2: third });
  expect(graph.user(first ?? '').resets).toBe(kind === 'invite' ? 2 : 0);
});

test('three swapped answers all go astray, and one that is alone in its batch does not', async () => {
  await order({ kind: 'invite', act: 'swap', times: 4 });
  const about = await told([invite(0), invite(1), invite(2)]);
  expect(Object.values(about).toSorted()).toEqual(ids.map((id) => id()).toSorted());
  for (const index of [0, 1, 2]) expect(about[index]).not.toBe(ids[index]?.());
  expect(await told([invite(0)])).toEqual({ 0: ids[0]?.() });
});

test.each(['invite', 'getUser'] as const)('%s may be answered about another user', async (kind) => {
  await order({ kind, act: 'otherUser' });
  const about = await told([kind === 'invite' ? invite(0) : read(0)]);
  expect(about[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(about[0]).not.toBe(ids[0]?.());
  expect(graph.user(ids[0]?.() ?? '').resets).toBe(kind === 'invite' ? 1 : 0);
});

test('a search by address may find another user', async () => {
  await order({ kind: 'findUsers', act: 'otherUser' });
  const filter = encodeURIComponent(`mail eq '${graph.guest('Accepted').mail}'`);
  const { body } = await graph.call('GET', `/v1.0/users?$filter=${filter}&$select=id,mail`);
  const [found] = (body as { value: { id: string; mail: string }[] }).value;
  expect(found?.id).not.toBe(ids[0]?.());
  expect(found?.mail).not.toBe(graph.guest('Accepted').mail);
});

test.each([200, 202, 302, 409, 499])('an invitation that took effect may be answered %i', async (status) => {
  await order({ kind: 'invite', status, effect: 'done' });
  const reply = await graph.batch([invite(0)]);
  expect(reply.body).toMatchObject({
    responses: [{ status, body: status < 300 ? { invitedUser: { id: ids[0]?.() } } : { error: {} } }],
  });
  expect(graph.user(ids[0]?.() ?? '').resets).toBe(1);
});
