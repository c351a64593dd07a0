/** What the zip says of other people's packages in it. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type TestContext } from 'vitest';

interface Bundled {
  bundledPackages(metafile: object): { uses: string[]; packages: { id: string; uses: string[]; text: string }[] };
  notices(packages: readonly object[]): string;
}

// It runs on any Node, before anything is compiled, so it is JavaScript.
const bundled = (await import(pathToFileURL('scripts/bundled.mjs').href)) as Bundled;

/** The folder of packages, each with a licence, and one file. */
function install(licences: Readonly<Record<string, string>>, onTestFinished: TestContext['onTestFinished']): string {
  const root = mkdtempSync(join(tmpdir(), 'bundled-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [name, license] of Object.entries(licences)) {
    const folder = join(root, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', license, author: 'x' }));
    // below another package there may be a copy
    if (name === 'a') cpSync(join(root, 'node_modules/@b/c'), join(folder, 'node_modules/@b/c'), { recursive: true });
    if (license === 'MIT') writeFileSync(join(folder, 'License.md'), 'the same text\r\n');
  }
  return join(root, 'node_modules');
}

/** As esbuild writes it: `own.js` imports `a`, which imports a copy of `@b/c`; of `dropped` nothing is left. */
function metafile(folder: string): object {
  const [a, b, dropped] = [`${folder}/a/a.js`, `${folder}/@b/c/lib/c.js`, `${folder}/dropped/d.js`];
  const copy = `${folder}/a/node_modules/@b/c/lib/c.js`;
  const bytes = (bytesInOutput: number) => ({ bytesInOutput });
  return {
    inputs: {
      'own.js': { imports: [{ path: a }, { path: dropped }] },
      [a]: { imports: [{ path: copy }, { path: 'node:fs', external: true }] },
      [b]: { imports: [] },
      [copy]: { imports: [] },
      [dropped]: { imports: [] },
    },
    outputs: {
      'main.cjs': { inputs: { 'own.js': bytes(9), [a]: bytes(9), [copy]: bytes(9), [dropped]: bytes(0) } },
      'later.cjs': { inputs: { [b]: bytes(9) } },
    },
  };
}

test('only packages of which something is left are named, with what they use and each licence once', ({
  onTestFinished,
}) => {
  const folder = install({ '@b/c': 'MIT', a: 'MIT', dropped: 'unheard of' }, onTestFinished);
  const { uses, packages } = bundled.bundledPackages(metafile(folder));
  expect(uses).toEqual(['pkg:npm/a@1.0.0']);
  expect(packages).toHaveLength(2);
  expect(packages).toMatchObject([
    { id: 'pkg:npm/%40b/c@1.0.0', uses: [] },
    { id: 'pkg:npm/a@1.0.0', uses: ['pkg:npm/%40b/c@1.0.0'] },
  ]);
  expect(bundled.notices(packages)).toContain('@b/c 1.0.0 (MIT)\na 1.0.0 (MIT)\n\nthe same text\n');
});

test('a licence without a text is named with the author, and one that nobody has read stops the packing', ({
  onTestFinished,
}) => {
  const bare = install({ '@b/c': 'MIT', a: 'ISC' }, onTestFinished);
  expect(bundled.notices(bundled.bundledPackages(metafile(bare)).packages)).toContain('Licence: ISC.');
  const unread = install({ '@b/c': 'AGPL-3.0', a: 'MIT' }, onTestFinished);
  expect(() => bundled.bundledPackages(metafile(unread))).toThrow('@b/c 1.0.0 has the licence AGPL-3.0');
});
