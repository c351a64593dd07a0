/** One PowerShell that runs scripts, as somebody types them one after another: starting it takes a second. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ENVIRONMENT, restorePowerShell } from './program.ts';

export const PROJECT_DIR = join(import.meta.dirname, '../..');
export const MODULE = join(PROJECT_DIR, 'clients/powershell/GuestReset');

/** An ErrorRecord. `code`, `status` and `problem` are those of the module's exception. */
export interface ToldError {
  readonly id: string;
  readonly category: string;
  readonly message: string;
  readonly action: string | null;
  readonly code: string | null;
  readonly status: number | null;
  readonly problem: unknown;
}

export interface Told<T> {
  /** The objects, as JSON. */
  readonly output: readonly T[];
  /** The name of the type of each. */
  readonly types: readonly string[];
  /** Those that did not end the script. */
  readonly errors: readonly ToldError[];
  readonly warnings: readonly string[];
  /** The one that ended it. */
  readonly thrown: ToldError | null;
}

export interface Session {
  /** Runs a script; what it sets is there in the next one. */
  tell<T = unknown>(script: string): Promise<Told<T>>;
  /** The same, of a script in which nothing may go wrong. */
  run<T = unknown>(script: string): Promise<Told<T>>;
  close(): Promise<void>;
}

/**
 * Starts PowerShell in the project's folder, with the module imported.
 * @param env added to its environment
 */
export async function startSession(env: NodeJS.ProcessEnv = {}): Promise<Session> {
  const args = ['-NoProfile', '-NonInteractive', '-File', join(import.meta.dirname, 'session.ps1')];
  const child = spawn(restorePowerShell(), args, {
    cwd: PROJECT_DIR,
    env: { ...ENVIRONMENT, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let printed = '';
  child.stderr.on('data', (chunk) => (printed += String(chunk)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();

  async function answerTo(script: string): Promise<Told<never>> {
    child.stdin.write(`${JSON.stringify({ script })}\n`);
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`PowerShell ended: ${printed}`);
      if (value.startsWith('told ')) return JSON.parse(value.slice(5)) as Told<never>;
      printed += `${value}\n`;
    }
  }

  const session: Session = {
    tell(script) {
      const told = last.then(() => answerTo(script));
      last = told.catch(() => undefined);
      return told;
    },
    async run<T>(script: string) {
      const told = await session.tell<T>(script);
      if (told.thrown !== null || told.errors.length > 0) throw new Error(JSON.stringify(told, null, 1));
      return told;
    },
    async close() {
      child.stdin.end();
      await exited;
    },
  };
  await session.run(`Import-Module '${MODULE}'`);
  return session;
}
