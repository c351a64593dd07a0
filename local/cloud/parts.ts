import { fileURLToPath } from 'node:url';
import { startPart } from './supervisor.ts';
import type { Part, PartOptions } from './supervisor.ts';

/** Node keeps compiled code here: parts then start in half the time. The folder can be deleted at any time. */
const COMPILE_CACHE = fileURLToPath(new URL('../../.local/compile-cache', import.meta.url));

/** A part of this project, started from the folder `local/`. */
export function startLocalPart(options: Omit<PartOptions, 'print'>): Promise<Part> {
  return startPart({
    ...options,
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...options.env },
    entry: fileURLToPath(new URL(`../${options.entry}`, import.meta.url)),
    print: (line) => console.error(line),
  });
}

/** Waits for all parts. When one does not start, ends the others and rejects with its error. */
export async function allOrNone(starting: readonly Promise<Part>[]): Promise<readonly Part[]> {
  const results = await Promise.allSettled(starting);
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed === undefined) return started;
  await stopParts(started, 0);
  throw failed.reason;
}

/** Ends parts side by side; each gets SIGKILL when it still runs after `graceMs`. */
export async function stopParts(parts: readonly Part[], graceMs: number): Promise<void> {
  await Promise.all(parts.map((part) => part.stop(graceMs)));
}
