// Bundles the app into one CommonJS file: what Azure loads is what the local host and the tests load.
import { build } from 'esbuild';

await build({
  entryPoints: ['functions/index.ts'],
  outfile: 'dist/main.cjs',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  // One copy of what several SDKs share, and of it only what is used.
  mainFields: ['module', 'main'],
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
