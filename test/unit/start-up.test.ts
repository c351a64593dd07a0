/** What is loaded before the first invocation: every cold start pays for it, whichever function it is for. */
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** Packages that are imported, other than by `import()`, by the app's files that are loaded with the entry point. */
async function packagesAtStart(): Promise<Set<string>> {
  const { metafile } = await build({
    entryPoints: ['functions/index.ts'],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    tsconfigRaw: {},
    metafile: true,
    write: false,
  });
  const found = new Set<string>();
  const files = ['functions/index.ts'];
  for (let position = 0; position < files.length; position++) {
    for (const { path, kind, external } of metafile.inputs[files[position] ?? '']?.imports ?? []) {
      if (kind === 'dynamic-import') continue;
      if (external === true) found.add(path);
      else if (!files.includes(path)) files.push(path);
    }
  }
  return found;
}

test('identity, Graph and Service Bus are not loaded before something needs them', async () => {
  const packages = [...(await packagesAtStart())].filter((name) => !name.startsWith('node:'));
  expect(packages.sort()).toEqual([
    '@azure/data-tables',
    '@azure/functions',
    '@azure/functions-core', // Of the worker, which has loaded it.
    '@streamparser/json',
    'csv-parse',
    'zod',
  ]);
});
