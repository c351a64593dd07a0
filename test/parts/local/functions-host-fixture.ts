/** Tests with the functions host as a process and the sample app inside it. Both are gone when the test ends. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

const HOST = fileURLToPath(new URL('../../../local/host/main.ts', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../fixtures/sample-app.ts', import.meta.url));

export type End = () => unknown;
/** Where to leave what must happen at the end: of the test, unless said otherwise. */
export type AtEnd = (end: End) => void;
export const atEndOfTest: AtEnd = (end) => onTestFinished(async () => void (await end()));

/** A fixed place, so that Node finds the compiled code of the last run. */
const LOCAL = fileURLToPath(new URL('../../../.local/', import.meta.url));
const BUNDLE = join(LOCAL, 'sample-app/main.cjs');
const COMPILE_CACHE = join(LOCAL, 'compile-cache');

let isBundled = false;

/** Bundles the sample app once for all tests of a file. */
function bundleSample(): void {
  if (isBundled) return;
  const draft = `${BUNDLE}.${process.pid}`;
  buildSync({
    entryPoints: [SAMPLE],
    outfile: draft,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['@azure/functions-core'],
  });
  renameSync(draft, BUNDLE); // In one step: other test files may be loading it.
  isBundled = true;
}

export interface SampleOptions {
  readonly hostJson?: object;
  readonly settings?: Record<string, string>;
  /** False: package.json names a bundle that does not exist. */
  readonly built?: boolean;
  /** The bundle's text, in place of the sample's. */
  readonly source?: string;
}

/** Makes a folder that holds the built sample app, and removes it at the end. */
export function sampleApp(
  { hostJson = {}, settings = {}, built = true, source }: SampleOptions = {},
  atEnd = atEndOfTest,
): string {
  const directory = mkdtempSync(join(tmpdir(), 'sample-app-'));
  atEnd(() => rmSync(directory, { recursive: true, force: true }));
  const Values = { TICK_SCHEDULE: '0 0 0 1 1 *', ...settings };
  const useSample = built && source === undefined;
  const main = useSample ? relative(directory, BUNDLE) : 'dist/main.cjs';
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ main }));
  writeFileSync(join(directory, 'host.json'), JSON.stringify(hostJson));
  writeFileSync(join(directory, 'local.settings.json'), JSON.stringify({ IsEncrypted: false, Values }));
  mkdirSync(join(directory, 'dist'));
  if (useSample) bundleSample();
  if (source !== undefined) writeFileSync(join(directory, 'dist/main.cjs'), source);
  return directory;
}

export interface HostProcess {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves with exit code and signal. */
  readonly ended: Promise<readonly [number | null, NodeJS.Signals | null]>;
}

/** Starts the host without waiting for it. It is killed at the end. */
export function spawnHost(
  appDir: string,
  env: NodeJS.ProcessEnv = {},
  port = 0,
  atEnd = atEndOfTest,
  args: readonly string[] = [],
): HostProcess {
  const child = fork(HOST, ['--app-dir', appDir, '--port', String(port), ...args], {
    execArgv: [],
    silent: true,
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
  });
  let output = '';
  const closed = [child.stdout, child.stderr].map(async (stream) => {
    if (stream === null) throw new Error('The host has no output to read.');
    for await (const chunk of stream) output += String(chunk);
  });
  // Not the event "close": it does not come after disconnect().
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const ended = Promise.all([exited, ...closed]).then(([exit]) => exit);
  atEnd(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, output: () => output, ended };
}

export interface RunningHost extends HostProcess {
  /** The origin, without `/api`. */
  readonly url: string;
  /** What the sample app saw so far. */
  seen(): Promise<unknown[]>;
}

type HostOptions = SampleOptions & { readonly env?: NodeJS.ProcessEnv; readonly args?: readonly string[] };

/** One host for all tests of a file or a describe block. */
export function sharedHost(options: HostOptions = {}): () => RunningHost {
  let host: RunningHost | undefined;
  const ends: End[] = [];
  beforeAll(async () => {
    host = await startHost(options, (end) => ends.unshift(end));
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });
  return () => {
    if (host === undefined) throw new Error('The shared host is there only while tests run.');
    return host;
  };
}

/** Starts the host with the sample app and waits until it listens. */
export async function startHost(options: HostOptions = {}, atEnd = atEndOfTest): Promise<RunningHost> {
  const host = spawnHost(sampleApp(options, atEnd), options.env, 0, atEnd, options.args);
  const ready = once(host.child, 'message').then(([message]) => message as { kind: string; port: number });
  const first = await Promise.race([ready, host.ended]);
  if (!('port' in first)) throw new Error(`The host ended before it was ready:\n${host.output()}`);
  const url = `http://127.0.0.1:${first.port}`;
  return {
    ...host,
    url,
    async seen() {
      const response = await fetch(`${url}/api/seen`);
      return ((await response.json()) as { seen: unknown[] }).seen;
    },
  };
}

/** Whether anything answers there. */
export async function reachable(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}
