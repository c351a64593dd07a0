import { hostEnvironment } from './environment.ts';
import type { CloudOptions } from './options.ts';
import { allOrNone, startLocalPart, stopParts } from './parts.ts';
import type { Ports } from './ports.ts';
import type { Part } from './supervisor.ts';

/** They hold nothing worth waiting for. */
const GRACE_MS = 2_000;

/** What the app needs around it. */
export interface Dependencies {
  readonly graph: Part;
  readonly tables: Part;
  readonly broker: Part;
  /** The environment in which the app finds these parts. */
  readonly appEnvironment: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/**
 * Starts simulator, tables and broker. Rejects when one of them does not start, and then leaves none behind.
 * `onChange` is called whenever one of them starts or dies.
 */
export async function startDependencies(
  options: CloudOptions,
  ports: Ports,
  onChange: () => void,
): Promise<Dependencies> {
  const start = (name: string, args: readonly string[]): Promise<Part> =>
    startLocalPart({
      name,
      entry: `${name}/main.ts`,
      args,
      env: process.env,
      cwd: options.appDir,
      hasMemory: true,
      showOutput: process.env['LOCAL_LOG'] === 'verbose',
      onChange,
    });
  const lock = options.lockSeconds === undefined ? [] : ['--lock-seconds', String(options.lockSeconds)];
  const starting = {
    graph: start('graph', [
      '--port',
      String(ports.graph),
      '--guests',
      String(options.guests),
      '--seed',
      String(options.seed),
    ]),
    tables: start('tables', ['--port', String(ports.tables), '--store', options.store]),
    broker: start('broker', ['--port', String(ports.broker), ...lock]),
  };
  const parts = await allOrNone(Object.values(starting));
  return {
    graph: await starting.graph,
    tables: await starting.tables,
    broker: await starting.broker,
    appEnvironment: hostEnvironment(options.appDir, ports, process.env),
    stop: () => stopParts(parts, GRACE_MS),
  };
}
