/**
 * How each part of the local cloud behaves as a process: it says when it is ready, it ends when its parent is gone, and
 * a busy port is one line and exit code 1.
 */
import manifest from '../../package.json' with { type: 'json' };

/** The message that a part sends to its parent once it listens. */
export interface Ready {
  readonly kind: 'ready';
  readonly port: number;
}

/** Tells the parent, if there is one, that this part listens on `port`. */
export function announceReady(port: number): void {
  const message: Ready = { kind: 'ready', port };
  process.send?.(message);
}

/** Ends this process as soon as its parent is gone, however that ended: nothing may be left running. */
export function endWithParent(): void {
  // It ended while this process was still loading.
  if (process.send !== undefined && !process.connected) process.exit(0);
  process.once('disconnect', () => process.exit(0));
}

const LOOK_FOR_PARENT_MS = 500;
/** The scripts of package.json that run the launcher. */
const LAUNCHER_SCRIPTS = ['start', 'start:func'] satisfies (keyof typeof manifest.scripts)[];

/**
 * Calls `end` when this was started by an npm script of this package and the shell in between is gone: npm hands a
 * SIGTERM to that shell, which ends alone. Whoever starts this in the background of a shell of their own, to outlive
 * it, is not npm; even where that shell has the variables of another npm script, such as one that started the editor
 * around it. Windows does not tell.
 */
export function endWithNpmScript(end: () => void): void {
  const { npm_package_name: name, npm_lifecycle_event: script } = process.env;
  if (name !== manifest.name || !LAUNCHER_SCRIPTS.some((known) => known === script)) return;
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    end();
  }, LOOK_FOR_PARENT_MS);
  look.unref();
}

/** Calls `stop` once, at the first SIGTERM or SIGINT, and exits with 0 afterwards. */
export function endOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    void stop().finally(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

/** Prints why a part cannot start, on one line, and exits with 1. */
export function exitNotStarted(part: string, port: number, error: unknown): never {
  const busy = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';
  const reason = error instanceof Error ? error.message : String(error);
  console.error(
    busy
      ? `${part}: port ${port} is in use. Choose another with --port.`
      : `${part}: ${reason.replaceAll(/\s*\n\s*/g, ' ')}`,
  );
  process.exit(1);
}

/** Reads a port from the command line. Throws with the option's name when it is not one. */
export function parsePort(text: string, option: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Error(`${option} must be a port between 0 and 65535, not "${text}".`);
  return port;
}
