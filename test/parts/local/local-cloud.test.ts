import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { addressSettings } from '../../../local/cloud/environment.ts';
import { parseOptions, USAGE } from '../../../local/cloud/options.ts';
import { portsFrom } from '../../../local/cloud/ports.ts';
import { findFreePorts, spawnLauncher, startCloud } from '../../cloud/cloud.ts';
import type { TestCloud } from '../../cloud/cloud.ts';
import { reachable, sampleApp } from './functions-host-fixture.ts';
import { isAlive, POLL, processIds } from './local-cloud-fixture.ts';

async function get(cloud: TestCloud, path: string): Promise<string> {
  return (await fetch(`${cloud.api}/${path}`)).text();
}

async function hostPid(cloud: TestCloud): Promise<number> {
  return (JSON.parse(await get(cloud, 'seen')) as { pid: number }).pid;
}

function setting(cloud: TestCloud, name: string): Promise<string> {
  return get(cloud, `settings/${name}`);
}

describe('a running cloud', () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    const ends: (() => unknown)[] = [];
    const appDir = sampleApp(
      { settings: { SAMPLE: 'from the file', GRAPH_ENDPOINT: 'http://replaced.example' } },
      (end) => ends.push(end),
    );
    cloud = await startCloud({
      appDir,
      hosts: 2,
      guests: 5,
      store: 'azurite',
      env: { IDENTITY_HEADER: 'from-the-environment' },
    });
    return async () => {
      await cloud.stop();
      for (const end of ends) await end();
    };
  });

  test('prints where it is, where the console is, three commands that need no other tool than curl and sed, and those of PowerShell', () => {
    const [ready, page, submit, watch, results, ...rest] = cloud.logs().split('\n');
    expect(ready).toBe(`ready ${cloud.api}`);
    expect(page).toBe(`console ${cloud.api}/console`);
    expect(submit).toMatch(/^JOB=\$\(curl -sS .+\)$/);
    expect(submit).toContain(
      `--data-binary @.local/samples/guests-5-seed-1.csv -H 'Content-Type: text/csv' ${cloud.api}/jobs`,
    );
    expect(watch).toBe('curl -sS "$JOB"');
    expect(results).toBe('curl -sS "$JOB/resets?format=csv"');
    expect(rest).toEqual([
      'At the command line:',
      `export GUEST_RESET_URL=${cloud.api}`,
      'npm run -s guest-reset -- tenant',
      'In PowerShell:',
      'Import-Module ./clients/powershell/GuestReset',
      `Connect-GuestReset ${cloud.api}`,
      expect.stringMatching(/^Reset-GuestRedemption -User \S+@\S+ -SendInvitationMessage \$true -Wait$/),
      '',
    ]);
  });

  test('its state file names a living process and an address for every part', async () => {
    const { graph, broker, hosts } = cloud.state();
    expect(processIds(cloud.state()).filter((pid) => !isAlive(pid))).toEqual([]);
    expect(new Set(processIds(cloud.state())).size).toBe(6);
    expect(broker.url).toMatch(/^sb:\/\/localhost:\d+$/);
    expect(await reachable(`${graph.url}/_sim/users`)).toBe(true);
    for (const host of hosts) expect(await reachable(host.url)).toBe(true);
  });

  test('the app finds the parts at their real ports; local settings fill in, and the environment wins', async () => {
    expect(await setting(cloud, 'GRAPH_ENDPOINT')).toBe(cloud.graph);
    expect(await setting(cloud, 'IDENTITY_ENDPOINT')).toBe(`${cloud.graph}/_sim/identity/token`);
    expect(await setting(cloud, 'ServiceBusConnection')).toContain(`Endpoint=${cloud.state().broker.url};`);
    expect(await setting(cloud, 'TableStorage')).toContain(`TableEndpoint=${cloud.state().tables.url};`);
    expect(await setting(cloud, 'SAMPLE')).toBe('from the file');
    expect(await setting(cloud, 'IDENTITY_HEADER')).toBe('from-the-environment');
  });

  test('a table client of the real SDK works with its tables', async () => {
    const client = TableClient.fromConnectionString(await setting(cloud, 'TableStorage'), 'sample', {
      allowInsecureConnection: true,
    });
    await client.createTable();
    await client.createEntity({ partitionKey: 'p', rowKey: 'r', value: 5 });
    expect(await client.getEntity('p', 'r')).toMatchObject({ value: 5 });
  });

  test('requests go to the hosts in turn, and the app sees the public address', async () => {
    const pids = await Promise.all([hostPid(cloud), hostPid(cloud), hostPid(cloud)]);
    expect(new Set(pids)).toEqual(new Set(cloud.state().hosts.map(({ pid }) => pid)));
    const thing = JSON.parse(await get(cloud, 'things/0c9f6e3e-1111-4222-8333-abcdefabcdef')) as { url: string };
    expect(thing.url).toBe(`${cloud.api}/things/0c9f6e3e-1111-4222-8333-abcdefabcdef`);
  });

  test('an upload is streamed through to a host', async () => {
    const upload: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body: new Blob(['abc']).stream(),
      duplex: 'half',
    };
    const response = await fetch(`${cloud.api}/echo`, upload);
    expect(await response.text()).toBe('abc');
  });

  test('while a host is down requests go to the other one; then it is started again', async () => {
    const [first] = cloud.state().hosts;
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await expect.poll(() => isAlive(first?.pid ?? 0), POLL).toBe(false);
    const answers = await Promise.all(Array.from({ length: 10 }, () => fetch(`${cloud.api}/things/latest`)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    await expect.poll(() => cloud.state().hosts[0]?.pid, POLL).not.toBe(first?.pid);
    await expect
      .poll(async () => new Set([await hostPid(cloud), await hostPid(cloud)]), POLL)
      .toEqual(new Set(cloud.state().hosts.map(({ pid }) => pid)));
    expect(cloud.logs()).toContain('host 1 ended (SIGKILL) and is started again.\n');
  });

  test('a request that a host had already got when it died is answered with 502 and not repeated', async () => {
    const slow = fetch(`${cloud.api}/slow?ms=20000`);
    // Whichever host has the request says so.
    const busyHost = async () => {
      for (const host of cloud.state().hosts) {
        const { seen, pid } = (await (await fetch(`${host.url}/api/seen`)).json()) as { seen: string[]; pid: number };
        if (seen.includes('slow started')) return pid;
      }
      return 0;
    };
    await expect.poll(busyHost, POLL).toBeGreaterThan(0);
    process.kill(await busyHost(), 'SIGKILL');
    const response = await slow;
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 502, code: 'hostLost' });
  });

  test('a dead simulator is started again at the same address, and says that its memory is lost', async () => {
    const { pid } = cloud.state().graph;
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => cloud.state().graph.pid, POLL).not.toBe(pid);
    expect(await reachable(`${cloud.graph}/_sim/users`)).toBe(true);
    expect(cloud.logs()).toContain('graph ended (SIGKILL) and is started again. Its memory is lost.\n');
  });
});

