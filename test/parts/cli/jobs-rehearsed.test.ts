/** What is told after a rehearsal: the very line that does what it rehearses. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { word } from '../../../cli/jobs/line.ts';
import { says, scriptedServer, type Play, type ScriptedServer } from '../client/scripted-server.ts';
import { ID, jobOf, runAgainst } from './scripted-program.ts';

let server: ScriptedServer;
beforeEach(async () => {
  server = await scriptedServer();
});
afterEach(async () => server.close());
const input = async () => new TextEncoder().encode('user\na@fabrikam.example\n');
const run = (args: readonly string[], more: Parameters<typeof runAgainst>[2] = {}) =>
  runAgainst(server.url, args, { input, ...more, env: { GUEST_RESET_TOKEN: 'e30.e30.x' } });
const rehearsed = (more: object = {}): Play =>
  says(
    202,
    jobOf({ status: 'completed', dryRun: true, endedAt: 'then', summary: {}, counts: { succeeded: 1 }, ...more }),
  );
const THEN = /^To do what it rehearses(.*): npm run -s guest-reset -- (.+)\n$/m;

test.each<[readonly string[], string, string]>([
  [
    ['submit', '-', '--dry-run', '--no-mail', '--reason=it is moved', '--not-after', '2030-01-01'],
    ', with the same list written into it',
    "submit - --no-mail '--reason=it is moved' --not-after 2030-01-01",
  ],
  [
    ['reset', 'a@fabrikam.example', '--send-mail', '--reference', "HR's", '--dry-run'],
    '',
    String.raw`reset a@fabrikam.example --send-mail --reference 'HR'\''s'`,
  ],
  [
    ['submit', '--dry-run', '--no-mail', '--url', 'URL', '--', '-'],
    expect.any(String),
    'submit --no-mail --url URL -- -',
  ],
])('%j is told to be done with the same line, without --dry-run', async (args, how, line) => {
  server.plays = [rehearsed()];
  const told = await run(args.map((arg) => (arg === 'URL' ? server.url : arg)));
  expect(THEN.exec(told.err)?.slice(1)).toEqual([how, line.replace('URL', server.url)]);
});

test('where there may be many it is told how the first go first, unless that was said', async () => {
  const HINT = 'With --pause-after 5 beside it';
  const many = async () => new TextEncoder().encode(`user\n${'a@fabrikam.example\n'.repeat(30)}`);
  for (const [args, list, isTold] of [
    [[], many, true],
    [['--pause-after', '5'], many, false],
    [[], input, false],
  ] as const) {
    server.plays = [rehearsed()];
    const told = await run(['submit', '-', '--no-mail', '--dry-run', ...args], { input: list });
    expect(told.err.includes(HINT)).toBe(isTold);
  }
});

test('reset waits, and takes it when that is said', async () => {
  server.plays = [rehearsed()];
  const told = await run(['reset', 'a@fabrikam.example', '--no-mail', '--dry-run', '--wait']);
  expect(told).toMatchObject({ code: 0 });
});

test('of a retry it is the same; of a retry of a rehearsal there is none, for each of these is one', async () => {
  for (const [dryRun, isTold] of [
    [false, true],
    [true, false],
  ]) {
    server.plays = [says(200, jobOf({ dryRun })), rehearsed({ retryOf: ID })];
    const told = await run(['retry', ID, '--code', 'throttled', '--dry-run']);
    expect(THEN.exec(told.err)?.[2]).toBe(isTold ? `retry ${ID} --code throttled` : undefined);
  }
});

test('it is told before the rehearsal has ended, and not where nobody would be reset or it was canceled', async () => {
  const line = ['submit', '-', '--no-mail', '--dry-run'];
  const under: object = { status: 'queued', endedAt: undefined, counts: {} };
  for (const [how, isTold] of [
    [under, true],
    [{ counts: { failed: 1 } }, false],
    [{ status: 'canceled', counts: { succeeded: 1, canceled: 4 } }, false],
  ] as const) {
    server.plays = [rehearsed(how)];
    expect(THEN.test((await run(line)).err)).toBe(isTold);
  }
});

test('a rehearsal does not use up the key that is named; where its answer is lost, another mails nobody either', async () => {
  server.plays = [rehearsed()];
  const line = ['submit', '-', '--no-mail', '--key', 'leaver-4711'];
  const told = await run([...line, '--dry-run']);
  expect(server.asked.at(-1)?.key).toMatch(/^[\da-f-]{36}$/);
  expect(told.err).toContain('submit - --no-mail --key leaver-4711\n');
  const controller = new AbortController();
  server.plays = [() => controller.abort()];
  const left = await run([...line, '--dry-run'], { interruption: () => controller.signal });
  expect(left.err).toMatch(/it mails nobody\. Another one, .+: .+ submit - --no-mail --key leaver-4711 --dry-run\n/);
});

test('words of a line are quoted for the shells of the system that it is told on', () => {
  const told = [`it's`, 'a "b"', '=x', 'C:\\list.csv', '$HOME', ''];
  expect(told.map((each) => word(each, 'linux'))).toEqual([
    String.raw`'it'\''s'`,
    `'a "b"'`,
    `'=x'`,
    String.raw`'C:\list.csv'`,
    `'$HOME'`,
    `''`,
  ]);
  expect(told.map((each) => word(each, 'win32'))).toEqual([
    `"it's"`,
    '"a ""b"""',
    '=x',
    'C:\\list.csv',
    '"$HOME"',
    '""',
  ]);
});
