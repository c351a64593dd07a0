/**
 * The PowerShell module as one zip: `GuestReset/` as it is, to be unpacked into a folder of `$env:PSModulePath`. The
 * same source gives the same bytes on every machine.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

const FOLDER = 'clients/powershell/GuestReset';
/** A zip has no time zone: this is written as local time, and so is the same everywhere. The first that a zip knows. */
const MODIFIED = new Date(1980, 0, 1);
/** Unix (3), a plain file that its owner may write and everybody read. */
const EVERY_FILE = { mtime: MODIFIED, level: 9, os: 3, attrs: 0o100644 * 2 ** 16 };

const version = /ModuleVersion\s*= '([^']+)'/.exec(readFileSync(join(FOLDER, 'GuestReset.psd1'), 'utf8'))[1];
const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => [
    `GuestReset/${path.slice(FOLDER.length + 1).replaceAll('\\', '/')}`,
    // Line ends as in the repository, whatever git made of them here.
    [Buffer.from(readFileSync(path, 'utf8').replaceAll('\r\n', '\n')), EVERY_FILE],
  ])
  .toSorted(([one], [other]) => (one < other ? -1 : 1));
files.push(['GuestReset/LICENSE', [readFileSync('LICENSE'), EVERY_FILE]]);
const zip = zipSync(Object.fromEntries(files));
const zipName = `GuestReset-${version}.zip`;
writeFileSync(zipName, zip);
console.log(`${zipName} is the PowerShell module: ${files.length} files, ${zip.length} bytes`);
console.log(`sha256 ${createHash('sha256').update(zip).digest('hex')}`);
