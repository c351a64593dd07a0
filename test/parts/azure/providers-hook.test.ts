/** The hook before the first deployment, against a server that answers as Azure Resource Manager does. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, afterAll, beforeEach, expect, test } from 'vitest';

const SUBSCRIPTION = '11111111-1111-4111-8111-111111111111';
const ALL = ['App', 'Insights', 'ManagedIdentity', 'OperationalInsights', 'ServiceBus', 'Storage', 'Web'];

/** Resource providers of one subscription. */
interface Subscription {
  readonly states: Map<string, string>;
  readonly asked: string[];
  mayRegister: boolean;
  mayLook: boolean;
}

let bin: string;
let subscription: Subscription;
let server: Server;
let url: string;

beforeAll(() => {
  bin = mkdtempSync(join(tmpdir(), 'azd-'));
  const script = '#!/bin/sh\n[ -z "$AZD_FAILS" ] || exit 1\necho \'{"token":"of-azd"}\'\n';
  writeFileSync(join(bin, 'azd'), script);
  chmodSync(join(bin, 'azd'), 0o755);
});
afterAll(() => rmSync(bin, { recursive: true, force: true }));

beforeEach(async () => {
  subscription = {
    states: new Map(ALL.map((name) => [name, 'Registered'])),
    asked: [],
    mayRegister: true,
    mayLook: true,
  };
  server = createServer((request, response) => {
    const [, name = '', verb] = /\/providers\/Microsoft\.(\w+)(\/register)?\?/.exec(request.url ?? '') ?? [];
    subscription.asked.push(`${request.method} ${request.headers.authorization} ${name}`);
    const isRefused = verb === undefined ? !subscription.mayLook : !subscription.mayRegister;
    response.writeHead(isRefused ? 403 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isRefused ? { error: { code: 'AuthorizationFailed' } } : answer(name, verb)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** Registering takes a while: the first look after it still finds it going on. */
function answer(name: string, verb: string | undefined): { registrationState: string } {
  const state = subscription.states.get(name) ?? 'NotRegistered';
  if (verb !== undefined) subscription.states.set(name, 'Registering');
  else if (state === 'Registering') subscription.states.set(name, 'Registered');
  return { registrationState: verb === undefined ? state : 'Registering' };
}

const runHook = (more: Record<string, string> = {}): Promise<{ status: number; said: string }> =>
  new Promise((resolve) => {
    const env = {
      PATH: `${bin}:${process.env['PATH']}`,
      AZURE_SUBSCRIPTION_ID: SUBSCRIPTION,
      AZURE_RESOURCE_MANAGER_URL: url,
      PROVIDERS_PAUSE_SECONDS: '0.01',
      ...more,
    };
    execFile(process.execPath, ['infra/hooks/providers.mjs'], { env }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : 1, said: stdout + stderr }),
    );
  });

test('all that is needed is looked at with the token of azd, and what is registered is left alone', async () => {
  expect(await runHook()).toEqual({ status: 0, said: 'Resource providers: 7 registered, 0 of them just now.\n' });
  expect(subscription.asked.toSorted()).toEqual(ALL.map((name) => `GET Bearer of-azd ${name}`));
});

test('what is missing is registered and waited for', async () => {
  subscription.states.set('App', 'NotRegistered');
  subscription.states.set('Web', 'Unregistered');
  expect(await runHook()).toMatchObject({ status: 0, said: expect.stringContaining('2 of them just now') });
  expect(subscription.asked.filter((line) => line.startsWith('POST'))).toHaveLength(2);
  expect([...subscription.states.values()].every((state) => state === 'Registered')).toBe(true);
});

test('who may not register is told the command for somebody who may', async () => {
  subscription.states.set('App', 'NotRegistered');
  subscription.mayRegister = false;
  const { status, said } = await runHook();
  expect(status).toBe(1);
  expect(said).toContain('you may not do it');
  expect(said).toContain(`az provider register --namespace Microsoft.App --subscription ${SUBSCRIPTION}`);
});

test('who is not signed in, or has no subscription yet, is told what to do', async () => {
  expect(await runHook({ AZD_FAILS: '1' })).toMatchObject({
    status: 1,
    said: expect.stringContaining('azd auth login'),
  });
  expect(await runHook({ AZURE_SUBSCRIPTION_ID: '' })).toMatchObject({
    status: 1,
    said: expect.stringContaining('azd env set AZURE_SUBSCRIPTION_ID'),
  });
});

test('who may not even look goes on, and hears what may be missing', async () => {
  subscription.mayLook = false;
  const { status, said } = await runHook();
  expect({ status, posts: subscription.asked.filter((line) => line.startsWith('POST')) }).toEqual({
    status: 0,
    posts: [],
  });
  expect(said).toContain('You may not see whether these are: Microsoft.App,');
});

test.each(['http://127.0.0.2:1', 'https://management.azure.com.evil.example', 'http://management.azure.com'])(
  'the token of who deploys does not go to %s',
  async (address) => {
    expect(await runHook({ AZURE_RESOURCE_MANAGER_URL: address })).toMatchObject({
      status: 1,
      said: expect.stringContaining("no address of Azure's"),
    });
  },
);
