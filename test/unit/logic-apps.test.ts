/** The little Logic Apps that run the samples: what it evaluates, and that it refuses whatever it does not know. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { secondsOf } from '../logic-apps/definition.ts';
import { evaluateText, type Value } from '../logic-apps/expression.ts';
import type { Moment } from '../logic-apps/functions.ts';
import { runHttpAction, type Platform, type Sent } from '../logic-apps/http-action.ts';
import { readWorkflow } from '../logic-apps/run.ts';

const moment: Moment = {
  trigger: { body: { guest: "o'hara", count: 3, none: null, list: [{ status: 'ok' }] } },
  parameters: new Map<string, Value>([['url', 'https://api.example']]),
  workflowName: 'w',
  runName: 'r1',
  ended: new Map([
    ['Done', { status: 'Succeeded' as const, outputs: { statusCode: 200, headers: {}, body: { id: 'j' } } }],
    ['Lost', { status: 'Failed' as const, outputs: null }],
  ]),
};

describe('an expression', () => {
  test.each<readonly [string, Value]>([
    ['plain', 'plain'],
    ['@@at', '@at'],
    ["@{parameters('url')}/x/@{workflow()['run']['name']}", 'https://api.example/x/r1'],
    ["@triggerBody()['count']", 3],
    ["n=@{triggerBody()['count']}", 'n=3'],
    ["@triggerBody()?['list']?[0]?['status']", 'ok'],
    ["@triggerBody()?['no']?['deeper']?[0]", null],
    ["@body('Done')['id']", 'j'],
    ["@body('Lost')?['id']", null],
    ["@encodeUriComponent(concat('a b#EXT#@', 'it''s/(x)'))", 'a%20b%23EXT%23%40it%27s%2F%28x%29'],
    ["@if(equals('a', 'b'), 1, 2)", 2],
    ["@or(equals(1, 2), equals('x', 'x'))", true],
    ["@coalesce(triggerBody()['none'], 'else')", 'else'],
    [`@json(base64ToString(base64(string(body('Done')))))`, { id: 'j' }],
    ["@startsWith('{}', '{')", true],
  ])('%s', (text, value) => {
    expect(evaluateText(text, moment)).toEqual(value);
  });
  test.each([
    '@guid()',
    "@triggerBody()['missing']",
    "@triggerBody()['none']['x']",
    // A text has no members, with a question mark neither.
    "@triggerBody()?['guest']?['x']",
    "@triggerBody()?['list']?[1]",
    "@concat('a', 1)",
    "@body('Later')",
    "@parameters('unknown')",
    "@string(triggerBody()['none'])",
    "@coalesce('a'",
    "@concat('a') b",
    // Both sides are evaluated.
    "@if(equals(1, 1), 'a', triggerBody()['missing'])",
  ])('%s is refused', (text) => {
    expect(() => evaluateText(text, moment)).toThrow(text);
  });
});

test.each([
  ['PT1H', 3600],
  ['P1D', 86_400],
  ['PT2M30S', 150],
])('%s is %i seconds', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds);
});

test.each(['logic-apps', 'lifecycle-workflows'])('a member that nobody knows makes samples/%s no workflow', (name) => {
  const file = JSON.parse(readFileSync(`samples/${name}/reset-guest.json`, 'utf8')) as {
    definition: { actions: Record<string, object> };
  };
  expect(() => readWorkflow(JSON.stringify(file))).not.toThrow();
  for (const more of [{ operationOptions: 'DisableAsyncPattern' }, { type: 'ApiConnection' }, { foreach: '@x' }]) {
    const actions = { ...file.definition.actions, Reset_guest: { ...file.definition.actions['Reset_guest'], ...more } };
    expect(() => readWorkflow(JSON.stringify({ ...file, definition: { ...file.definition, actions } }))).toThrow(
      'Reset_guest',
    );
  }
});

test.each(['logic-apps', 'lifecycle-workflows'])('nobody starts samples/%s by a signed address', (name) => {
  const { triggers = '' } =
    /accessControl: \{\s+triggers: \{(?<triggers>.*?)openAuthenticationPolicies/s.exec(
      readFileSync(`samples/${name}/main.bicep`, 'utf8'),
    )?.groups ?? {};
  expect(
    triggers
      .replaceAll(/\s*\/\/.*|#disable.*/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  ).toBe("sasAuthenticationPolicy: { state: 'Disabled' }");
});

