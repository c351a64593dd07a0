/** Zips that have the same bytes on every machine. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

/** A zip has no time zone: this is written as local time, and so is the same everywhere. The first that a zip knows. */
const MODIFIED = new Date(1980, 0, 1);
/** Unix (3), a plain file that its owner may write and everybody read. */
const EVERY_FILE = { mtime: MODIFIED, level: 9, os: 3, attrs: 0o100644 * 2 ** 16 };

/** @returns the files below a folder by name, each as its path from there and its path from here */
export const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), path])
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

/** @param files what each is called in the zip, and its bytes, in their order */
export const zipOf = (files) => zipSync(Object.fromEntries(files.map(([name, bytes]) => [name, [bytes, EVERY_FILE]])));
