/**
 * An administrator's first and worst day at the command line, signed in with Azure CLI: the wrong list, a blocked
 * tenant, what failed, the results in a spreadsheet. Each step is what somebody types; what happened is the tenant's
 * word.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { excelRows, LIST_SEPARATORS } from '../excel-reader.ts';
import { startCloud, type TestCloud } from './cloud.ts';
import { json, mailsByGuest } from './jobs.ts';
import { sitDown, type Desk } from './program.ts';

const ADA = '10000000-0000-4000-8000-00000000000a';

interface SimUser {
  readonly id: string;
  readonly userType: string;
  readonly mail: string | null;
  readonly externalUserState: string | null;
  readonly roles: readonly string[];
}

let cloud: TestCloud;
let desk: Desk;
let guests: string[] = [];
beforeAll(async () => {
  cloud = await startCloud({ auth: true, guests: 250, seed: 3 });
  desk = sitDown(cloud.api);
  const { body } = await json<SimUser[]>(`${cloud.graph}/_sim/users`);
  guests = body
    .filter(({ userType, mail, externalUserState, roles }) => {
      return userType === 'Guest' && mail !== null && externalUserState === 'Accepted' && roles.length === 0;
    })
    .map(({ id }) => id);
  desk.signIn(await tokenOf(['Submit', 'Read', 'Manage']));
});
afterAll(async () => {
  desk?.leave();
  await cloud?.stop();
});

const take = (count: number): string[] => guests.splice(0, count);
const list = (name: string, users: readonly string[]): string =>
  desk.write(name, `user\n${users.map((user) => `${user}\n`).join('')}`);

async function sim(method: 'POST' | 'DELETE', path: string, body?: object): Promise<void> {
  const response = await fetch(`${cloud.graph}/_sim/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  expect(response.ok, await response.text()).toBe(true);
}

async function tokenOf(roles: readonly string[]): Promise<string> {
  const body = JSON.stringify({ oid: ADA, name: 'ada@contoso.example', roles });
  const answer = await fetch(`${cloud.graph}/_sim/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

const mailsOf = async (users: readonly string[]): Promise<number> => {
  const mails = await mailsByGuest(cloud.graph);
  return users.reduce((sum, user) => sum + (mails.get(user) ?? 0), 0);
};
const idIn = (text: string): string => /[0-9a-z]{26}/.exec(text)?.[0] ?? '';

test('the first day: nobody signed in, one guest, a list with a failure, its retry, and the results in a spreadsheet', async () => {
  const [first = '', ...users] = take(7);
  desk.signIn();
  const stranger = await desk.run(['reset', first, '--send-mail']);
  expect(stranger).toMatchObject({ code: 1, err: expect.stringContaining('GUEST_RESET_TOKEN') });
  desk.signIn(await tokenOf([]));
  expect(await desk.run(['reset', first, '--send-mail'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('(missingRole; trace '),
  });
  expect(await mailsOf([first])).toBe(0);

  desk.signIn(await tokenOf(['Submit', 'Read', 'Manage']));
  expect(await desk.run(['reset', first, '--send-mail'])).toMatchObject({ code: 0 });
  expect(await mailsOf([first])).toBe(1);
  expect((await desk.run(['guest', first])).out).toMatch(/ succeeded +reset +[0-9a-z]{26} +ada@contoso\.example\n$/);

  const [holder = ''] = users;
  await sim('POST', `users/${holder}`, { roles: ['Reports Reader'] });
  const submitted = await desk.run(['submit', list('first.csv', users), '--send-mail', '--wait', '--reason', 'moved']);
  const id = idIn(submitted.out);
  expect(submitted.out).toMatch(/done +6 of 6: succeeded 5, failed 1\n +because +(?:directoryRole|notAuthorized) 1\n/);
  expect(submitted.err).toContain(`To try again what failed and may succeed: npm run -s guest-reset -- retry ${id}\n`);
  expect(submitted.code).toBe(3);

  await sim('POST', `users/${holder}`, { roles: [] });
  const otherCause = await desk.run(['retry', id, '--code', 'throttled', '--wait']);
  expect(otherCause).toMatchObject({ code: 1, err: expect.stringContaining('nothingToRetry') });
  const retried = await desk.run(['retry', id, '--code', 'directoryRole,notAuthorized', '--wait']);
  expect(retried).toMatchObject({ code: 0, out: expect.stringContaining(`retry of   ${id}\n`) });
  expect(await mailsOf(users)).toBe(users.length);

  await desk.run(['results', id, '-o', join(desk.folder, 'first-results.csv')]);
  const [header = [], ...rows] = excelRows(
    readFileSync(join(desk.folder, 'first-results.csv')),
    LIST_SEPARATORS['en-US'],
  );
  const cell = (row: readonly string[], name: string): string | undefined => row[header.indexOf(name)];
  expect(rows.map((row) => [cell(row, 'user'), cell(row, 'result.status')])).toEqual(
    users.map((user) => [user, user === holder ? 'failed' : 'succeeded']),
  );

  await sim('POST', 'redeem', { userId: users[1] });
  expect((await desk.run(['check', id])).out).toMatch(/redeemed +1; not yet 4, unknown 0\n/);
  const pending = await desk.run(['results', id, '--redemption', 'pending', '--json']);
  expect(pending.out.trim().split('\n')).toHaveLength(4);
  expect((await desk.run(['jobs', '--status', 'completedWithErrors'])).out).toContain(`${id}  `);
}, 120_000);

test('the worst day: the wrong list is stopped, and of each guest it is told whether they were mailed', async () => {
  const users = take(60);
  const submitted = await desk.run(['submit', list('wrong.csv', users), '--send-mail', '--yes', '--json']);
  const { id } = JSON.parse(submitted.out) as { id: string };
  expect(await desk.run(['pause', id, '--reason', 'wrong list'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Job \w+: paused\n[^]*paused +[^\n]*: wrong list\. \(job: pausedByHand\)\n/),
  });
  expect((await desk.run(['status', id])).code).toBe(4);
  expect((await desk.run(['status', id, '--watch'])).code).toBe(4);
  // Nobody goes on by accident.
  expect(await desk.run(['resume', id])).toMatchObject({ code: 2, err: expect.stringContaining('say --yes') });
  const canceled = await desk.run(['cancel', id, '--wait', '--json']);
  const { counts } = JSON.parse(canceled.out.trim().split('\n').at(-1) ?? '') as { counts: Record<string, number> };
  expect(canceled.code).toBe(3);
  expect(counts['canceled']).toBeGreaterThan(0);
  expect(await mailsOf(users)).toBe(counts['succeeded']);
  expect(await desk.run(['cancel', id])).toMatchObject({ code: 1, err: expect.stringContaining('(jobEnded; trace ') });
}, 120_000);

test('the lines that the start prints sign in at the command line with a token of the simulator', async () => {
  const lines = cloud.logs().split('\n');
  const [token, address] = [/^TOKEN=/, /^export GUEST_RESET_URL=/].map((begin) =>
    lines.find((line) => begin.test(line)),
  );
  const command = lines.find((line) => line.startsWith('npm run -s guest-reset'));
  // The package's script is run, without what npm does before and after it.
  const script = [token, address, `${command} --json`].join('\n').replace('npm run -s', 'npm run -s --ignore-scripts');
  const { stdout } = await promisify(execFile)('sh', ['-euc', script], { env: { PATH: process.env['PATH'] } });
  expect(JSON.parse(stdout)).toMatchObject({ status: expect.any(String), checks: expect.any(Array) });
});

test('where a simulator signs in, the refusal of whoever has no token, or an old one, tells the line that gets one', async () => {
  desk.signIn();
  const told = await desk.run(['jobs', '--json']);
  expect(told.err).not.toContain('az login');
  // As a process: what the platform answers to whoever has no token is not in our document.
  const old = await desk.start(['jobs'], { env: { GUEST_RESET_TOKEN: 'e30.e30.x' } }).end;
  const lineIn = (text: string): string => /^export GUEST_RESET_TOKEN=.+$/m.exec(text)?.[0] ?? 'none';
  expect(lineIn(old.err)).toBe(lineIn(told.err));
  const shell = `${lineIn(told.err)}\nprintf %s "$GUEST_RESET_TOKEN"`;
  const { stdout } = await promisify(execFile)('sh', ['-euc', shell], { env: { PATH: process.env['PATH'] } });
  expect(await desk.run(['jobs', '--json'], { env: { GUEST_RESET_TOKEN: stdout } })).toMatchObject({
    code: 0,
    err: '',
  });
  desk.signIn(await tokenOf(['Submit', 'Read', 'Manage']));
});

test('a blocked tenant stops the job and says so; it goes on where it stopped when that is lifted', async () => {
  const users = take(3);
  await sim('POST', 'block');
  const blocked = await desk.run(['submit', list('blocked.csv', users), '--send-mail', '--wait']);
  const id = idIn(blocked.out);
  expect(blocked.out).toMatch(/paused +.+ \(tenant: tenantBlocked\)\n/);
  expect(blocked.code).toBe(4);
  expect((await desk.run(['tenant'])).code).toBe(4);
  await sim('DELETE', 'block');
  expect(await desk.run(['tenant', 'resume'])).toMatchObject({ code: 0 });
  expect(await desk.run(['status', id, '--watch', '--wait-while-paused'])).toMatchObject({ code: 0 });
  expect(await mailsOf(users)).toBe(3);
  expect((await desk.run(['tenant', 'pause', '--reason', 'maintenance', '--json'])).code).toBe(0);
  expect((await desk.run(['tenant', 'resume', '--json'])).out).toContain('"status":"running"');
}, 120_000);
