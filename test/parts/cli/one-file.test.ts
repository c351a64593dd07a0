/** The command line as the one file that is released, on the Node that runs this: CI does so on the oldest one, too. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { cutOff, says, scriptedServer, type ScriptedServer } from '../client/scripted-server.ts';
import { hasPseudoTerminal, openScreen, textOf } from '../../cloud/pseudo-terminal.ts';
import { ID, jobOf, described } from './scripted-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'one-file-'));
const FILE = join(folder, 'guest-reset.mjs');
let server: ScriptedServer;
beforeAll(() => promisify(execFile)(process.execPath, ['scripts/program.mjs', FILE]), 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  server = await scriptedServer();
});
afterEach(async () => server.close());

const surroundings = (env: NodeJS.ProcessEnv) => ({ HOME: folder, GUEST_RESET_URL: server.url, ...env });
const TOKEN = { GUEST_RESET_TOKEN: 'e30.e30.x' };

/** Where no tool is that could sign in. */
async function run(
  args: readonly string[],
  { env = {}, input = '' }: { env?: NodeJS.ProcessEnv; input?: string } = {},
) {
  const child = spawn(process.execPath, [FILE, ...args], { cwd: folder, env: surroundings({ PATH: folder, ...env }) });
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code as number | null, out, err };
}

test('it submits what is written into it, sends it again where the answer was lost, and waits', async () => {
  const looked = says(202, jobOf({ done: 3 }), { 'Retry-After': '1' });
  const ended = says(200, jobOf({ status: 'completed', endedAt: 'then', done: 30, counts: { succeeded: 30 } }));
  server.plays = [cutOff, says(202, jobOf({ status: 'queued' })), looked, ended];
  const told = await run(['submit', '-', '--no-mail', '--wait'], { env: TOKEN, input: 'user\na@fabrikam.example\n' });
  expect(told.out).toContain('30 of 30: succeeded 30');
  expect(told.err).toContain(`Results: node guest-reset.mjs results ${ID} -o results.csv\n`);
  expect(told.code).toBe(0);
  expect(server.asked.slice(0, 2).map(({ body }) => body)).toEqual(Array(2).fill('user\na@fabrikam.example\n'));
}, 60_000);

test('it finds out how to sign in, and says so where nobody has', async () => {
  const client = '44444444-4444-4444-8444-444444444444';
  server.plays = [
    (response, request) => {
      const write = response.end.bind(response);
      response.end = ((body: string) => write(body.replace(/0{8}-(?:0{4}-){3}0{12}/, client))) as typeof response.end;
      described(response, request);
    },
  ];
  const told = await run(['jobs', '--json']);
  expect(told.err).toMatch(/^Nobody is signed in\.\nSign in: az login .*--scope api:\/\/44444444-/);
  expect(JSON.parse(told.out)).toMatchObject({ code: 'notSignedIn' });
  expect(told.code).toBe(1);
}, 60_000);

test('it writes results into a file', async () => {
  server.plays = [(response) => void response.writeHead(200, { 'Content-Type': 'text/csv' }).end('user\na\n')];
  expect(await run(['results', ID, '-o', 'results.csv'], { env: TOKEN })).toMatchObject({ code: 0, out: '' });
  expect(readFileSync(join(folder, 'results.csv'), 'utf8')).toBe('user\na\n');
});

test.skipIf(!hasPseudoTerminal)(
  'at a terminal it draws, and asks',
  async () => {
    const summary = { wouldMail: 30, wouldAddEmail: 0 };
    const looked = says(202, jobOf({ done: 3, dryRun: true, summary }), { 'Retry-After': '1' });
    const ended = says(200, jobOf({ status: 'completed', dryRun: true, endedAt: 'then', done: 30, summary }));
    server.plays = [says(202, jobOf({ dryRun: true })), looked, ended];
    const screen = openScreen(['retry', ID], { columns: 100, env: surroundings(TOKEN), program: FILE });
    await screen.shows(/Mail 30 guests\?/);
    screen.type('\r');
    const { code, shown } = await screen.end;
    expect(textOf(shown)).toMatch(/^░+ 10 % {2}3 of 30$/m);
    expect(textOf(shown)).toContain('Nobody was mailed.');
    expect(code).toBe(1);
  },
  60_000,
);