test.each([0, 3])('when port N+%i is busy, the launcher says so on one line and exits with 1', async (offset) => {
  const port = await findFreePorts();
  const other = createServer().listen(port + offset, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const launcher = spawnLauncher(['--port', String(port), '--app-dir', sampleApp()]);
  expect(await launcher.ended).toBe(1);
  expect(launcher.logs()).toMatch(
    new RegExp(
      `^Port ${(other.address() as AddressInfo).port} \\(\\w+\\) is in use\\. Choose others with --port N; .+\\n$`,
    ),
  );
});

test("an app that is not built ends the launcher with the host's own words, and nothing stays", async () => {
  const port = await findFreePorts();
  const launcher = spawnLauncher(['--port', String(port), '--guests', '5', '--app-dir', sampleApp({ built: false })]);
  expect(await launcher.ended).toBe(1);
  expect(launcher.logs()).toMatch(
    /^functions host: .+ Run "npm run build" and start again\.\nhost did not start; its own message is above\.\n$/,
  );
  expect(await reachable(`http://localhost:${port + 1}/_sim/users`)).toBe(false);
});

test('a wrong option is refused with one line, and --help tells every option', async () => {
  const [wrong, help] = [spawnLauncher(['--port', 'x']), spawnLauncher(['--help'])];
  expect(await wrong.ended).toBe(1);
  expect(wrong.logs()).toBe('--port must be a whole number from 1 to 65532, not "x". See --help.\n');
  expect(await help.ended).toBe(0);
  expect(help.logs()).toBe(USAGE);
});

test('the command line is read with its defaults, and each option is checked', () => {
  expect(parseOptions([])).toMatchObject({
    port: 7071,
    guests: 1000,
    seed: 1,
    hosts: 1,
    useCoreTools: false,
    store: 'azurite',
  });
  expect(parseOptions(['--guests', '5', '--hosts', '3', '--lock-seconds', '10', '--func'])).toMatchObject({
    guests: 5,
    hosts: 3,
    lockSeconds: 10,
    useCoreTools: true,
  });
  expect(parseOptions(['--store', 'light'])).toMatchObject({ store: 'light' });
  expect(() => parseOptions(['--store', 'heavy'])).toThrow('--store must be azurite or light, not "heavy".');
  expect(() => parseOptions(['--hosts', '0'])).toThrow('--hosts must be a whole number from 1 to 16, not "0".');
  expect(() => parseOptions(['--unknown'])).toThrow("Unknown option '--unknown'");
});

describe('--func', () => {
  test('without Core Tools the launcher says how to get them', async () => {
    const launcher = spawnLauncher(['--func'], { PATH: tmpdir() });
    expect(await launcher.ended).toBe(1);
    expect(launcher.logs()).toMatch(
      /^Azure Functions Core Tools \("func"\) are not on the PATH\. Install them with .+\n$/,
    );
  });

  test('runs func in place of the host, with the addresses of the parts, and ends with its exit code', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'fake-func-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const func = join(directory, 'func');
    writeFileSync(func, '#!/bin/sh\necho "func $@"\necho "graph $GRAPH_ENDPOINT"\nexit 7\n');
    chmodSync(func, 0o755);
    const port = await findFreePorts();
    const launcher = spawnLauncher(['--func', '--port', String(port), '--guests', '5', '--app-dir', sampleApp()], {
      PATH: `${directory}:${process.env['PATH']}`,
    });
    expect(await launcher.ended).toBe(7);
    const { GRAPH_ENDPOINT } = addressSettings(portsFrom(port, undefined));
    expect(launcher.logs()).toBe(`func start --port ${port}\ngraph ${GRAPH_ENDPOINT}\n`);
  });
});
