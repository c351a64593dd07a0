/** Rows that hold times which are none: whoever reads many must not fail for one, nor must anybody who submits. */
import { expect, test } from 'vitest';
import { connectTables, type Tables } from '../../shared/adapters/tables/client.ts';
import { tablesConnection } from '../parts/service-fixture.ts';
import { startCloud, type TestCloud } from './cloud.ts';
import { completed, json, submitCsv } from './jobs.ts';

/** Every time in a row's JSON: thirteen digits, maybe with fractions. */
const TIMES = /\b\d{13}(\.\d+)?\b/g;
/** An instance may know a row for a second. */
const KNOWN_MS = 1_500;

async function makeAbsurd(tables: Tables, times: string): Promise<void> {
  for (const table of [tables.jobs, tables.chunks])
    for await (const { etag: _read, timestamp: _at, ...entity } of table.listEntities()) {
      const members: [string, unknown][] = Object.entries(entity);
      // JSON goes over properties with a number at the end.
      const absurd = members.map(([name, value]) =>
        typeof value === 'string' && /\d$/.test(name) ? [name, value.replaceAll(TIMES, times)] : [name, value],
      );
      await table.updateEntity(
        {
          ...(Object.fromEntries(absurd) as { partitionKey: string; rowKey: string }),
          ...('dueAt' in entity && { dueAt: new Date('9999-12-31T00:00:00Z') }),
        },
        'Replace',
      );
    }
  for await (const { partitionKey = '', rowKey = '' } of tables.control.listEntities())
    await tables.control.updateEntity({ partitionKey, rowKey, control0: CONTROL.replaceAll('"T"', times) }, 'Replace');
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
async function routes(cloud: TestCloud): Promise<Route[]> {
  const { paths } = (await json<{ paths: Record<string, Record<string, object>> }>(`${cloud.api}/openapi.json`)).body;
  return ['get', 'post'].flatMap((method) =>
    Object.entries(paths).flatMap(([path, methods]) => (method in methods ? [{ method, path }] : [])),
  );
}

/** @returns whether it has failed. That Graph is not asked while it is said to throttle is no failure. */
async function fails(cloud: TestCloud, { method, path }: Route, id: string, guestId: string): Promise<boolean> {
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

// Each has a cloud of its own, and waits for seconds until every instance has seen a stop. The cloud may take 30 s to
// start and 20 s to end, the first job 20 s, and what is asked then a minute where the machine has much else to do.
test.concurrent.each(['1e20', '1e999', 'null'])(
  'no GET and no POST fails because rows hold the time %s',
  { timeout: 130_000 },
  async (times) => {
    await using cloud = await startCloud({ judged: false, guests: 50, seed: 6 });
    const port = Number(new URL(cloud.state().tables.url).port);
    const tables = connectTables({ connectionString: tablesConnection(port) }, () => false);
    const [guest, other] = (await json<{ id: string; externalUserState: string }[]>(`${cloud.graph}/_sim/users`)).body
      .filter(({ externalUserState }) => externalUserState === 'Accepted')
      .map(({ id }) => id);
    const query = '?sendInvitationMessage=false&skipIfResetWithinHours=0';
    const ended = await submitCsv(cloud.api, `user\n${guest}\n`, query);
    await completed(ended.completion, 20);
    const waiting = await submitCsv(cloud.api, `user\n${other}\n`, `${query}&notBefore=2999-01-01T00:00:00Z`);
    await makeAbsurd(tables, times);
    const failed: string[] = [];
    const writtenAt = Date.now();
    const all = await routes(cloud);
    expect(all.length).toBeGreaterThan(15);
    do
      for (const route of all.filter(({ method }) => method === 'get'))
        for (const { id } of [ended, waiting])
          if (await fails(cloud, route, id, guest ?? '')) failed.push(`${route.method} ${route.path} of ${id}`);
    while (Date.now() < writtenAt + KNOWN_MS);
    for (const route of all.filter(({ method }) => method === 'post'))
      for (const { id } of [ended, waiting])
        if (await fails(cloud, route, id, guest ?? '')) failed.push(`${route.method} ${route.path} of ${id}`);
    expect([...new Set(failed)]).toEqual([]);
  },
);
