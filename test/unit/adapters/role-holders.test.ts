/** Who holds a role, from pages in shapes that Graph never promised. Only the pages are the test's own. */
import { describe, expect, test } from 'vitest';
import { roleHolders } from '../../../shared/adapters/graph/role-holders.ts';

const ENDPOINT = 'https://graph.example';
const PATH = '/roleManagement/directory/roleAssignments';
const ASSIGNMENT = { principalId: 'ID', roleDefinitionId: 'r' };

/** Reads pages: each request is answered with the next body. */
async function read(bodies: readonly unknown[]) {
  const asked: string[] = [];
  const roles = roleHolders(
    async (urls) => {
      asked.push(...urls);
      return { kind: 'answered', date: 0, answers: new Map([['0', { status: 200, body: bodies[asked.length - 1] }]]) };
    },
    { monotonic: () => 0 },
    ENDPOINT,
  );
  return { roles: await roles(), asked };
}

test('pages are followed along links below the configured endpoint', async () => {
  const next = `${ENDPOINT}/v1.0${PATH}?$skiptoken=x`;
  const { roles, asked } = await read([
    { value: [ASSIGNMENT], '@odata.nextLink': next },
    { value: [{ ...ASSIGNMENT, principalId: 'other' }] },
  ]);
  expect([...(roles ?? [])]).toEqual([
    ['id', 'r'],
    ['other', 'r'],
  ]);
  expect(asked[1]).toBe(`${PATH}?$skiptoken=x`);
});

test.each([
  ['no body', null],
  ['text', 'x'],
  ['no list', { value: { 0: ASSIGNMENT } }],
  ['an assignment that is null', { value: [ASSIGNMENT, null] }],
  ['an assignment of nobody', { value: [{ roleDefinitionId: 'r' }] }],
  ['a relative link', { value: [], '@odata.nextLink': `/v1.0${PATH}?x` }],
  ['a link that is none', { value: [], '@odata.nextLink': 7 }],
  ['a link to another origin', { value: [], '@odata.nextLink': `https://evil.example/v1.0${PATH}?x` }],
  ['a link that only begins like the origin', { value: [], '@odata.nextLink': `${ENDPOINT}.evil.example/v1.0${PATH}` }],
  ['a link to another path', { value: [], '@odata.nextLink': `${ENDPOINT}/v1.0/users?x` }],
  ['a link that climbs', { value: [], '@odata.nextLink': `${ENDPOINT}/v1.0${PATH}/../x` }],
])('%s means that roles cannot be read, and nothing else is asked for', async (_what, body) => {
  const { roles, asked } = await read([body]);
  expect(roles).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test('a link that leads to itself comes to an end', async () => {
  const page = { value: [ASSIGNMENT], '@odata.nextLink': `${ENDPOINT}/v1.0${PATH}?x` };
  expect((await read(Array.from({ length: 100 }, () => page))).roles).toBeUndefined();
});

describe('what is kept', () => {
  const listed = { status: 200, body: { value: [ASSIGNMENT] } };
  /**
   * A list that asks at a moment, with an answer of that status; back come the names, and how often Graph was asked.
   */
  function lists() {
    let [now, asked, status] = [0, 0, 200];
    const roles = roleHolders(
      async () => {
        asked++;
        return { kind: 'answered', date: 0, answers: new Map([['0', status === 200 ? listed : { status, body: {} }]]) };
      },
      { monotonic: () => now },
      ENDPOINT,
    );
    return async (at: number, answer: number, since?: number): Promise<[boolean, number]> => {
      [now, status] = [at, answer];
      return [(await roles(since)) !== undefined, asked];
    };
  }
  test('a list serves five minutes, and nobody who wants a newer one', async () => {
    const at = lists();
    expect(await at(0, 200)).toEqual([true, 1]);
    expect(await at(299_000, 200)).toEqual([true, 1]);
    expect(await at(299_000, 200, 298_000)).toEqual([true, 2]);
    expect(await at(299_500, 200, 299_000)).toEqual([true, 2]);
  });
  test.each([429, 503, 401])('an answer of %i is not kept', async (status) => {
    const at = lists();
    expect(await at(0, status)).toEqual([false, 1]);
    expect(await at(1_000, 200)).toEqual([true, 2]);
  });
  test('a missing permission is known for five minutes', async () => {
    const at = lists();
    expect(await at(0, 403)).toEqual([false, 1]);
    expect(await at(299_000, 200)).toEqual([false, 1]);
    expect(await at(301_000, 200)).toEqual([true, 2]);
  });
});
