// Bundles the app into CommonJS files: what Azure loads is what the local host and the tests load. Into `dist/`, or the
// folder that is named first. To the file that is named second it writes what went into which file, as esbuild tells.
import { writeFileSync } from 'node:fs';
import { basename, resolve as pathOf } from 'node:path';
import { build } from 'esbuild';

/**
 * What is loaded by the first call that needs it, each a file of its own: its parsing alone would delay every start.
 */
const LATER = {
  identity: 'shared/adapters/identity.ts',
  graph: 'shared/adapters/graph/client.ts',
  'service-bus': 'shared/adapters/queue/queue.ts',
  telemetry: 'shared/adapters/telemetry/exporting.ts',
  openapi: 'shared/entry/http/descriptions.ts',
  console: 'shared/entry/http/console/files.ts',
};

/** Makes each `import()` load the file that `LATER` names. */
const loadLater = {
  name: 'loadLater',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ kind, path, importer, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === 'asked' || importer.includes('node_modules')) return undefined;
      const found = (await resolve(path, { kind, importer, resolveDir, pluginData: 'asked' })).path;
      const later = Object.keys(LATER).find((name) => found === pathOf(LATER[name]));
      return later === undefined
        ? {
            errors: [
              {
                text:
                  `${basename(found)} is loaded later, so it needs a file of its own: name it in LATER, in ` +
                  'scripts/build.mjs.',
              },
            ],
          }
        : { path: `./${later}.cjs`, external: true };
    });
  },
};

const [outdir = 'dist', told] = process.argv.slice(2);
const { metafile } = await build({
  entryPoints: { main: 'functions/index.ts', ...LATER },
  outdir,
  metafile: true,
  outExtension: { '.js': '.cjs' },
  plugins: [loadLater],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  // One copy of what several SDKs share, and of it only what is used.
  mainFields: ['module', 'main'],
  // `import()` becomes `require`, which does not start the other loader of Node.
  supported: { 'dynamic-import': false },
  minify: true,
  // Some SDKs tell errors by the names of their classes; and a stack trace should name functions.
  keepNames: true,
  sourcemap: true,
  sourcesContent: false,
  // Only the Functions worker can provide this module.
  external: ['@azure/functions-core'],
  // The compiler's `paths` are for declarations only.
  tsconfigRaw: {},
  logLevel: 'warning',
});
if (told !== undefined) writeFileSync(told, JSON.stringify(metafile));
