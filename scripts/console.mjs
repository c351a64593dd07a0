/**
 * Builds the console into `dist/console/`, or below the folder that is named first; each file beside its forms in
 * brotli and gzip. To the file that is named second it writes what went into which file, in the words of esbuild.
 * Without one it does nothing where what the console is made of has not changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { filesBelow } from './zip.mjs';

const [outdir = 'dist', told] = process.argv.slice(2);
const folder = resolve(outdir, 'console');
/** Beside the files, not among them: those are served. */
const stamp = resolve(outdir, '.console-stamp');

const sources = [...filesBelow('console'), ...filesBelow('client'), ['lock', 'package-lock.json']];
const wanted = sources
  .reduce((hash, [name, path]) => hash.update(name).update(readFileSync(path)), createHash('sha256'))
  .update(readFileSync(import.meta.filename))
  .digest('hex');

if (told !== undefined || !existsSync(folder) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  // Whatever the environment says: else it would be a development build, with the paths of this machine.
  process.env.NODE_ENV = 'production';
  const metafile = { inputs: {}, outputs: {} };
  await build({
    configFile: 'console/vite.config.ts',
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true },
    plugins: [{ name: 'told', generateBundle: (_options, bundle) => fill(metafile, bundle) }],
  });
  for (const [, path] of filesBelow(folder)) compress(path);
  if (told === undefined) writeFileSync(stamp, wanted);
  else writeFileSync(told, JSON.stringify(metafile));
}

function compress(path) {
  const bytes = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(bytes));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}

/** Which modules are in which chunk. What imports what is not told there: so each package stands for itself. */
function fill({ inputs, outputs }, bundle) {
  for (const { fileName, type, modules } of Object.values(bundle)) {
    if (type !== 'chunk') continue;
    const written = Object.entries(modules)
      .map(([id, { renderedLength }]) => [relative('.', id.replace(/^\0|\?.*$/g, '')), renderedLength])
      .filter(([path]) => existsSync(path));
    outputs[fileName] = {
      inputs: Object.fromEntries(written.map(([path, bytesInOutput]) => [path, { bytesInOutput }])),
    };
    for (const [path] of written) inputs[path] = { imports: [] };
  }
}
