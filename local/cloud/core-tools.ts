import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startDependencies } from './dependencies.ts';
import type { CloudOptions } from './options.ts';
import { startLocalPart } from './parts.ts';
import type { Ports } from './ports.ts';

/** Where `UseDevelopmentStorage=true` looks for blobs. Core Tools keep the locks of timers there. */
export const BLOB_PORT = 10_000;
const FUNC_GRACE_MS = 10_000;

export const INSTALL_CORE_TOOLS =
  'Azure Functions Core Tools ("func") are not on the PATH. Install them with "npm install -g ' +
  'azure-functions-core-tools@4", or use "npm start", which needs none.';

/** True when `func` can be run. */
export function hasCoreTools(path: string | undefined = process.env['PATH']): boolean {
  const names = process.platform === 'win32' ? ['func.cmd', 'func.exe'] : ['func'];
  return (path ?? '').split(delimiter).some((directory) => names.some((name) => existsSync(join(directory, name))));
}

export interface CoreToolsRun {
  /** Resolves with the exit code of `func`. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

/** Starts what the app needs, and Core Tools in place of our functions host. */
export async function startCoreTools(options: CloudOptions, ports: Ports): Promise<CoreToolsRun> {
  const dependencies = await startDependencies(options, ports, () => undefined);
  const blobs = await startLocalPart({
    name: 'blobs',
    entry: 'tables/main.ts',
    args: ['--blobs', '--port', String(BLOB_PORT)],
    env: process.env,
    cwd: options.appDir,
    hasMemory: true,
    showOutput: false,
    onChange: () => undefined,
  }).catch(async (error: unknown) => {
    await dependencies.stop();
    throw error;
  });

  const func = spawn('func', ['start', '--port', String(ports.api)], {
    cwd: options.appDir,
    env: dependencies.appEnvironment,
    stdio: 'inherit',
    shell: process.platform === 'win32', // func is a .cmd file there.
  });
  const killFunc = (): void => void func.kill('SIGKILL');
  process.on('exit', killFunc);
  const ended = new Promise<number>((resolve) => {
    func.once('error', (error) => {
      console.error(`func: ${error.message}`);
      resolve(1);
    });
    func.once('exit', (code) => resolve(code ?? 1));
  });

  return {
    ended,
    async stop() {
      func.kill('SIGTERM');
      const kill = setTimeout(killFunc, FUNC_GRACE_MS);
      await ended;
      clearTimeout(kill);
      process.off('exit', killFunc);
      await Promise.all([dependencies.stop(), blobs.stop(0)]);
    },
  };
}
