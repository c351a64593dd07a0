// Makes one file of the command line, which runs wherever Node 22 is: node scripts/program.mjs FILE
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { bundledPackages, notices } from './bundled.mjs';

/**
 * @param file where it is written; `guest-reset.mjs`, as its help texts say
 * @returns what of other people's is in it, as `bundledPackages` tells
 */
export async function buildProgram(file) {
  const { metafile } = await build({
    entryPoints: ['cli/main.ts'],
    outfile: file,
    metafile: true,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    mainFields: ['module', 'main'],
    minify: true,
    // SDKs tell errors by the names of their classes.
    keepNames: true,
    // Some packages are CommonJS, and ask for what Node has.
    banner: {
      js:
        '#!/usr/bin/env node\n' +
        "import { createRequire as requireOf } from 'node:module';const require = requireOf(import.meta.url);",
    },
    define: { STARTED_BY: '"node guest-reset.mjs"' },
    // The licences stand at the end, each once.
    legalComments: 'none',
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  const bundled = bundledPackages(metafile);
  const licences = notices(bundled.packages).replaceAll('*/', '* /');
  writeFileSync(file, `${readFileSync(file, 'utf8')}/*\n${readFileSync('LICENSE', 'utf8')}\n${licences}*/\n`);
  chmodSync(file, 0o755);
  return bundled;
}

if (import.meta.main) await buildProgram(process.argv[2] ?? 'dist/guest-reset.mjs');
