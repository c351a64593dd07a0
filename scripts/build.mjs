// Bundles the app into one CommonJS file: what Azure loads is what the local host and the tests load.
import { build } from 'esbuild';

await build({
  entryPoints: ['functions/index.ts'],
  outfile: 'dist/main.cjs',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  sourcemap: true,
  // Only the Functions worker can provide this module.
  external: ['@azure/functions-core'],
  // The compiler's `paths` are for declarations only.
  tsconfigRaw: {},
  logLevel: 'warning',
});
