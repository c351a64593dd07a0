/**
 * The PowerShell module as one zip: `GuestReset/` as it is, to be unpacked into a folder of `$env:PSModulePath`. The
 * same source gives the same bytes on every machine. `node scripts/package-powershell.mjs [FOLDER]`
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, zipOf } from './zip.mjs';

const FOLDER = 'clients/powershell/GuestReset';

const version = /ModuleVersion\s*= '([^']+)'/.exec(readFileSync(join(FOLDER, 'GuestReset.psd1'), 'utf8'))[1];
const files = filesBelow(FOLDER).map(([name, path]) => [
  `GuestReset/${name}`,
  // Line ends as in the repository, whatever git made of them here.
  Buffer.from(readFileSync(path, 'utf8').replaceAll('\r\n', '\n')),
]);
files.push(['GuestReset/LICENSE', readFileSync('LICENSE')]);
const zip = zipOf(files);
const zipName = `GuestReset-${version}.zip`;
writeFileSync(join(process.argv[2] ?? '.', zipName), zip);
console.log(`${zipName} is the PowerShell module: ${files.length} files, ${zip.length} bytes`);
console.log(`sha256 ${createHash('sha256').update(zip).digest('hex')}`);
