/** What is deployed: the zip that `npm run package` writes, and that the app runs from it alone. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startCloud } from './cloud.ts';
import { json } from './jobs.ts';

/** What of the project goes into it. */
const FOLDERS = ['functions', 'shared', 'client', 'cli', 'console', 'scripts'];
const SOURCES = [...FOLDERS, 'package.json', 'package-lock.json', 'tsconfig.json', 'host.json', 'LICENSE'];
/** Azure takes far more; a cold start reads it all. */
const MOST_BYTES = 2_000_000;

interface Packed {
  readonly printed: string;
  readonly zip: Buffer;
  /** The bill of materials beside it. */
  readonly materials: string;
  /** The command line, which is not in the zip. */
  readonly program: Buffer;
  readonly programMaterials: string;
  /** Of the folder that `azd` zips, by path. */
  readonly folder: ReadonlyMap<string, string>;
}

const hashes = z.array(z.object({ alg: z.string(), content: z.string() }));
const billSchema = z.object({
  metadata: z.object({ component: z.object({ 'bom-ref': z.string(), hashes: hashes.optional() }) }),
  components: z.array(z.object({ purl: z.string(), name: z.string(), version: z.string(), hashes: hashes.optional() })),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const directory = mkdtempSync(join(tmpdir(), 'package-'));
let here: Packed;
let there: Packed;
beforeAll(async () => {
  [here, there] = await Promise.all([
    pack(join(directory, 'one'), 'Etc/UTC'),
    // Left over from another build: nothing of it may be packed.
    pack(join(directory, 'deep', 'below', 'another'), 'Asia/Tokyo', ['dist/old.cjs', 'dist-package/dist/old.cjs']),
  ]);
}, 180_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function pack(clone: string, timeZone: string, leftOver: readonly string[] = []): Promise<Packed> {
  for (const name of SOURCES) cpSync(name, join(clone, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(clone, 'node_modules'));
  for (const name of leftOver) writeWhole(join(clone, name), 'old');
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/package.mjs'], {
    cwd: clone,
    env: { ...process.env, TZ: timeZone },
  });
  const folder = readdirSync(join(clone, 'dist-package'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(join(clone, 'dist-package/').length), readFileSync(path, 'latin1')] as const);
  const made = (kind: string): Buffer => readFileSync(join(clone, `guest-reset-${version}.${kind}`));
  return {
    printed: stdout,
    zip: made('zip'),
    materials: made('cdx.json').toString(),
    program: readFileSync(join(clone, 'dist', 'guest-reset.mjs')),
    programMaterials: made('program.cdx.json').toString(),
    folder: new Map(folder),
  };
}

function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

test('two clones in different places and time zones give the same bytes, and their digest is printed', () => {
  expect(here.zip.equals(there.zip)).toBe(true);
  expect(here.folder).toEqual(there.folder);
  expect(here.printed).toContain(createHash('sha256').update(here.zip).digest('hex'));
  expect(here.printed).toContain(`${here.zip.length} bytes`);
  expect(here.materials).toBe(there.materials);
  expect(here.program.equals(there.program)).toBe(true);
  expect(here.printed).toContain(createHash('sha256').update(here.program).digest('hex'));
  expect(here.programMaterials).toBe(there.programMaterials);
});

test('the command line is one file that runs alone, says how it is started, and has its licences', async () => {
  const file = join(directory, 'alone', 'guest-reset.mjs');
  writeWhole(file, here.program);
  const run = async (...args: string[]) => (await promisify(execFile)(process.execPath, [file, ...args])).stdout;
  const help = await run('--help');
  expect(help).toContain('\n  node guest-reset.mjs COMMAND [options]\n');
  expect(help).not.toContain('npm run');
  expect(await run('submit', '--help')).toContain('\n  node guest-reset.mjs submit users.csv --send-mail --wait\n');
  const { metadata, components } = billSchema.parse(JSON.parse(here.programMaterials));
  expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining(['openapi-fetch', '@azure/identity']));
  const text = here.program.toString();
  for (const one of components) expect(text).toContain(`\n${one.name} ${one.version} (`);
  expect(metadata.component.hashes?.[0]?.content).toBe(createHash('sha256').update(here.program).digest('hex'));
  expect([process.cwd(), directory].filter((place) => text.includes(`${place}/`))).toEqual([]);
});

test('the bill of materials names what is in the zip as npm does, and the notices have each licence', async () => {
  const { metadata, components, dependencies } = billSchema.parse(JSON.parse(here.materials));
  const { stdout } = await promisify(execFile)('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], {
    maxBuffer: 16_000_000,
  });
  const installed = new Map(billSchema.parse(JSON.parse(stdout)).components.map((one) => [one.purl, one.hashes]));
  expect(components.length).toBeGreaterThan(50);
  const notices = here.folder.get('THIRD-PARTY-NOTICES.txt') ?? '';
  for (const one of components) {
    expect(installed.get(one.purl), one.purl).toEqual(one.hashes);
    expect(notices).toContain(`\n${one.name} ${one.version} (`);
  }
  expect(metadata.component.hashes).toEqual([
    { alg: 'SHA-256', content: createHash('sha256').update(here.zip).digest('hex') },
  ]);
  const uses = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  expect(uses.get(`pkg:npm/guest-reset@${version}`)).toContain('pkg:npm/%40azure/functions@4.16.5');
  expect([...uses.keys()].sort()).toEqual(
    [metadata.component['bom-ref'], ...components.map(({ purl }) => purl)].sort(),
  );
});

