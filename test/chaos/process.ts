/** One process of a run: started, killed, frozen, started again. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const SHIFTED_TIME = fileURLToPath(new URL('./shifted-time.ts', import.meta.url));
const LOCAL = new URL('../../local/', import.meta.url);
const COMPILE_CACHE = fileURLToPath(new URL('../../.local/compile-cache', import.meta.url));
const readyMessage = z.object({ kind: z.literal('ready'), port: z.int() });
export const READY_WITHIN_MS = 60_000;

export interface ProcessOptions {
  /** Under `local/`, or any file by its address. */
  readonly entry: string | URL;
  readonly args: readonly string[];
  /** The run's clock file; none: the machine's time. */
  readonly clock?: string | undefined;
  readonly skewMs?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** All that it prints goes here. */
  readonly log: WriteStream;
}

export interface RunProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** Resolves when the process is gone. */
  readonly gone: Promise<unknown>;
  isAlive(): boolean;
}

/** Starts the process; resolves when it is ready. Rejects when it ends before. */
export async function startProcess({
  entry,
  args,
  clock,
  skewMs = 0,
  env = {},
  log,
}: ProcessOptions): Promise<RunProcess> {
  const child = fork(fileURLToPath(new URL(entry, LOCAL)), args, {
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      NODE_NO_WARNINGS: '1',
      ...env,
      ...(clock !== undefined && { WORLD_CLOCK: clock, SKEW_MS: String(skewMs) }),
    },
    execArgv: clock === undefined ? [] : ['--import', SHIFTED_TIME],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const gone = once(child, 'exit');
  const killWithParent = (): void => void child.kill('SIGKILL');
  process.on('exit', killWithParent);
  void gone.then(() => process.off('exit', killWithParent));
  const port = await new Promise<number>((resolve, reject) => {
    const tooLate = setTimeout(
      () => reject(new Error(`${String(entry)} was not ready within ${READY_WITHIN_MS / 1000} s`)),
      READY_WITHIN_MS,
    );
    child.on('message', (message) => {
      const ready = readyMessage.safeParse(message);
      if (!ready.success) return;
      clearTimeout(tooLate);
      resolve(ready.data.port);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(tooLate);
      reject(new EndedBeforeReady(`${String(entry)} ended before it was ready: ${signal ?? code}`));
    });
  });
  return { child, port, gone, isAlive: () => child.exitCode === null && child.signalCode === null };
}

export class EndedBeforeReady extends Error {
  override readonly name = 'EndedBeforeReady';
}

export const openLog = (file: string): WriteStream => createWriteStream(file, { flags: 'a' });
