/** Rows that hold times which are none: whoever reads many must not fail for one, nor must anybody who submits. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectTables, type Tables } from '../../shared/adapters/tables/client.ts';
import { tablesConnection } from '../parts/service-fixture.ts';
import { startCloud, type TestCloud } from './cloud.ts';
import { completed, json, submitCsv } from './jobs.ts';

/** Every time in a row's JSON: thirteen digits, maybe with fractions. */
const TIMES = /\b\d{13}(\.\d+)?\b/g;
/** An instance may know a row for a second. */
const KNOWN_MS = 1_500;

let cloud: TestCloud;
let tables: Tables;
let guests: string[] = [];
beforeAll(async () => {
  cloud = await startCloud({ judged: false, guests: 50, seed: 6 });
  const port = Number(new URL(cloud.state().tables.url).port);
  tables = connectTables({ connectionString: tablesConnection(port) }, () => false);
  const users = await json<{ id: string; externalUserState: string }[]>(`${cloud.graph}/_sim/users`);
  guests = users.body.filter(({ externalUserState }) => externalUserState === 'Accepted').map(({ id }) => id);
});
afterAll(async () => {
  await cloud?.stop();
});

type Entity = { readonly partitionKey: string; readonly rowKey: string } & Record<string, unknown>;

async function entitiesOf(table: Tables['control']): Promise<Entity[]> {
  const all: Entity[] = [];
  for await (const { etag: _read, timestamp: _at, ...entity } of table.listEntities()) all.push(entity as Entity);
  return all;
}

/** @returns what makes the control row as it was: nothing would be sent of the next job while Graph is said to wait */
async function makeAbsurd(times: string): Promise<() => Promise<void>> {
  for (const table of [tables.jobs, tables.chunks])
    for (const entity of await entitiesOf(table)) {
      // JSON goes over properties with a number at the end.
      const absurd = Object.entries(entity).map(([name, value]) =>
        typeof value === 'string' && /\d$/.test(name) ? [name, value.replaceAll(TIMES, times)] : [name, value],
      );
      await table.updateEntity(
        {
          ...(Object.fromEntries(absurd) as Entity),
          ...('dueAt' in entity && { dueAt: new Date('9999-12-31T00:00:00Z') }),
        },
        'Replace',
      );
    }
  const before = await entitiesOf(tables.control);
  for (const { partitionKey, rowKey } of before)
    await tables.control.updateEntity({ partitionKey, rowKey, control0: CONTROL.replaceAll('"T"', times) }, 'Replace');
  return async () => {
    for (const entity of before) await tables.control.updateEntity(entity, 'Replace');
    await wait(KNOWN_MS);
  };
}

const CONTROL = JSON.stringify({
  gate: { resumedAt: 'T' },
  pace: {
    nextFreeAt: 'T',
    throttledUntil: 'T',
    nextReadAt: 'T',
    nextPriorityAt: 'T',
    spent: { writes: 'T', invitations: 'T' },
    slowed: { factor: 0.5, since: 'T' },
  },
});

interface Route {
  readonly method: string;
  readonly path: string;
}

/** Every GET and POST of the API, first those that change nothing. */
async function routes(): Promise<Route[]> {
  const { paths } = (await json<{ paths: Record<string, Record<string, object>> }>(`${cloud.api}/openapi.json`)).body;
  return ['get', 'post'].flatMap((method) =>
    Object.entries(paths).flatMap(([path, methods]) => (method in methods ? [{ method, path }] : [])),
  );
}

/** @returns whether it has failed. That Graph is not asked while it is said to throttle is no failure. */
async function fails({ method, path }: Route, id: string, guestId: string): Promise<boolean> {
  const url = `${cloud.api}${path.replace('{id}', id).replace('{guestId}', guestId)}`;
  const isSubmission = method === 'post' && path === '/jobs';
  const response = await fetch(url, {
    method: method.toUpperCase(),
    ...(isSubmission && {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ sendInvitationMessage: false, resets: [{ user: guestId }] }),
    }),
  });
  const text = await response.text();
  const isThrottled = path === '/guests/{guestId}' && text.includes('"graphUnavailable"');
  if (isThrottled) return !(Number(response.headers.get('retry-after')) <= 3_600);
  return response.status >= 500;
}

// One after the other in one cloud: three that start side by side take each other's time.
test.each(['1e20', '1e999', 'null'])('no GET and no POST fails because rows hold the time %s', async (times) => {
  const [guest = '', other = ''] = guests.splice(0, 2);
  const query = '?sendInvitationMessage=false&skipIfResetWithinHours=0';
  const ended = await submitCsv(cloud.api, `user\n${guest}\n`, query);
  await completed(ended.completion, 10);
  const waiting = await submitCsv(cloud.api, `user\n${other}\n`, `${query}&notBefore=2999-01-01T00:00:00Z`);
  const makeSound = await makeAbsurd(times);
  const failed: string[] = [];
  const writtenAt = Date.now();
  const all = await routes();
  expect(all.length).toBeGreaterThan(15);
  const ask = async (asked: string): Promise<void> => {
    for (const route of all.filter(({ method }) => method === asked))
      for (const { id } of [ended, waiting])
        if (await fails(route, id, guest)) failed.push(`${route.method} ${route.path} of ${id}`);
  };
  do await ask('get');
  while (Date.now() < writtenAt + KNOWN_MS);
  await ask('post');
  await makeSound();
  expect([...new Set(failed)]).toEqual([]);
});
