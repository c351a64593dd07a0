/** Who holds a role, from pages in shapes that Graph never promised. Only the pages are the test's own. */
import { expect, test } from 'vitest';
import { roleHolders } from '../../shared/adapters/graph/role-holders.ts';

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
