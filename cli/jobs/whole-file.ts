/** A file of secrets that is there when all of it is. */
import { createWriteStream, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../errors.ts';

/** @throws UsageError where no file of that name can be */
export function checkPlace(file: string): void {
  const folder = dirname(resolve(file));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`There is no folder ${folder} for the results.`);
  const there = statSync(file, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw new UsageError(`${file} is a folder: name a file in it.`);
  // It would be replaced.
  if (there !== undefined && !there.isFile())
    throw new UsageError(`${file} is no file. Without -o it goes to the output.`);
}

/**
 * Only its owner may read it.
 * @throws the reason of `signal`, or Error with what has gone wrong; nothing is left behind then
 */
export async function writeWhole(file: string, bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
  const part = `${file}.part`;
  try {
    // What is left from before has rights of its own.
    await rm(part, { force: true });
    await pipeline(bytes, createWriteStream(part, { flags: 'wx', mode: 0o600 }));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    signal.throwIfAborted();
    throw new Error(`${causeText(error)} ${file} was not written.`, { cause: error });
  }
}

/** What the file system says has a path, what the line says has none. */
function causeText(error: unknown): string {
  const { path, syscall, message } = error as NodeJS.ErrnoException;
  return path !== undefined || syscall === 'write'
    ? `It cannot be written: ${message}.`
    : 'The results did not arrive whole: try again.';
}