describe('an HTTP action', () => {
  const inputs = {
    method: 'POST' as const,
    uri: 'https://api.example/x',
    headers: { 'Idempotency-Key': 'k', Accept: 'text/csv', 'Accept-Language': 'de', Cookie: 'a=b', 'Content-MD5': 'x' },
    body: { a: 1 },
    authentication: { type: 'ManagedServiceIdentity' as const, audience: 'api://x' },
  };
  const answered = async (answers: readonly Response[], limit?: string) => {
    const left = [...answers];
    const sent: Sent[] = [];
    const waited: number[] = [];
    const platform: Platform = {
      send: async (request) => {
        sent.push(request);
        return left.shift();
      },
      tokenFor: async (audience) => `token for ${audience}`,
      wait: async (seconds) => void waited.push(seconds),
      wrapsOtherJson: true,
    };
    return { ended: await runHttpAction(inputs, limit, platform), sent, waited };
  };
  const accepted = (headers: Record<string, string> = {}): Response =>
    new Response('{}', { status: 202, headers: { location: 'https://api.example/later', ...headers } });

  test('sends neither Accept nor other headers that the platform takes out', async () => {
    const { sent } = await answered([Response.json({})]);
    expect(sent[0]?.headers).toEqual({
      'Idempotency-Key': 'k',
      Authorization: 'Bearer token for api://x',
      'Content-Type': 'application/json',
    });
  });
  test('polls with the same authentication and nothing else, every 20 s or as Retry-After says', async () => {
    const { ended, sent, waited } = await answered([accepted(), accepted({ 'retry-after': '7' }), Response.json({})]);
    const poll = {
      url: 'https://api.example/later',
      method: 'GET',
      headers: { Authorization: 'Bearer token for api://x' },
    };
    expect([ended.status, waited, sent.slice(1)]).toEqual(['Succeeded', [20, 7], [poll, poll]]);
  });
  test.each([409, 429, 503])('ends at a poll that is answered %i', async (status) => {
    const { ended, sent } = await answered([accepted(), new Response(null, { status }), Response.json({})]);
    expect([ended.status, sent.length]).toEqual(['Failed', 2]);
  });
  test('repeats the first request four times after 408, 429, a 5xx or no answer, and not after another refusal', async () => {
    const bad = [408, 429, 500].map((status) => new Response(null, { status }));
    const { ended, sent, waited } = await answered(bad);
    expect([ended, sent.length, waited]).toEqual([{ status: 'Failed', outputs: null }, 5, [7.5, 15, 30, 45]]);
    expect((await answered([new Response(null, { status: 400 })])).sent).toHaveLength(1);
  });
  test('gives up when its limit has passed', async () => {
    const asked = Array.from({ length: 9 }, () => accepted({ 'retry-after': '300' }));
    const { ended, sent } = await answered(asked, 'PT10M');
    expect([ended.status, sent.length]).toEqual(['TimedOut', 3]);
  });
  test('keeps JSON of another type as base64, and text as text', async () => {
    const type = 'application/problem+json';
    const wrapped = await answered([new Response('{}', { status: 400, headers: { 'content-type': type } })]);
    expect(wrapped.ended.outputs).toMatchObject({ body: { '$content-type': type, $content: 'e30=' } });
    expect((await answered([new Response('no', { status: 401 })])).ended.outputs).toMatchObject({ body: 'no' });
  });
});
