import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { z } from 'zod';

/** Pause before a dead part is started again; doubles while it keeps dying, up to the most. */
const FIRST_PAUSE_MS = 200;
const MOST_PAUSE_MS = 5_000;
/** A part that lived this long is healthy: its next death starts with the first pause again. */
const HEALTHY_AFTER_MS = 10_000;

/** Processes that must not outlive the launcher, even when that ends by an error or during the start. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const readyMessage = z.object({ kind: z.literal('ready'), port: z.int().positive() });

export interface PartOptions {
  /** As it stands in messages: `tables`, `host 1`. */
  readonly name: string;
  /** The file that Node runs. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** True: a restart loses what it held in memory, and the message says so. */
  readonly hasMemory: boolean;
  /** False: what it writes to stdout is dropped. */
  readonly showOutput: boolean;
  /** Called at every start and every death. */
  readonly onChange: () => void;
  readonly print: (line: string) => void;
}

/** A part of the local cloud: a process that is started again when it dies. */
export interface Part {
  readonly name: string;
  /** The port and process id of the latest start. `ready` is false while it is down. */
  readonly current: { readonly ready: boolean; readonly port: number; readonly pid: number };
  /** SIGTERM, then SIGKILL after `graceMs`. Resolves when the process is gone; it is not started again. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Starts a part and keeps it alive. Rejects when it ends before it was ready for the first time; it has then said why
 * on stderr.
 */
export function startPart(options: PartOptions): Promise<Part> {
  const { name, print } = options;
  let child: ChildProcess;
  let current = { ready: false, port: 0, pid: 0 };
  let pauseMs = FIRST_PAUSE_MS;
  let stopping = false;
  let restart: NodeJS.Timeout | undefined;

  const part: Part = {
    name,
    get current() {
      return current;
    },
    async stop(graceMs) {
      stopping = true;
      clearTimeout(restart);
      await endChild(child, graceMs);
    },
  };

  return new Promise((resolve, reject) => {
    function start(): void {
      const startedAt = performance.now();
      child = fork(options.entry, options.args, {
        cwd: options.cwd,
        env: options.env,
        execArgv: [],
        // Its own process group: Ctrl-C reaches only the launcher, which then ends the parts in order.
        detached: true,
        stdio: ['ignore', options.showOutput ? 'inherit' : 'ignore', 'inherit', 'ipc'],
      });
      const started = child;
      running.add(started);
      started.on('message', (message) => {
        const ready = readyMessage.safeParse(message);
        if (!ready.success) return;
        current = { ready: true, port: ready.data.port, pid: started.pid ?? 0 };
        resolve(part);
        options.onChange();
      });
      started.once('exit', (code, signal) => {
        running.delete(started);
        current = { ...current, ready: false };
        if (stopping) return;
        if (current.port === 0) return reject(new PartNotStartedError(name));
        if (performance.now() - startedAt > HEALTHY_AFTER_MS) pauseMs = FIRST_PAUSE_MS;
        const memory = options.hasMemory ? ' Its memory is lost.' : '';
        print(`${name} ended (${signal ?? `exit code ${code}`}) and is started again.${memory}`);
        restart = setTimeout(start, pauseMs);
        pauseMs = Math.min(pauseMs * 2, MOST_PAUSE_MS);
        options.onChange();
      });
    }
    start();
  });
}

/** A part ended before it was ready. It has said why on stderr. */
export class PartNotStartedError extends Error {
  override readonly name = 'PartNotStartedError';
  constructor(part: string) {
    super(`${part} did not start; its own message is above.`);
  }
}

function endChild(child: ChildProcess, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
    child.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
