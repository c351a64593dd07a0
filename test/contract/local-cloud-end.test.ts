/** How the local cloud ends: every part with it, and what runs may finish first. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePorts, spawnLauncher, startCloud } from '../e2e/cloud.ts';
import type { TestCloud } from '../e2e/cloud.ts';
import { sampleApp } from './functions-host-fixture.ts';
import { isAlive, POLL, processIds } from './local-cloud-fixture.ts';

test('Ctrl-C lets a running function finish, ends everything, removes the state file and exits with 0', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'cloud-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const stateFile = join(directory, 'state.json');
  const port = await findFreePorts();
  const launcher = spawnLauncher(['--port', String(port), '--state', stateFile, '--guests', '5', '--app-dir', sampleApp()]);
  onTestFinished(() => void launcher.child.kill('SIGKILL'));
  await launcher.ready;
  const { hosts, graph, tables, broker } = JSON.parse(readFileSync(stateFile, 'utf8')) as ReturnType<TestCloud['state']>;
  const slow = fetch(`http://localhost:${port}/api/slow?ms=500`);
  await expect.poll(async () => (await fetch(`http://localhost:${port}/api/seen`)).text(), POLL).toContain('slow started');
  launcher.child.kill('SIGINT');
  expect(await (await slow).text()).toBe('done');
  expect(await launcher.ended).toBe(0);
  expect([...hosts, graph, tables, broker].filter(({ pid }) => isAlive(pid))).toEqual([]);
  expect(existsSync(stateFile)).toBe(false);
});

test('when the launcher is killed, its parts end by themselves', async () => {
  const cloud = await startCloud({ appDir: sampleApp(), guests: 5 });
  onTestFinished(async () => void (await cloud.stop()));
  const pids = processIds(cloud.state());
  process.kill(cloud.state().api.pid, 'SIGKILL');
  await expect.poll(() => pids.filter((pid) => isAlive(pid)), POLL).toEqual([]);
});

/** Starts the launcher below a shell, and ends only that. @param script of npm in which the shell seems to run; '' for none */
async function loseShell(script: string): Promise<{ readonly pid: number; readonly pids: readonly number[]; readonly api: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'cloud-test-'));
  const stateFile = join(directory, 'state.json');
  const launcher = fileURLToPath(new URL('../../local/main.ts', import.meta.url));
  const command = `"${process.execPath}" "${launcher}" --port ${await findFreePorts()} --state "${stateFile}" --guests 5 --app-dir "${sampleApp()}"; :`;
  const shell = spawn('sh', ['-c', command], { stdio: 'ignore', env: { ...process.env, npm_lifecycle_event: script } });
  await expect.poll(() => existsSync(stateFile), POLL).toBe(true);
  const { api, hosts, graph, tables, broker } = JSON.parse(readFileSync(stateFile, 'utf8')) as ReturnType<TestCloud['state']>;
  onTestFinished(async () => {
    if (isAlive(api.pid)) process.kill(api.pid, 'SIGTERM');
    await expect.poll(() => isAlive(api.pid), POLL).toBe(false);
    rmSync(directory, { recursive: true, force: true });
  });
  shell.kill('SIGTERM');
  await once(shell, 'exit');
  return { pid: api.pid, pids: [api, ...hosts, graph, tables, broker].map(({ pid }) => pid), api: api.url };
}

test('when npm start is killed, which ends only the shell in between, the launcher and its parts end by themselves', async () => {
  const { pids } = await loseShell('start');
  await expect.poll(() => pids.filter((pid) => isAlive(pid)), POLL).toEqual([]);
});

test('whoever starts the launcher from a shell of their own may end that shell', async () => {
  const { pid, api } = await loseShell('');
  expect(await (await fetch(`${api}/slow?ms=1500`)).text()).toBe('done');
  expect(isAlive(pid)).toBe(true);
});
