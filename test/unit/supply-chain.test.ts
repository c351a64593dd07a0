/** Whoever builds this later, or elsewhere, gets the same packages, or an error. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const manifests = globSync(['package.json', 'test/*/package.json', 'test/azure/*/package.json']).toSorted();
const projects = globSync('test/azure/**/*.*proj');
const workflows = globSync('.github/workflows/*.yml');
const read = (file: string): string => readFileSync(file, 'utf8');

const versions = z.record(z.string(), z.string()).optional();
const manifestSchema = z.object({
  scripts: versions,
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
});
const manifestOf = (file: string) => manifestSchema.parse(JSON.parse(read(file)));
const lockfileSchema = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({ resolved: z.string().optional(), integrity: z.string().optional(), link: z.boolean().optional() }),
  ),
});

test.each(manifests)('%s names each version exactly', (file) => {
  const { dependencies, devDependencies, optionalDependencies } = manifestOf(file);
  const named = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  const loose = named.filter(([, version]) => !/^(?:\d+\.\d+\.\d+(?:-[\w.]+)?|file:tools\/[\w/-]+)$/.test(version));
  expect(named).not.toEqual([]);
  expect(loose).toEqual([]);
});

test.each(manifests)('the lockfile beside %s has a hash of every package and the address of none', (file) => {
  const { packages } = lockfileSchema.parse(JSON.parse(read(file.replace('package.json', 'package-lock.json'))));
  const fetched = Object.entries(packages).filter(([place, { link }]) => place.includes('node_modules/') && !link);
  expect(fetched.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))).toEqual([]);
  expect(fetched.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  expect(fetched).not.toEqual([]);
});

test('what runs by itself installs from the lockfile', () => {
  const scripts = manifests.flatMap((file) => Object.values(manifestOf(file).scripts ?? {}));
  const others = ['.ci/run', ...globSync('scripts/*'), ...workflows].map(read);
  const installing = /\bnpm (?:install|i|add|update|exec)\b|\bnpx\b|--yes\b/;
  expect([...scripts, ...others].filter((text) => installing.test(text))).toEqual([]);
  expect(read('scripts/setup.mjs')).toContain("execSync('npm ci ");
});

test.each(projects)('%s names each version exactly', (file) => {
  const named = [...read(file).matchAll(/<Package(?:Reference|Download)[^>]*? Version="([^"]*)"/g)];
  expect(named).not.toEqual([]);
  for (const [, version] of named) expect(version).toMatch(/^\[(?:[\d.]+|\$\(\w+\))\]$/);
  if (!file.endsWith('.csproj')) return;
  expect(read(file)).toContain('<RestoreLockedMode');
  expect(read(join(dirname(file), 'packages.lock.json'))).toContain('"contentHash"');
});

test.each(workflows)('%s names actions by commit, and may only read', (file) => {
  const text = read(file);
  const used = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
  expect(used).not.toEqual([]);
  for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  expect(text).toContain('\npermissions:\n  contents: read\n');
  expect(text).not.toMatch(/: write\b|secrets\.|pull_request_target/);
});
