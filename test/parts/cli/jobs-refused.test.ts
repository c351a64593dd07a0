/** What is refused before anybody is asked, and that programs are told of it as of everything else. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { says, scriptedServer, type ScriptedServer } from '../client/scripted-server.ts';
import { ID, jobOf, runAgainst } from './scripted-program.ts';

let server: ScriptedServer;
let folder = '';
beforeEach(async () => {
  server = await scriptedServer();
  folder = mkdtempSync(join(tmpdir(), 'refused-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});
const run = (args: readonly string[], more: Parameters<typeof runAgainst>[2] = {}) =>
  runAgainst(server.url, args, { ...more, env: { GUEST_RESET_TOKEN: 'e30.e30.x' } });
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test.each<[string, readonly string[], string]>([
  ['an option without its value', ['jobs', '--json', '--limit'], "Option '--limit <value>' argument missing"],
  ['an unknown option', ['jobs', '--json', '--stats', 'x'], '"jobs" has no option --stats. Did you mean --status?'],
  ['a word too many', ['jobs', '--json', 'paused'], '"jobs" takes no "paused".'],
  ['a number that is none', ['jobs', '--json', '--limit', '1e9'], '--limit must be a whole number from 1, not "1e9".'],
  ['what is said twice', ['jobs', '--json', '--limit', '1', '--limit', '2'], '--limit is said twice'],
  ['an id with a blank', ['status', 'JOB 1', '--json'], '"JOB 1" is no id of a job: it has 26 letters and digits.'],
  ['hours that are none', ['reset', 'a', '--json', '--skip-if-reset-within-hours', '-1h'], 'argument is ambiguous'],
])('%s is told to programs, too, and nothing is asked', async (_what, args, detail) => {
  const { code, out, err } = await run(args);
  expect(JSON.parse(out)).toEqual({ code: 'wrongCommandLine', detail: expect.stringContaining(detail) });
  expect(err).toContain(detail);
  expect(code).toBe(2);
  expect(server.asked).toEqual([]);
});

test('an empty list, a folder, what is locked, and a pipe into which nothing was written are named', async () => {
  mkdirSync(join(folder, 'folder.csv'));
  const locked = write('locked.csv', 'user\n');
  chmodSync(locked, 0o000);
  const refusals: [string, string][] = [
    [write('empty.csv', ''), `${join(folder, 'empty.csv')} is empty.`],
    [join(folder, 'folder.csv'), `${join(folder, 'folder.csv')} is a folder: name a file in it.`],
    ['-', 'Nothing was written into the program'],
    // Who may do everything may read it, too.
    ...(process.getuid?.() === 0 ? [] : [[locked, `${locked} cannot be read: EACCES`] as [string, string]]),
  ];
  for (const [name, detail] of refusals) {
    const told = await run(['submit', name, '--no-mail']);
    expect(told).toMatchObject({ code: 2, err: expect.stringContaining(detail) });
  }
  expect(server.asked).toEqual([]);
});

test.each([
  ['http://localhost:99999/api'],
  ['http://other.example/api'],
  ['https://a.example/api?x=1'],
  ['https://ada:secret@a.example/api'],
  ['https://a b.example/api'],
  ['ftp://a.example'],
])('%s is no address of an API, and the message has one that is', async (url) => {
  const told = await run(['jobs', '--url', url]);
  expect(told).toMatchObject({ code: 2, err: expect.stringContaining('https://NAME.azurewebsites.net/api') });
  expect(told.err).toContain('http://localhost:7071/api');
});

test('nobody who could be asked, and somebody who says no, are told to programs, too', async () => {
  const input = async () => new TextEncoder().encode(`user\n${'a@fabrikam.example\n'.repeat(30)}`);
  const rehearsed = says(200, jobOf({ status: 'completed', endedAt: 'then', summary: { wouldMail: 30 } }));
  const answers = [
    [undefined, { code: 'confirmationNeeded' }, 2],
    [false, { code: 'declined', detail: 'Nobody was mailed.' }, 1],
    ['left', { code: 'interrupted', detail: 'Nobody was mailed.' }, 130],
  ] as const;
  for (const [answer, json, code] of answers) {
    server.plays = [says(202, jobOf({ dryRun: true })), rehearsed];
    const told = await run(['submit', '-', '--send-mail', '--json'], { input, confirm: async () => answer });
    expect([told.code, JSON.parse(told.out)]).toMatchObject([code, json]);
  }
});

test('who waits while it is paused waits, also where that alone is said', async () => {
  const ended = jobOf({ status: 'completed', endedAt: 'then', done: 30, counts: { succeeded: 30 } });
  server.plays = [says(200, ended), says(202, jobOf({ status: 'queued' })), says(200, ended)];
  const input = async () => new TextEncoder().encode('user\na@fabrikam.example\n');
  await run(['status', ID, '--wait-while-paused']);
  await run(['submit', '-', '--no-mail', '--wait-while-paused'], { input });
  const looks = server.asked.filter(({ line }) => line === `GET /api/jobs/${ID}/completion?waitWhilePaused=true`);
  expect(looks).toHaveLength(2);
});

test('half an hour is a number of hours', async () => {
  server.plays = [says(202, jobOf({ status: 'completed', endedAt: 'then' }))];
  await run(['reset', 'a@fabrikam.example', '--no-mail', '--skip-if-reset-within-hours', '0.5']);
  expect(server.asked[0]?.line).toContain('skipIfResetWithinHours=0.5');
});

test('lines to come back lead to the same API as the same one, and are taken by a shell as they are', async () => {
  server.plays = [says(202, jobOf({ status: 'queued' }))];
  const input = async () => new TextEncoder().encode('user\na@fabrikam.example\n');
  const client = '44444444-4444-4444-8444-444444444444';
  const told = await run(['submit', '-', '--no-mail', '--url', server.url, '--client-id', client], { input });
  expect(told.err).toContain(`status ${ID} --watch --url ${server.url} --client-id ${client}\n`);
  const controller = new AbortController();
  server.plays = [() => controller.abort()];
  const file = write("ada's list.csv", 'user\na@fabrikam.example\n');
  const left = await run(['submit', file, '--no-mail'], { interruption: () => controller.signal });
  expect(left.err).toMatch(/no second job of it: npm run -s guest-reset -- submit --key [\da-f-]{36} \S/);
  expect(left.err).toContain(String.raw` '${folder}/ada'\''s list.csv' --no-mail${'\n'}`);
});
