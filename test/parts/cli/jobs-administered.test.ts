/** What an administrator does beside running jobs: who did what, how a guest stands, deleting, erasing, who one is. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { problem, says, scriptedServer, type ScriptedServer } from '../client/scripted-server.ts';
import { ID, runAgainst } from './scripted-program.ts';

let server: ScriptedServer;
beforeEach(async () => {
  server = await scriptedServer();
});
afterEach(async () => server.close());
const run = (args: readonly string[], more: Parameters<typeof runAgainst>[2] = {}) =>
  runAgainst(server.url, args, { ...more, env: { GUEST_RESET_TOKEN: 'e30.e30.x' } });
const asked = (): string[] => server.asked.map(({ line }) => line.replace(ID, 'JOB'));

const GUEST = '6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1';
const ada = { id: 'a', name: 'ada@contoso.example' };
const at = '2026-01-01T00:00:00.000Z';
const entry = { of: 'job', at, action: 'submitted', by: ada, jobId: ID, total: 30, dryRun: true, reason: 'moved' };

test('audit tells who did what to what, and why, over as many pages as are asked for', async () => {
  const page = { value: [entry], nextLink: 'http://x.example/?continuationToken=next' };
  const pause = { of: 'tenant', at, action: 'stopped', by: { id: 'service' }, code: 'tenantBlocked' };
  server.plays = [says(200, page), says(200, { value: [pause, { of: 'guest', at, action: 'erased', by: ada }] })];
  const { code, out } = await run(['audit', '--job', ID, '--limit', '2']);
  expect(out).toBe(
    `${at}  submitted (dry run)  ${ID}  30  ada@contoso.example  moved\n` +
      `${at}  stopped              tenant                          service              tenantBlocked\n`,
  );
  expect(asked()).toEqual(['GET /api/audit?jobId=JOB', 'GET /api/audit?jobId=JOB&continuationToken=next']);
  expect(code).toBe(0);
  expect(await run(['audit', '--job', 'none'])).toMatchObject({ code: 2 });
});

test('audit --json gives each entry as the API does, and a refusal is told', async () => {
  server.plays = [says(200, { value: [entry] }), problem(403, 'missingRole')];
  expect((await run(['audit', '--json'])).out).toBe(`${JSON.stringify(entry)}\n`);
  expect(await run(['audit'])).toMatchObject({ code: 1, err: expect.stringContaining('(missingRole') });
});

test('look tells how the guest stands, and why a reset would not be done', async () => {
  const guest = {
    id: GUEST,
    readAt: at,
    resettable: false,
    displayName: 'Anna\u001b[2J Berg',
    mail: 'anna.berg@fabrikam.example',
    externalUserState: 'Accepted',
    externalUserStateChangeDateTime: at,
    code: 'resetRecently',
    message: 'Reset a short time ago.',
    nextStep: 'GET /api/guests/x/resets tells.',
  };
  server.plays = [says(200, guest)];
  const { code, out } = await run(['look', 'anna.berg@fabrikam.example']);
  expect(out).toContain(`Anna [2J Berg, ${GUEST}: as of ${at}\n`);
  expect(out).toMatch(/^ {2}invitation +Accepted since 2026-01-01T00:00:00.000Z$/m);
  expect(out).toMatch(/^ {2}reset +would not be done \(resetRecently\)$/m);
  expect(out).toMatch(/^ {2}to do +guest x tells\.$/m);
  expect(out).not.toContain('other mails');
  expect(code).toBe(0);
});

const told = { kept: ['See GET /api/audit.'], lost: ['When.'] };
const erasure = (status: string, resets: number): object => ({
  status,
  erased: { resets, jobs: resets, texts: 0, rows: 0 },
  ...told,
});

test('erase asks again until it is done, and tells what went, what is kept and what is lost', async () => {
  server.plays = [says(202, erasure('erasing', 1)), says(200, erasure('erased', 3))];
  const { code, out, err } = await run(['erase', GUEST], { confirm: async () => true });
  expect(err).toContain('So far resets 1, other texts 0, in jobs 1.\n');
  expect(out).toBe('Erased: resets 3, other texts 0, in jobs 3\n  kept: See audit.\n  lost: When.\n');
  expect(asked()).toEqual(Array.from({ length: 2 }, () => `DELETE /api/guests/${GUEST}/history`));
  expect(code).toBe(0);
}, 20_000);

test('Ctrl-C while it erases tells that it may go on, and how to ask again', async () => {
  const controller = new AbortController();
  const leave: (typeof server.plays)[number] = (response, request) => {
    says(202, erasure('erasing', 1))(response, request);
    setTimeout(() => controller.abort(), 50);
  };
  server.plays = [leave];
  const { code, err } = await run(['erase', GUEST, '--yes'], { interruption: () => controller.signal });
  expect(err).toContain(`To ask again: npm run -s guest-reset -- erase ${GUEST} --yes\n`);
  expect(code).toBe(130);
});

test('delete says that it is done, and why it is not', async () => {
  server.plays = [(response) => void response.writeHead(202).end()];
  expect(await run(['delete', ID], { confirm: async () => true })).toMatchObject({
    code: 0,
    out: `Job ${ID} is deleted.\n`,
  });
  server.plays = [problem(409, 'jobNotEnded')];
  expect(await run(['delete', ID, '--yes', '--json'])).toMatchObject({
    code: 1,
    out: expect.stringContaining('"code":"jobNotEnded"'),
  });
  server.plays = [problem(404, 'jobNotFound')];
  const gone = await run(['delete', ID, '--yes']);
  expect(gone).toMatchObject({ code: 1, err: expect.not.stringContaining('not known') });
  expect(asked()).toEqual(['DELETE /api/jobs/JOB', 'DELETE /api/jobs/JOB', 'DELETE /api/jobs/JOB']);
});

test.each([
  ['delete', ID],
  ['erase', GUEST],
])('%s of what cannot be taken back does nothing where nobody agrees', async (name, what) => {
  expect(await run([name, what, '--json'], { confirm: async () => false })).toMatchObject({
    code: 1,
    out: expect.stringContaining('"code":"declined"'),
  });
  expect(await run([name, what])).toMatchObject({ code: 2, err: expect.stringContaining('say --yes') });
  expect(asked()).toEqual([]);
});

test('whoami tells the name, the id and the roles; of somebody without one, that there is none', async () => {
  server.plays = [says(200, { ...ada, roles: ['Read', 'Manage'] }), says(200, { id: 'b', roles: [] })];
  expect((await run(['whoami'])).out).toBe('ada@contoso.example (a)\nRoles: Read, Manage\n');
  expect((await run(['whoami'])).out).toBe('b\nRoles: none\n');
});
