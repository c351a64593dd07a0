/** How one guest stands, of the built app over HTTP: hostile names, and many who look at once. */
import http from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';
import { json } from './jobs.ts';

interface SimUser {
  readonly id: string;
  readonly mail: string | null;
  readonly displayName: string;
  readonly creationType: string | null;
}

let cloud: TestCloud;
let guests: SimUser[];
beforeAll(async () => {
  cloud = await startCloud({ guests: 40 });
  const users = (await json<SimUser[]>(`${cloud.graph}/_sim/users`)).body;
  guests = users.filter(({ creationType, mail }) => creationType === 'Invitation' && mail !== null);
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

const lookUps = async (): Promise<number> =>
  (await json<{ requests: { getUser: number } }>(`${cloud.graph}/_sim/stats`)).body.requests.getUser;

/** By `node:http`, which sends a path as it is written. */
async function ask(path: string): Promise<readonly [number, unknown]> {
  const { port } = new URL(cloud.api);
  const request = http.request({ path: `/api${path}`, port, agent: false }).end();
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  const said = await text(answer);
  const isJson = answer.headers['content-type']?.includes('json') === true;
  return [answer.statusCode ?? 0, isJson ? (JSON.parse(said) as { code?: string }).code : undefined];
}

test.each([
  ['a slash', '%2f'],
  ['a way out', '..%2f..%2fjobs'],
  ['a way out, encoded twice', '%252e%252e%252fjobs'],
  ['a quote', "'"],
  ['a quote and a filter', 'x%27%20or%20mail%20ne%20%27'],
  ['a query', '%3F$select=id'],
  ['nothing that is seen', '%00'],
  ['what cannot be decoded', '%ZZ'],
  ['bytes that are no text', '%ff%fe'],
  ['seven thousand letters', 'a'.repeat(7_000)],
  ['an address without end', `${'a'.repeat(7_000)}@fabrikam.example`],
  ['ten thousand letters', 'a'.repeat(10_000)],
  ['a name of all objects', '__proto__'],
  ['blanks', '%20'],
])('a guest who is named by %s is refused as in a history, and nobody is looked up', async (_name, guest) => {
  const before = await lookUps();
  const [status, code] = await ask(`/guests/${guest}`);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  const [ofHistory, codeOfHistory] = await ask(`/guests/${guest}/resets`);
  expect([status, code]).toEqual([ofHistory, codeOfHistory]);
  expect(await lookUps()).toBe(before);
});

test('an address with a quote in it is looked up as it is, and nobody has it', async () => {
  expect(await ask("/guests/o'brien%27%20or%20x@fabrikam.example")).toEqual([400, 'invalidGuestId']);
  expect(await ask("/guests/o'brien@fabrikam.example")).toEqual([404, 'guestNotFound']);
});

test('fifty who open the same page cause one look-up, whoever is first, and see the same', async () => {
  const before = await lookUps();
  const [one] = guests;
  const all = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      json<{ id: string; displayName: string; readAt: string }>(
        `${cloud.api}/guests/${index % 2 === 0 ? one?.id : one?.id.toUpperCase()}`,
      ),
    ),
  );
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
  expect(all[0]?.body).toMatchObject({ id: one?.id, displayName: one?.displayName });
  expect(new Set(all.map(({ body }) => body.readAt)).size).toBe(1);
  expect((await lookUps()) - before).toBe(1);
});

test('who opens the pages of many is told when to go on, and can', { timeout: 30_000 }, async () => {
  const answers = await Promise.all(
    Array.from({ length: 80 }, async () => fetch(`${cloud.api}/guests/${crypto.randomUUID()}`)),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(10);
  const seconds = Number(refused[0]?.headers.get('retry-after'));
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(seconds).toBeLessThanOrEqual(2);
  await expect
    .poll(async () => (await fetch(`${cloud.api}/guests/${guests[1]?.id}`)).status, { timeout: 10_000 })
    .toBe(200);
});
