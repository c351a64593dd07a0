/** The clock of a process, as the table service's dates correct it. */
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTables } from '../../../local/tables/store.ts';
import { correctedClock } from '../../../shared/adapters/clock.ts';
import { connectTables, type Tables } from '../../../shared/adapters/tables/client.ts';
import { tablesConnection } from '../service-fixture.ts';

const DAY = 86_400_000;
let store: Awaited<ReturnType<typeof startTables>>;
let proxy: Server;
/** By how many ms the date of the next answer is ahead. */
let ahead: () => number;
let asked: number;
/** How far the local clock is ahead of the right time. */
let localAhead: number;
let clock: ReturnType<typeof correctedClock>;
let tables: Tables;

beforeEach(async () => {
  [ahead, asked, localAhead] = [() => 0, 0, 0];
  store = await startTables('light', 0);
  proxy = createServer((incoming, outgoing) => {
    asked++;
    const { method, url, headers } = incoming;
    const onward = httpRequest({ port: store.port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
      const date = new Date(Date.now() + ahead()).toUTCString();
      outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, date });
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
  clock = correctedClock({ now: () => Date.now() + localAhead, monotonic: () => performance.now() });
  const connectionString = tablesConnection((proxy.address() as AddressInfo).port);
  tables = connectTables({ connectionString }, (date) => clock.onServerDate(date));
  await tables.control.createTable();
  asked = 0;
});
afterEach(async () => {
  proxy.closeAllConnections();
  await new Promise((resolve) => void proxy.close(resolve));
  await store.close();
});

const read = (): Promise<unknown> => tables.control.getEntity('tenant', 'control').catch(() => undefined);
const wrongBy = (): number => Math.abs(clock.now() - Date.now());

test('one wild date moves nothing: the service is asked once more', async () => {
  let answers = 0;
  ahead = () => (answers++ === 0 ? DAY : 0);
  await read();
  expect(wrongBy()).toBeLessThan(3_000);
  expect(asked).toBe(2);
});

test('a process whose own clock is wrong knows the time when its first answer has come, and asks no more after that', async () => {
  localAhead = -4 * 60_000;
  await read();
  expect(wrongBy()).toBeLessThan(3_000);
  asked = 0;
  await Promise.all([read(), read(), read()]);
  expect(asked).toBe(3);
});

test('answers that come together wait for one dispute, and it is the only one', async () => {
  localAhead = 4 * 60_000;
  await Promise.all([read(), read(), read()]);
  expect(wrongBy()).toBeLessThan(3_000);
  expect(asked).toBeLessThan(3 + 5);
});

test('a service whose dates jump moves nothing, and holds nobody up for long', async () => {
  let answers = 0;
  ahead = () => (answers++ % 2 === 0 ? 1 : -1) * (answers + 1) * DAY;
  const started = performance.now();
  await read();
  expect(wrongBy()).toBeLessThan(3_000);
  expect(performance.now() - started).toBeLessThan(3_000);
});

test('a right clock costs no question', async () => {
  await Promise.all([read(), read()]);
  expect(asked).toBe(2);
});