test('it has what the app needs and nothing else, and is small', () => {
  const files = unzipSync(here.zip);
  const later = [...readFileSync('scripts/build.mjs', 'utf8').matchAll(/^  '?([\w-]+)'?: 'shared\//gm)];
  const parts = ['main', ...later.map(([, part]) => part)].map((part) => `dist/${part}.cjs`).toSorted();
  expect(parts.length).toBeGreaterThan(4);
  const licences = ['LICENSE', 'THIRD-PARTY-NOTICES.txt'];
  const { page = [], app } = Object.groupBy(Object.keys(files).sort(), (path) =>
    path.startsWith('dist/console/') ? 'page' : 'app',
  );
  expect(app).toEqual([...licences, ...parts, 'host.json', 'package.json']);
  const plain = page.filter((path) => !/\.(?:br|gz)$/.test(path));
  expect(page).toEqual(plain.flatMap((path) => [path, `${path}.br`, `${path}.gz`]).sort());
  // Beside the page itself each name changes with the content, and no file is a map.
  const name = /^dist\/console\/(?:index\.html|assets\/[\w.-]+-[\w-]{8}\.(?:js|css|svg))$/;
  expect(plain.filter((path) => !name.test(path))).toEqual([]);
  expect(plain).toContain('dist/console/index.html');
  expect([...here.folder.keys()].sort()).toEqual(Object.keys(files).sort());
  expect(Buffer.from(files['host.json'] ?? []).toString()).toBe(readFileSync('host.json', 'utf8'));
  expect(JSON.parse(Buffer.from(files['package.json'] ?? []).toString())).toEqual({
    name: 'guest-reset',
    version,
    private: true,
    license: 'MIT',
    type: 'commonjs',
    main: 'dist/main.cjs',
  });
  expect(here.zip.length).toBeLessThan(MOST_BYTES);
});

test('nothing in it tells on which machine it was built', () => {
  const telling = [directory, process.cwd(), process.env['HOME'] ?? directory];
  for (const [path, content] of here.folder)
    expect(
      telling.filter((place) => place.length > 1 && content.includes(`${place}/`)),
      path,
    ).toEqual([]);
});

test(
  'unzipped anywhere, without any package beside it, it answers and resets a guest',
  { timeout: 60_000 },
  async () => {
    const appDir = join(directory, 'deployed');
    for (const [path, content] of Object.entries(unzipSync(here.zip))) writeWhole(join(appDir, path), content);
    // Settings are not part of it: the platform has them, or here a file.
    cpSync('local.settings.sample.json', join(appDir, 'local.settings.json'));
    await using cloud = await startCloud({ appDir, guests: 20 });
    expect(await (await fetch(`${cloud.api}/console`)).text()).toContain('<div id="console">');
    expect(await json(`${cloud.api}/health`)).toMatchObject({ status: 200, body: { status: 'healthy' } });
    const users = await json<{ mail: string | null; externalUserState: string; roles: string[] }[]>(
      `${cloud.graph}/_sim/users`,
    );
    const guest = users.body.find(
      ({ mail, externalUserState, roles }) => mail !== null && externalUserState === 'Accepted' && roles.length === 0,
    );
    const reset = await json(`${cloud.api}/guests/${encodeURIComponent(guest?.mail ?? '')}/resets`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Prefer: 'wait=30' },
      body: JSON.stringify({ sendInvitationMessage: true }),
    });
    expect(reset).toMatchObject({ body: { status: 'completed', counts: { succeeded: 1 } } });
    expect((await json<unknown[]>(`${cloud.graph}/_sim/mails`)).body).toHaveLength(1);
  },
);
