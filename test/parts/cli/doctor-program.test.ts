/** `npm run doctor` as people start it: a process, with an Azure CLI that gives tokens. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Snapshot } from '../../../local/arm/resources.ts';
import { startArm, type ArmSimulator } from '../../../local/arm/simulator.ts';
import { CLIENT_ID, startDeployedApp, TENANT_ID, TOKEN, type DeployedApp } from './deployed-app.ts';

const snapshot = JSON.parse(readFileSync('infra/test/plain.snapshot.json', 'utf8')) as Snapshot;
const PLACE = ['--resource-group', 'rg-guest-reset', '--subscription', '11111111-1111-4111-8111-111111111111'];

let tools: string;
beforeAll(() => {
  tools = mkdtempSync(join(tmpdir(), 'az-'));
  writeFileSync(
    join(tools, 'az'),
    `#!/bin/sh\necho '{"accessToken":"${TOKEN}","expiresOn":"2099-01-01 00:00:00.000000","expires_on":4070908800}'\n`,
  );
  chmodSync(join(tools, 'az'), 0o755);
});
afterAll(() => rmSync(tools, { recursive: true }));

let app: DeployedApp;
let arm: ArmSimulator;
beforeEach(async () => {
  [app, arm] = await Promise.all([startDeployedApp(), startArm(snapshot)]);
});
afterEach(() => Promise.all([app.stop(), arm.stop()]));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** @param more over the environment; without an Azure CLI where `PATH` is given */
function run(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const env = {
    PATH: [tools, dirname(process.execPath), process.env['PATH']].join(delimiter),
    NODE_NO_WARNINGS: '1',
    API_CLIENT_ID: CLIENT_ID,
    AZURE_TENANT_ID: TENANT_ID,
    ARM_ENDPOINT: arm.url,
    ...more,
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['cli/main.ts', 'doctor', ...args], { env }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

test('a whole deployment is found right, with a line for each thing outside and a count of those in Azure', async () => {
  const { code, out, err } = await run(['--url', `${app.url}/api`, ...PLACE]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^From outside, as a stranger\n {2}ok {5}/);
  expect(out).toMatch(/a dry run of nobody: .+\n/);
  expect(out).toMatch(/\nAzure\n {2}ok {5}\d\d+ things are as they must be\.\n/);
  expect(out).toMatch(/\nNothing is wrong\./);
});

test('what is wrong is named, with what to do, and the exit code says so; as JSON, too', async () => {
  app.says('GET /api/jobs forged', { status: 200, body: [] });
  for (const id of arm.resources.keys()) if (id.endsWith('/queues/dispatch')) arm.take(id);
  const { code, out } = await run(['--url', app.url, ...PLACE]);
  expect(code).toBe(1);
  expect(out).toContain('  WRONG  /api/jobs with a forged x-ms-client-principal: ');
  expect(out).toContain('  WRONG  queue dispatch: It is not there.\n         azd provision\n');
  const asJson = await run(['--url', app.url, ...PLACE, '--json']);
  expect(asJson.code).toBe(1);
  const told = JSON.parse(asJson.out) as { ok: boolean; findings: { state: string; code: string }[] };
  expect(told.ok).toBe(false);
  expect(told.findings.filter(({ state }) => state === 'wrong').map((finding) => finding.code)).toEqual([
    'forgeryBelieved',
    'missing',
  ]);
});

test('what it is told by variables needs no option', async () => {
  const { code, out } = await run([], {
    API_URL: `${app.url}/api`,
    AZURE_RESOURCE_GROUP: PLACE[1],
    AZURE_SUBSCRIPTION_ID: PLACE[3],
  });
  expect(code).toBe(0);
  expect(out).toContain('as they must be');
});

test('it waits where it is told to, says what for, and ends when that is there', async () => {
  app.says('GET /api/health', { status: 503, body: 'Starting' });
  const running = run(['--url', app.url, '--wait']);
  await expect.poll(() => app.asked, { timeout: 20_000 }).toContain('GET /api/health');
  app.says('GET /api/health', { status: 200, body: { status: 'healthy' } });
  const { code, err } = await running;
  expect(err).toMatch(/^Waiting 5 s for function app: The app does not run yet/);
  expect(code).toBe(0);
});

test('where nobody is signed in, what needs that is skipped, and the rest is looked at', async () => {
  const { code, out } = await run(['--url', app.url, ...PLACE], { PATH: dirname(process.execPath) });
  expect(code).toBe(0);
  expect(out).toContain('  -      calls with a token: There is no token for the app: nobody is signed in');
  expect(out).toContain('  -      Azure: There is no token for Azure: nobody is signed in');
  expect(out).toMatch(/Nothing is wrong\. \d things were not looked at\.\n$/);
});

test.for([
  [['--url', 'http://resets.example/api'], 'http://resets.example/api'],
  [['--url', 'resets.example'], 'must look like https://'],
  [['--url', 'https://resets.example/api/jobs'], 'must look like https://'],
  [['--resource-group', 'rg'], '--subscription ID'],
  [[], 'Say what to look at: --url'],
] as const)('%o is refused, and nothing is looked at', async ([args, says]) => {
  const { code, err } = await run(args);
  expect(code).toBe(2);
  expect(err).toContain(says);
});
