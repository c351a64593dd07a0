/** What of other people's is in the bundle, as esbuild tells it, and what their licences ask to go along with it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Licences that let this be given away, as long as their text goes along. Another one has to be read first. */
const LICENCES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'Unlicense'];
const PACKAGE_FOLDER = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/;

/**
 * The packages of which something is in the bundle, in the order of their ids.
 * @param metafile esbuild's, made in the folder that this runs in
 * @throws Error for a licence that nobody has read
 */
export function bundledPackages(metafile) {
  const written = new Set(
    Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0),
    ),
  );
  const usedBy = new Map();
  for (const path of written) {
    const folder = folderOf(path);
    const used = usedBy.get(folder) ?? usedBy.set(folder, new Set()).get(folder);
    for (const { path: imported } of metafile.inputs[path].imports)
      if (written.has(imported) && folderOf(imported) !== folder) used.add(folderOf(imported));
  }
  const ownUses = usedBy.get(undefined) ?? new Set();
  const packages = [...usedBy.keys()].filter((folder) => folder !== undefined).map(readPackage);
  const idOf = new Map(packages.map(({ folder, id }) => [folder, id]));
  const idsOf = (folders) => [...new Set([...folders].flatMap((folder) => idOf.get(folder) ?? []))].toSorted();
  // npm may have put the same version into several folders.
  const copies = [...Map.groupBy(packages, ({ id }) => id).values()];
  return {
    uses: idsOf(ownUses),
    packages: copies
      .map((same) => ({ ...same[0], uses: idsOf(same.flatMap(({ folder }) => [...usedBy.get(folder)])) }))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  };
}

function folderOf(path) {
  return PACKAGE_FOLDER.exec(path)?.[0];
}

function readPackage(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!LICENCES.includes(license))
    throw new Error(`${name} ${version} has the licence ${license}: nobody has read it.`);
  return {
    folder,
    id: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    /** Its key in the lockfile. */
    place: folder.slice(folder.indexOf('node_modules/')),
    name,
    version,
    license,
    author: typeof author === 'string' ? author : author?.name,
    text: readdirSync(folder)
      .filter((file) => /^(?:licen[cs]e|copying|notice)(?:\.|$)/i.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
      .join('\n\n'),
  };
}

/** The licences of the packages, each text once. */
export function notices(packages) {
  const byText = Map.groupBy(packages, ({ text, license, author }) =>
    text === '' ? `Licence: ${license}. The package has no text of it. Author: ${author ?? 'not named'}.` : text,
  );
  const parts = [...byText].map(([text, those]) => {
    const names = those.map(({ name, version, license }) => `${name} ${version} (${license})`);
    return `${'-'.repeat(80)}\n${names.join('\n')}\n\n${text}\n`;
  });
  return `Parts of these packages are in dist/, bundled and minified.\n\n${parts.join('\n')}`;
}

/**
 * A bill of materials of the bundle in CycloneDX 1.6. It has no date and no serial number: the same source gives the
 * same bytes.
 * @param application its name, version and license
 * @param sha256 of the zip, in hexadecimal
 * @param lockfile what package-lock.json says; where each package came from is proven by its hash
 */
export function billOfMaterials({ packages, uses }, { name, version, license }, sha256, lockfile) {
  const self = `pkg:npm/${name}@${version}`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        ...component(self, name, version, license),
        type: 'application',
        hashes: [{ alg: 'SHA-256', content: sha256 }],
      },
    },
    components: packages.map((one) => ({
      ...component(one.id, one.name, one.version, one.license),
      type: 'library',
      hashes: [{ alg: 'SHA-512', content: hexOf(lockfile.packages[one.place].integrity) }],
    })),
    dependencies: [{ id: self, uses }, ...packages].map((one) => ({ ref: one.id, dependsOn: one.uses })),
  };
}

function component(id, name, version, license) {
  return { 'bom-ref': id, name, version, purl: id, licenses: [{ license: { id: license } }] };
}

/** npm writes a hash as `sha512-` and base 64. */
function hexOf(integrity) {
  return Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
}
