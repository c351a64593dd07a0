/** What is deployed: the zip that `npm run package` writes, and that the app runs from it alone. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud } from './cloud.ts';
import { json } from './jobs.ts';

/** What of the project goes into it. */
const SOURCES = ['functions', 'shared', 'scripts', 'package.json', 'host.json'];
/** Azure takes far more; a cold start reads it all. */
const MOST_BYTES = 2_000_000;

interface Packed {
  readonly printed: string;
  readonly zip: Buffer;
  /** Of the folder that `azd` zips, by path. */
  readonly folder: ReadonlyMap<string, string>;
}

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
}, 60_000);
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
  return { printed: stdout, zip: readFileSync(join(clone, `guest-reset-${version}.zip`)), folder: new Map(folder) };
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
});

test('it has what the app needs and nothing else, and is small', () => {
  const files = unzipSync(here.zip);
  const later = [...readFileSync('scripts/build.mjs', 'utf8').matchAll(/^  '?([\w-]+)'?: 'shared\//gm)];
  const parts = ['main', ...later.map(([, part]) => part)].map((part) => `dist/${part}.cjs`).toSorted();
  expect(parts.length).toBeGreaterThan(4);
  expect(Object.keys(files).sort()).toEqual([...parts, 'host.json', 'package.json']);
  expect([...here.folder.keys()].sort()).toEqual(Object.keys(files).sort());
  expect(Buffer.from(files['host.json'] ?? []).toString()).toBe(readFileSync('host.json', 'utf8'));
  expect(JSON.parse(Buffer.from(files['package.json'] ?? []).toString())).toEqual({
    name: 'guest-reset',
    version,
    private: true,
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
