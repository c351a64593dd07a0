/**
 * What is deployed: fills `dist-package/` (for `azd`, which zips it itself) and writes the same as one zip, for every
 * other way to deploy. Beside it the command line as one file, which is not in the zip.
 * The same source gives the same bytes on every machine, so a zip can be checked by building it
 * again.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { billOfMaterials, bundledPackages, notices } from './bundled.mjs';
import { buildProgram } from './program.mjs';
import { filesBelow, zipOf } from './zip.mjs';

const FOLDER = 'dist-package';

rmSync(FOLDER, { recursive: true, force: true });
const bundled = bundledPackages(
  both(build('scripts/build.mjs', join(FOLDER, 'dist')), build('scripts/console.mjs', join(FOLDER, 'dist'))),
);

// More than half of the size, and read only on demand (docs/decisions/0004). Building this source again brings them.
for (const name of readdirSync(join(FOLDER, 'dist'))) if (name.endsWith('.map')) rmSync(join(FOLDER, 'dist', name));
const application = JSON.parse(readFileSync('package.json', 'utf8'));
const { name, version, license, main } = application;
// Nothing to install: all that the app needs is in `dist/`. The worker reads `main`.
const manifest = { name, version, private: true, license, type: 'commonjs', main };
writeFileSync(join(FOLDER, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
for (const file of ['host.json', 'LICENSE']) copyFileSync(file, join(FOLDER, file));
writeFileSync(join(FOLDER, 'THIRD-PARTY-NOTICES.txt'), notices(bundled.packages));

const files = filesBelow(FOLDER).map(([inZip, path]) => [inZip, readFileSync(path)]);
const zip = zipOf(files);
const zipName = `${name}-${version}.zip`;
writeFileSync(zipName, zip);

const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const materialsName = `${name}-${version}.cdx.json`;
const sha256 = writeMaterials(materialsName, bundled, zip);

const program = 'dist/guest-reset.mjs';
const inProgram = await buildProgram(program);
const programMaterialsName = `${name}-${version}.program.cdx.json`;
const programSha256 = writeMaterials(programMaterialsName, inProgram, readFileSync(program));

console.log(`${FOLDER}/ has ${files.length} files, and ${zipName} is the same as one.`);
console.log(`${materialsName} names the ${bundled.packages.length} packages of which something is in it.`);
console.log(`size   ${zip.length} bytes`);
console.log(`sha256 ${sha256}`);
console.log(`${program} is the command line; ${programMaterialsName} names what is in it.`);
console.log(`sha256 ${programSha256}`);

/** @returns the hash of what it is about */
function writeMaterials(file, packages, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(file, `${JSON.stringify(billOfMaterials(packages, application, hash, lockfile), null, 2)}\n`);
  return hash;
}

/** Fills a folder by a script, and tells what went into it as esbuild does. */
function build(script, folder) {
  const directory = mkdtempSync(join(tmpdir(), 'bundle-'));
  const told = join(directory, 'metafile.json');
  const { status } = spawnSync(process.execPath, [script, folder, told], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  const metafile = JSON.parse(readFileSync(told, 'utf8'));
  rmSync(directory, { recursive: true });
  return metafile;
}

/** What is in the app and what is in the console, of which some may be in both. */
function both(one, other) {
  const inputs = { ...other.inputs, ...one.inputs };
  return { inputs, outputs: { ...other.outputs, ...one.outputs } };
}
