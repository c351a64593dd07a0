/** Who is asked before mail goes out, about what, and what is sent then. */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { says, scriptedServer, type Play, type ScriptedServer } from '../client/scripted-server.ts';
import { ID, jobOf, runAgainst } from './scripted-program.ts';

let server: ScriptedServer;
let folder = '';
beforeEach(async () => {
  server = await scriptedServer();
  folder = mkdtempSync(join(tmpdir(), 'asked-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});
const run = (args: readonly string[], more: Parameters<typeof runAgainst>[2] = {}) =>
  runAgainst(server.url, args, { ...more, env: { GUEST_RESET_TOKEN: 'e30.e30.x' } });
const bodies = (): string[] =>
  server.asked.filter(({ line }) => line.startsWith('POST /api/jobs?')).map((one) => one.body);
const LIST = `user\n${Array.from({ length: 30 }, (_none, row) => `guest${row}@fabrikam.example\n`).join('')}`;
const rehearsed = (wouldMail: number): object =>
  jobOf({ status: 'completed', dryRun: true, endedAt: 'then', summary: { wouldMail, wouldAddEmail: 0 } });
const taken = says(202, jobOf({ status: 'queued' }));

test('what is sent is what was rehearsed and agreed to, though the file changes meanwhile', async () => {
  const file = join(folder, 'list.csv');
  writeFileSync(file, LIST);
  server.plays = [says(202, jobOf({ dryRun: true })), says(200, rehearsed(30)), taken];
  const confirm = async (): Promise<boolean> => {
    appendFileSync(file, 'somebody-else@fabrikam.example\n');
    return true;
  };
  expect(await run(['submit', file, '--send-mail'], { confirm })).toMatchObject({ code: 0 });
  expect(bodies()).toEqual([LIST, LIST]);
});

test('a pipe in place of a file is read once, and all of it is sent', async () => {
  const pipe = join(folder, 'pipe');
  spawnSync('mkfifo', [pipe]);
  server.plays = [taken];
  const writing = import('node:fs/promises').then(async ({ writeFile }) => writeFile(pipe, LIST));
  expect(await run(['submit', pipe, '--no-mail', '--yes'])).toMatchObject({ code: 0 });
  await writing;
  expect(bodies()).toEqual([LIST]);
});

const guests = (count: number): string[] => Array.from({ length: count }, (_none, row) => `g${row}@fabrikam.example`);
const objects = (count: number): string[] => guests(count).map((user) => JSON.stringify({ user }));
test.each<[string, (count: number) => string]>([
  ['CSV', (count) => ['user', ...guests(count), ''].join('\n')],
  ['CSV without a last line end', (count) => ['user', ...guests(count)].join('\r\n')],
  ['CSV of an old spreadsheet', (count) => ['user', ...guests(count), ''].join('\r')],
  ['NDJSON', (count) => `${objects(count).join('\n')}\n`],
  ['NDJSON without a last line end', (count) => objects(count).join('\n')],
  ['an array', (count) => `[${objects(count).join()}]`],
])('21 guests are asked about, and 19 are not, in a list that is %s', async (_what, text) => {
  const input = (count: number) => async () => new TextEncoder().encode(text(count));
  server.plays = [taken, says(202, jobOf({ dryRun: true })), says(200, rehearsed(21))];
  expect(await run(['submit', '-', '--send-mail'], { input: input(19) })).toMatchObject({ code: 0 });
  const many = await run(['submit', '-', '--send-mail'], { input: input(21) });
  expect(many).toMatchObject({ code: 2, err: expect.stringContaining('21 guests would be mailed') });
});

test('a rehearsal says why there is one where nobody was to be mailed', async () => {
  server.plays = [says(202, jobOf({ dryRun: true })), says(200, rehearsed(0)), taken];
  const input = async () => new TextEncoder().encode(LIST);
  const { code, err } = await run(['submit', '-', '--no-mail'], { input });
  expect(err).toMatch(/^Rehearsing with 30 guests .+, for rows may ask for mail although --no-mail is said/m);
  expect(code).toBe(0);
});

test('Ctrl-C in the rehearsal cancels it, and says that nothing was sent', async () => {
  const controller = new AbortController();
  const leave: Play = (response, request) => {
    says(202, jobOf({ dryRun: true }), { 'Retry-After': '60' })(response, request);
    setTimeout(() => controller.abort(), 50);
  };
  server.plays = [says(202, jobOf({ dryRun: true })), leave, says(202, jobOf({ status: 'canceling' }))];
  const input = async () => new TextEncoder().encode(LIST);
  const told = await run(['submit', '-', '--send-mail', '--json'], { input, interruption: () => controller.signal });
  expect(server.asked.at(-1)?.line).toBe(`POST /api/jobs/${ID}/cancel`);
  expect(told.err).toContain('The rehearsal was canceled; nobody was mailed.');
  expect(JSON.parse(told.out)).toMatchObject({ code: 'interrupted' });
  expect(told.code).toBe(130);
});

test('where the rehearsal cannot be canceled, that is said with its line', async () => {
  const controller = new AbortController();
  const leave: Play = (response, request) => {
    says(202, jobOf({ dryRun: true }), { 'Retry-After': '60' })(response, request);
    setTimeout(() => controller.abort(), 50);
  };
  const refusal = says(403, { code: 'missingRole', status: 403, detail: 'no', title: '', type: '', traceId: 't' });
  server.plays = [says(202, jobOf({ dryRun: true })), leave, refusal];
  const input = async () => new TextEncoder().encode(LIST);
  const told = await run(['submit', '-', '--send-mail'], { input, interruption: () => controller.signal });
  expect(told.err).toContain(
    `The rehearsal goes on, and mails nobody. To stop it: npm run -s guest-reset -- cancel ${ID}`,
  );
  expect(told.code).toBe(130);
});

test.each([
  ['mails nobody but where rows say so', { options: { sendInvitationMessage: false } }, 2],
  ['mails', { options: { sendInvitationMessage: true } }, 2],
  ['is a rehearsal', { options: {}, dryRun: true }, 0],
])('a resume of many asks first where the job %s', async (_how, more, code) => {
  const job = jobOf({ status: 'paused', counts: { pending: 30 }, ...more });
  server.plays = [says(200, job), ...(code === 0 ? [says(200, job)] : [])];
  const told = await run(['resume', ID]);
  expect([told.code, told.err.includes('say --yes')]).toEqual([code, code !== 0]);
});
