import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { reachable, sampleApp, sharedHost, spawnHost, startHost } from './functions-host-fixture.ts';

const host = sharedHost({
  settings: { SAMPLE_A: 'file', SAMPLE_B: 'file' },
  env: { SAMPLE_B: 'environment', SAMPLE_RUN_ON_STARTUP: 'yes' },
});

test('settings come from local.settings.json, and the environment wins', async () => {
  const { url } = host();
  expect(await (await fetch(`${url}/api/settings/SAMPLE_A`)).text()).toBe('file');
  expect(await (await fetch(`${url}/api/settings/SAMPLE_B`)).text()).toBe('environment');
});

test('log lines name level and function; information is shown only when LOCAL_LOG is verbose', async () => {
  await fetch(`${host().url}/api/log`);
  expect(host().output()).toMatch(/^\[\d{4}-.+Z\] warning log: a warning\n$/);

  const verbose = await startHost({ env: { LOCAL_LOG: 'verbose' } });
  await fetch(`${verbose.url}/api/log`);
  expect(verbose.output()).toContain('] information log: an information\n');
  expect(verbose.output()).toContain('] debug log: hooks ran\n');
  expect(verbose.output()).toMatch(/^\[\S+\] debug log: Executed in \d+ ms$/m);
});

test('a timer runs at startup where that is asked for, and on demand, one run after the other', async () => {
  const { url } = host();
  const run = () =>
    fetch(`${url}/admin/functions/tick`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
  const answers = await Promise.all([run(), run()]);
  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  const done = { tick: false, next: expect.stringMatching(/^\d{4}-01-01T00:00:00/) };
  await expect.poll(() => host().seen()).toEqual(['tick starts', done, 'tick starts', done, 'tick starts', done]);
  expect((await fetch(`${url}/admin/functions/unknown`, { method: 'POST' })).status).toBe(404);
});

test('a timer follows its schedule', async () => {
  const busy = await startHost({ settings: { TICK_SCHEDULE: '* * * * * *' } });
  await expect
    .poll(async () => (await busy.seen()).filter((entry) => entry === 'tick starts').length, { timeout: 10_000 })
    .toBe(2);
});

test('after SIGTERM the host takes no request, lets a running one finish and exits with 0', async () => {
  const ending = await startHost();
  const slow = fetch(`${ending.url}/api/slow?ms=600`);
  await expect.poll(() => ending.seen()).toContain('slow started');
  ending.child.kill('SIGTERM');
  await expect.poll(() => reachable(ending.url)).toBe(false);
  expect(ending.child.exitCode).toBeNull();
  expect(await (await slow).text()).toBe('done');
  const answeredAt = performance.now();
  expect(await ending.ended).toEqual([0, null]);
  // It does not wait for the connection, which this client keeps open for 4 s.
  expect(performance.now() - answeredAt).toBeLessThan(2_000);
});

test('the host ends when its parent is gone', async () => {
  const orphan = await startHost();
  orphan.child.disconnect();
  expect((await orphan.ended)[0]).toBe(0);
});

test.each([
  [
    'the bundle is missing',
    { built: false },
    /dist\/main\.cjs does not exist\. Run "npm run build" and start again\.\n$/,
  ],
  ['no function registers', { source: '' }, /registered no function\. Run "npm run build"/],
  ['the bundle throws', { source: 'throw new Error("broken setup")' }, /failed while it was loaded: broken setup\n$/],
  [
    'a setting that a binding names is missing',
    { settings: { WORK_QUEUE: 'work' } },
    /The function worker cannot start: the setting ServiceBusConnection is missing\./,
  ],
  [
    'a schedule cannot be read',
    { settings: { TICK_SCHEDULE: '0 61 * * * *' } },
    /The function tick cannot start: "61" in the schedule "0 61 \* \* \* \*" is not between 0 and 59/,
  ],
])('when %s, the host says so on one line and exits with 1', async (_name, options, message) => {
  const broken = spawnHost(sampleApp(options));
  expect((await broken.ended)[0]).toBe(1);
  expect(broken.output()).toMatch(message);
  expect(broken.output().match(/\n/g)).toHaveLength(1);
});

test('a busy port is one clear line and exit code 1', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const second = spawnHost(sampleApp(), {}, port);
  expect((await second.ended)[0]).toBe(1);
  expect(second.output()).toBe(`functions host: port ${port} is in use. Choose another with --port.\n`);
  other.close();
});
