import { describe, expect, test } from 'vitest';
import { createGraph, type Graph } from '../../../cli/graph/graph.ts';
import { GraphRefusal } from '../../../cli/graph/refusal.ts';

interface Reply {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

/** Answers with these replies one after another, the last one for ever, and remembers calls and waits. */
function world(...replies: readonly (Reply | Error)[]): {
  graph: Graph;
  calls: { url: string; init: RequestInit }[];
  waits: number[];
  told: string[];
} {
  const calls: { url: string; init: RequestInit }[] = [];
  const waits: number[] = [];
  const told: string[] = [];
  const graph = createGraph({
    endpoint: 'https://graph.example',
    token: async () => 'token',
    sleep: async (milliseconds) => waits.push(milliseconds),
    onWait: (why) => told.push(why),
    fetch: async (url, init) => {
      const reply = replies[Math.min(calls.length, replies.length - 1)];
      calls.push({ url: url as string, init: init ?? {} });
      if (reply === undefined || reply instanceof Error) throw reply ?? new Error('nothing');
      const { status, body, headers = {} } = reply;
      return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
    },
  });
  return { graph, calls, waits, told };
}
const refusal = (status: number, code: string, message = ''): Reply => ({ status, body: { error: { code, message } } });
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

describe('a request to Graph', () => {
  test('carries the token, and asks to make what is missing where it is an upsert', async () => {
    const { graph, calls } = world({ status: 204 });
    expect(await graph.upsert('/applications', { displayName: 'a' })).toBeUndefined();
    expect(calls[0]?.init.headers).toEqual({
      authorization: 'Bearer token',
      'content-type': 'application/json',
      prefer: 'create-if-missing',
    });
    expect(calls[0]?.init.redirect).toBe('error');
  });

  test.for([
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '7' } }, 7_000],
    ['429 with a fractional one', { status: 429, headers: { 'retry-after': '0.2' } }, 500],
    ['503', { status: 503 }, 500],
    ['504', { status: 504 }, 500],
    ['no answer', new Error('fetch failed'), 500],
  ] as const)('is repeated after %s', async ([, reply, waited]) => {
    const { graph, calls, waits } = world(reply, { status: 200, body: { id: 'a' } });
    expect(await graph.get('/me')).toEqual({ id: 'a' });
    expect([calls.length, waits]).toEqual([2, [waited]]);
  });

  test('is given up after two minutes, and at once where Graph asks for longer, or refuses', async () => {
    const busy = world({ status: 503 });
    await expect(busy.graph.get('/me')).rejects.toBeInstanceOf(GraphRefusal);
    expect(sum(busy.waits)).toBeGreaterThan(100_000);
    expect(sum(busy.waits)).toBeLessThan(130_000);
    expect(busy.told.length).toBe(1);
    const hour = world({ status: 429, headers: { 'retry-after': '3600' } });
    await expect(hour.graph.get('/me')).rejects.toThrow('429');
    expect(hour.waits).toEqual([]);
    const denied = world(refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges.'));
    await expect(denied.graph.get('/me')).rejects.toThrow('Insufficient privileges.');
    expect(denied.calls).toHaveLength(1);
  });

  test('to remove what somebody has removed already, or whose answer was lost, is done', async () => {
    const { graph, calls } = world(new Error('fetch failed'), refusal(404, 'Request_ResourceNotFound'));
    expect(await graph.write('DELETE', '/applications/a')).toBeUndefined();
    expect(calls).toHaveLength(2);
    await expect(graph.write('PATCH', '/applications/a', {})).rejects.toThrow('404');
  });

  test('for a list reads every page, and never takes the token to another address', async () => {
    const { graph, calls } = world(
      { status: 200, body: { value: [1], '@odata.nextLink': 'https://graph.example/v1.0/groups?$skiptoken=1' } },
      { status: 200, body: { value: [2] } },
    );
    expect(await graph.list('/groups')).toEqual([1, 2]);
    expect(calls.map(({ url }) => url)).toEqual([
      'https://graph.example/v1.0/groups',
      'https://graph.example/v1.0/groups?$skiptoken=1',
    ]);
    const next = 'https://graph.example.evil.example/v1.0/groups';
    const led = world({ status: 200, body: { value: [], '@odata.nextLink': next } });
    await expect(led.graph.list('/groups')).rejects.toThrow('elsewhere');
    expect(led.calls).toHaveLength(1);
  });
});

describe('patience', () => {
  test.for([
    refusal(404, 'Request_ResourceNotFound'),
    refusal(
      400,
      'Request_BadRequest',
      "The appId 'x' of the service principal does not reference a valid application object.",
    ),
    refusal(400, 'Request_BadRequest', "Permission being assigned was not found on application 'x'."),
  ])('waits for what was made a moment ago, and tells whoever waits (%#)', async (reply) => {
    const { graph, waits, told } = world(reply, reply, reply, { status: 200, body: {} });
    await graph.patiently(() => graph.get('/x'));
    expect(waits).toEqual([500, 1_000, 2_000]);
    expect(told).toHaveLength(1);
  });

  test('ends after about two minutes, with what Graph said last', async () => {
    const { graph, waits } = world(refusal(404, 'Request_ResourceNotFound', 'It is not there.'));
    await expect(graph.patiently(() => graph.get('/x'))).rejects.toThrow('It is not there.');
    expect(sum(waits)).toBe(120_500);
  });

  test('has none with anything else', async () => {
    const { graph, waits } = world(refusal(400, 'InvalidValue', 'Property x is wrong.'));
    await expect(graph.patiently(() => graph.get('/x'))).rejects.toThrow('Property x is wrong.');
    expect(waits).toEqual([]);
  });
});
