/** The program as a process, where what it writes to is gone, full, or too narrow for anything. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { says, scriptedServer, type Play, type ScriptedServer } from '../client/scripted-server.ts';
import { hasPseudoTerminal, openScreen, textOf } from '../../cloud/pseudo-terminal.ts';
import { ID, jobOf } from './scripted-program.ts';

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));

let server: ScriptedServer;
let folder = '';
beforeEach(async () => {
  server = await scriptedServer();
  folder = mkdtempSync(join(tmpdir(), 'outputs-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});
const surroundings = () => ({
  PATH: process.env['PATH'],
  HOME: folder,
  GUEST_RESET_URL: server.url,
  GUEST_RESET_TOKEN: 'e30.e30.x',
});

/** In a shell, in which the program is "$@". */
async function inShell(script: string, args: readonly string[]) {
  const child = spawn('bash', ['--norc', '-c', `set -o pipefail; ${script}`, 'bash', process.execPath, MAIN, ...args], {
    cwd: folder,
    env: surroundings(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code as number | null, out, err };
}

const MANY = Array.from({ length: 20_000 }, (_none, row) => `{"row":${row},"user":"guest${row}@fabrikam.example"}\n`);
const results: Play = (response) =>
  void response.writeHead(200, { 'Content-Type': 'application/x-ndjson' }).end(MANY.join(''));

test('whoever reads no more than the first lines ends it without a word of that', async () => {
  server.plays = [results];
  expect(await inShell('"$@" | head -n 1', ['results', ID, '--json'])).toEqual({ code: 0, out: MANY[0], err: '' });
  server.plays = [says(200, { value: Array.from({ length: 5_000 }, () => jobOf({})) })];
  const listed = await inShell('"$@" | head -n 1', ['jobs', '--json', '--limit', '5000']);
  expect(listed).toMatchObject({ code: 0, err: '' });
}, 60_000);

test('what cannot be written, for the disk is full, is no success', async () => {
  server.plays = [says(200, jobOf({}))];
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [MAIN, 'status', ID, '--json'], {
    env: surroundings(),
    stdio: ['ignore', full, 'pipe'],
  });
  closeSync(full);
  const [err, [code]] = await Promise.all([child.stderr === null ? '' : text(child.stderr), once(child, 'close')]);
  expect(err).toMatch(/^The output could not be written: .*ENOSPC.*\n/);
  expect(err).not.toContain('    at ');
  expect(code).toBe(1);
}, 60_000);

test('a disk that is full in the middle of the results leaves no file, and says so', async () => {
  server.plays = [results];
  // A file may not grow over 64 kB; the signal of it is passed over, so a write fails.
  const limited = 'trap \'\' XFSZ; ulimit -f 64; "$@"';
  const { code, err } = await inShell(limited, ['results', ID, '-o', 'results.ndjson']);
  expect(err).toMatch(/^It cannot be written: EFBIG.+ results\.ndjson was not written\.\n$/);
  expect(code).toBe(1);
  expect(readdirSync(folder).filter((name) => name.startsWith('results'))).toEqual([]);
}, 60_000);

test.skipIf(!hasPseudoTerminal).each([10, 0])(
  'on a screen that is %i columns wide it shows how far it is, and ends',
  async (columns) => {
    const looked = says(202, jobOf({ done: 3, counts: { pending: 27, succeeded: 3 } }), { 'Retry-After': '1' });
    const end = jobOf({ status: 'completed', endedAt: 'then', done: 30, counts: { succeeded: 30 } });
    server.plays = [looked, looked, says(200, end)];
    const { code, shown } = await openScreen(['status', ID, '--watch'], { columns, env: surroundings() }).end;
    expect(textOf(shown)).toContain(columns === 10 ? '10 %  3 o…' : '3 of 30 done; succeeded 3\n');
    expect(textOf(shown)).toContain('30 of 30: succeeded 30');
    expect(code).toBe(0);
  },
  60_000,
);
