/** How the local cloud ends: every part with it, and what runs may finish first. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { CloudState } from '../../../local/cloud/state-file.ts';
import { findFreePorts, spawnLauncher, startCloud } from '../../cloud/cloud.ts';
import type { Launcher } from '../../cloud/cloud.ts';
import { reachable, sampleApp } from './functions-host-fixture.ts';
import { isAlive, POLL, processIds } from './local-cloud-fixture.ts';

/** The shell in which npm runs a script of this project. */
const NPM_START = { npm_lifecycle_event: 'start', npm_package_name: 'guest-reset' };

/** Longer than the launcher takes to miss its shell, and shorter than a function may still run at the end. */
const SLOW_MS = 1_500;

interface Running {
  readonly stateFile: string;
  /** The launcher first. */
  readonly pids: readonly number[];
  readonly api: string;
}

function stateFileForTest(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cloud-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'state.json');
}

async function launcherArgs(stateFile: string): Promise<string[]> {
  return ['--port', String(await findFreePorts()), '--state', stateFile, '--guests', '5', '--app-dir', sampleApp()];
}

function running(stateFile: string): Running {
  const state = JSON.parse(readFileSync(stateFile, 'utf8')) as CloudState;
  return { stateFile, pids: processIds(state), api: state.api.url };
}

/** Calls a function that runs for this long. Resolves once it has started, with its answer still to come. */
async function callSlow(api: string, ms: number): Promise<{ readonly answer: Promise<string> }> {
  const answer = fetch(`${api}/slow?ms=${ms}`).then((response) => response.text());
  await Promise.race([answer, untilSlowStarted(api)]);
  return { answer };
}

async function untilSlowStarted(api: string): Promise<void> {
  await expect.poll(async () => (await fetch(`${api}/seen`)).text(), POLL).toContain('slow started');
}

/** Starts the launcher as a child. */
async function startLauncher(): Promise<Running & { readonly launcher: Launcher }> {
  const stateFile = stateFileForTest();
  const launcher = spawnLauncher(await launcherArgs(stateFile));
  onTestFinished(() => void launcher.child.kill('SIGKILL'));
  await launcher.ready;
  return { launcher, ...running(stateFile) };
}

/**
 * Starts the launcher below a shell, as npm does. @param npm what npm tells that shell @param ownGroup true: a process
 * group for the two alone
 */
async function startBelowShell(
  npm: NodeJS.ProcessEnv,
  ownGroup = false,
): Promise<Running & { readonly shell: ChildProcess; readonly shellPid: number }> {
  const stateFile = stateFileForTest();
  const main = fileURLToPath(new URL('../../../local/main.ts', import.meta.url));
  const words = [process.execPath, main, ...(await launcherArgs(stateFile))];
  // With a command after it, the shell does not let the launcher take its own place.
  const command = `${words.map((word) => `"${word}"`).join(' ')}; :`;
  const shell = spawn('sh', ['-c', command], { stdio: 'ignore', detached: ownGroup, env: { ...process.env, ...npm } });
  await expect.poll(() => existsSync(stateFile), POLL).toBe(true);
  const cloud = running(stateFile);
  const [pid = 0] = cloud.pids;
  onTestFinished(async () => {
    if (isAlive(pid)) process.kill(pid, 'SIGTERM');
    await expect.poll(() => isAlive(pid), POLL).toBe(false);
  });
  return { ...cloud, shell, shellPid: shell.pid ?? 0 };
}

async function killShell(shell: ChildProcess): Promise<void> {
  shell.kill('SIGTERM');
  await once(shell, 'exit');
}

function alive(pids: readonly number[]): number[] {
  return pids.filter((pid) => isAlive(pid));
}

test.each([
  { what: 'Ctrl-C', signals: ['SIGINT'] },
  // As where the terminal sends one and npm passes it on. Two kinds, for the system may fold two of a kind into one.
  { what: 'a signal that comes twice at once', signals: ['SIGINT', 'SIGTERM'] },
] as const)(
  '$what lets a running function finish, ends everything, removes the state file and exits with 0',
  async ({ signals }) => {
    const { launcher, pids, stateFile, api } = await startLauncher();
    const { answer } = await callSlow(api, 500);
    for (const signal of signals) launcher.child.kill(signal);
    expect(await answer).toBe('done');
    expect(await launcher.ended).toBe(0);
    expect(alive(pids)).toEqual([]);
    expect(existsSync(stateFile)).toBe(false);
  },
);

test(
  'whoever presses Ctrl-C again after a second waits no longer: everything ends at once, and the launcher exits ' +
    'with 1',
  async () => {
    const { launcher, pids, api } = await startLauncher();
    const { answer } = await callSlow(api, 20_000);
    const isCutOff = answer.then(
      () => false,
      () => true,
    );
    const startedAt = performance.now();
    const pressing = setInterval(() => launcher.child.kill('SIGINT'), 30);
    onTestFinished(() => clearInterval(pressing));
    expect(await launcher.ended).toBe(1);
    expect(performance.now() - startedAt).toBeGreaterThan(1_000);
    expect(await isCutOff).toBe(true);
    await expect.poll(() => alive(pids), POLL).toEqual([]);
  },
);

test('a signal to the shell and the launcher together lets a running function finish, and removes the state file', async () => {
  const { shellPid, pids, stateFile, api } = await startBelowShell(NPM_START, true);
  const { answer } = await callSlow(api, SLOW_MS);
  process.kill(-shellPid, 'SIGTERM');
  expect(await answer).toBe('done');
  await expect.poll(() => alive(pids), POLL).toEqual([]);
  expect(existsSync(stateFile)).toBe(false);
});

test('when the launcher is killed, its parts end by themselves', async () => {
  const cloud = await startCloud({ appDir: sampleApp(), guests: 5 });
  onTestFinished(async () => void (await cloud.stop()));
  const pids = processIds(cloud.state());
  process.kill(cloud.state().api.pid, 'SIGKILL');
  await expect.poll(() => alive(pids), POLL).toEqual([]);
});

test.each(['start', 'start:func'])(
  'when npm run %s is killed, which ends only the shell in between, the launcher and its parts end by themselves',
  async (script) => {
    const { shell, pids } = await startBelowShell({ ...NPM_START, npm_lifecycle_event: script });
    await killShell(shell);
    await expect.poll(() => alive(pids), POLL).toEqual([]);
  },
);

test.each([
  { where: 'that no npm script started', npm: { npm_lifecycle_event: '', npm_package_name: '' } },
  { where: 'below npm start of another package', npm: { ...NPM_START, npm_package_name: 'editor' } },
  { where: 'below another script of this package', npm: { ...NPM_START, npm_lifecycle_event: 'start:editor' } },
])('whoever starts the launcher from a shell of their own, $where, may end that shell', async ({ npm }) => {
  const { shell, api } = await startBelowShell(npm);
  await killShell(shell);
  const { answer } = await callSlow(api, SLOW_MS);
  expect(await answer).toBe('done');
  // A launcher that ends lets functions finish, and takes no new request.
  expect(await reachable(`${api}/seen`)).toBe(true);
});
