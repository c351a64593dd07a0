/** The program as people and pipelines start it: a process of its own, in a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { runProgram } from '../../cli/program.ts';
import { plainTerminal } from '../parts/cli/plain-terminal.ts';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** Resolves when the program has said so, on either output. */
  readonly says: (text: string | RegExp) => Promise<void>;
  readonly end: Promise<Ran>;
}

export interface Surroundings {
  readonly env?: NodeJS.ProcessEnv;
  /** What is written into it. */
  readonly input?: string;
  /** The arguments are one text, which this shell makes words of. */
  readonly through?: 'sh';
}

export interface Desk {
  readonly folder: string;
  /** A file in the folder. @returns its path */
  write(name: string, text: string): string;
  /** A process of its own. */
  start(args: readonly string[], more?: Surroundings): Running;
  /** The same within this process, which takes a tenth of the time. */
  run(args: readonly string[], more?: Surroundings): Promise<Ran>;
  /** Who is signed in with the stand-in for Azure CLI, by the token that it gives; nobody without one. */
  signIn(token?: string): void;
  leave(): void;
}

/** @param api where the program finds it */
export function sitDown(api: string, program: readonly string[] = [MAIN]): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'desk-'));
  const az = join(folder, 'az');
  const start: Desk['start'] = (args, { env = {}, input, through } = {}) => {
    const words = [process.execPath, ...program, ...args];
    const [first, ...rest] = through === undefined ? words : [`/bin/${through}`, '-c', words.join(' ')];
    const child = spawn(first ?? '', rest, {
      cwd: folder,
      env: { PATH: folder, HOME: folder, GUEST_RESET_URL: api, ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    child.stdin?.end(input);
    const told = { out: '', err: '' };
    const heard = new Set<() => void>();
    const hear = (name: 'out' | 'err') => (chunk: Buffer) => {
      told[name] += chunk.toString();
      for (const look of heard) look();
    };
    child.stdout?.on('data', hear('out'));
    child.stderr?.on('data', hear('err'));
    const end = once(child, 'close').then(([code]) => ({ code: code as number | null, ...told }));
    const says = (text: string | RegExp): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (typeof text === 'string' ? !(told.out + told.err).includes(text) : !text.test(told.out + told.err))
            return;
          heard.delete(look);
          resolve();
        };
        heard.add(look);
        void end.then(({ out, err }) => reject(new Error(`It never said ${text}, but:\n${out}${err}`)));
        look();
      });
    return { child, says, end };
  };
  return {
    folder,
    write: (name, text) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
    start,
    run: async (args, { env = {}, input = '' } = {}) => {
      vi.stubEnv('PATH', folder);
      const told = { out: '', err: '' };
      const code = await runProgram(COMMANDS, args, {
        ...plainTerminal(told, { GUEST_RESET_URL: api, ...env }),
        input: async () => Buffer.from(input),
      });
      vi.unstubAllEnvs();
      return { code, ...told };
    },
    signIn: (token) => {
      const answer = JSON.stringify({ accessToken: token, expires_on: Math.floor(Date.now() / 1000) + 3600 });
      const refusal = 'echo "ERROR: Please run \'az login\' to setup account." >&2; exit 1';
      writeFileSync(az, `#!/bin/sh\n${token === undefined ? refusal : `echo '${answer}'`}\n`);
      chmodSync(az, 0o755);
    },
    leave: () => rmSync(folder, { recursive: true, force: true }),
  };
}
