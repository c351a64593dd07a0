/** The whole local cloud for a test, started as a user starts it: `node local/main.ts`. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBusyPort, portsFrom } from '../../local/cloud/ports.ts';
import type { CloudState } from '../../local/cloud/state-file.ts';
import type { TableStore } from '../../local/tables/store.ts';
import { judgeAnswers } from '../parts/openapi-judge.ts';

const LAUNCHER = fileURLToPath(new URL('../../local/main.ts', import.meta.url));
/** Where the launcher keeps it for its parts. */
const COMPILE_CACHE = fileURLToPath(new URL('../../.local/compile-cache', import.meta.url));
const READY_WITHIN_MS = 30_000;
/** The launcher ends its parts within 12 s at the most. */
const STOPPED_WITHIN_MS = 20_000;
/** Below the range from which the system hands out ports by itself. */
const PORTS = { least: 12_000, most: 32_000 };

export interface CloudOptions {
  readonly guests?: number;
  readonly seed?: number;
  readonly hosts?: number;
  readonly lockSeconds?: number;
  /**
   * What holds the tables: the light store by default, which computes less. Azurite where a test is about what a user
   * starts, or does the main job.
   */
  readonly store?: TableStore;
  /** Callers need a token of the simulator. */
  readonly auth?: true;
  /** The app to run; this project's build by default. */
  readonly appDir?: string;
  /**
   * False: answers are not compared with the OpenAPI document, which promises nothing of rows that no code has written.
   */
  readonly judged?: false;
  /** Added to the launcher's environment, and so to that of every part. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface TestCloud {
  /** `http://localhost:PORT/api` */
  readonly api: string;
  /** `http://localhost:PORT`; the control plane is under `/_sim`. */
  readonly graph: string;
  /** Where each part is now. A part that died keeps its old process id until it is up again. */
  state(): CloudState;
  /** Ends the cloud as Ctrl-C does. Resolves with the launcher's exit code; may be called twice. */
  stop(): Promise<number>;
  /** All that the launcher and its hosts printed so far. */
  logs(): string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a cloud on four free ports. Rejects with what it printed when it is not ready within 30 s. */
export async function startCloud(options: CloudOptions = {}): Promise<TestCloud> {
  const directory = mkdtempSync(join(tmpdir(), 'cloud-'));
  const stateFile = join(directory, 'state.json');
  const port = await findFreePorts();
  const launcher = spawnLauncher(['--port', String(port), '--state', stateFile, ...flags(options)], options.env);

  const stop = async (): Promise<number> => {
    if (launcher.child.exitCode === null) launcher.child.kill('SIGTERM');
    const kill = setTimeout(() => launcher.child.kill('SIGKILL'), STOPPED_WITHIN_MS);
    const code = await launcher.ended;
    clearTimeout(kill);
    rmSync(directory, { recursive: true, force: true });
    return code;
  };

  const isReady = await Promise.race([
    launcher.ready.then(() => true),
    launcher.ended.then(() => false),
    after(READY_WITHIN_MS),
  ]);
  if (!isReady) {
    await stop();
    throw new Error(
      `The local cloud was not ready within ${READY_WITHIN_MS / 1000} s. It printed:\n${launcher.logs()}`,
    );
  }
  // Our own file, written whole.
  const state = (): CloudState => JSON.parse(readFileSync(stateFile, 'utf8')) as CloudState;
  const { api, graph } = state();
  if (options.appDir === undefined && options.judged !== false) judgeAnswers(api.url);
  return {
    api: api.url,
    graph: graph.url,
    state,
    stop,
    logs: () => launcher.logs(),
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

export interface Launcher {
  readonly child: ChildProcess;
  /** Resolves when the line `ready …` was printed. */
  readonly ready: Promise<void>;
  /** Resolves with the exit code; -1 when a signal ended it. */
  readonly ended: Promise<number>;
  logs(): string;
}

/** Starts the launcher with a command line. It ends when this process ends. */
export function spawnLauncher(args: readonly string[], env: NodeJS.ProcessEnv = {}): Launcher {
  const child = fork(LAUNCHER, args, {
    execArgv: [],
    silent: true,
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, ...env },
  });
  let output = '';
  const isReady = Promise.withResolvers<void>();
  const read = [child.stdout, child.stderr].map(async (stream) => {
    if (stream === null) throw new Error('The launcher has no output to read.');
    for await (const chunk of stream) {
      output += String(chunk);
      if (/^ready /m.test(output)) isReady.resolve();
    }
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const ended = Promise.all([exited, ...read]).then(([[code]]) => code ?? -1);
  return { child, ready: isReady.promise, ended, logs: () => output };
}

/** The first of four ports in a row on which nothing listens. */
export async function findFreePorts(): Promise<number> {
  for (;;) {
    // Random, so that test files that run side by side seldom meet.
    const port = PORTS.least + 4 * Math.floor((Math.random() * (PORTS.most - PORTS.least)) / 4);
    if ((await findBusyPort({ ...portsFrom(port, undefined) })) === undefined) return port;
  }
}

function flags({
  guests = 50,
  seed = 1,
  hosts = 1,
  lockSeconds,
  store = 'light',
  auth,
  appDir,
}: CloudOptions): string[] {
  const args = ['--guests', String(guests), '--seed', String(seed), '--hosts', String(hosts), '--store', store];
  if (lockSeconds !== undefined) args.push('--lock-seconds', String(lockSeconds));
  if (auth === true) args.push('--auth', 'on');
  if (appDir !== undefined) args.push('--app-dir', appDir);
  return args;
}

function after(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms).unref());
}
