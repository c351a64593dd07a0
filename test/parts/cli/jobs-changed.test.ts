/** What stops a job or the tenant, and lifts that: which stop is meant, and what is told where nobody knows. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cutOff, problem, says, scriptedServer, type Play, type ScriptedServer } from '../client/scripted-server.ts';
import { ID, jobOf, runAgainst } from './scripted-program.ts';

let server: ScriptedServer;
beforeEach(async () => {
  server = await scriptedServer();
});
afterEach(async () => server.close());
const run = (args: readonly string[], more: Parameters<typeof runAgainst>[2] = {}) =>
  runAgainst(server.url, args, { ...more, env: { GUEST_RESET_TOKEN: 'e30.e30.x' } });
const asked = (): string[] => server.asked.map(({ line }) => line.replace(ID, 'JOB'));
const paused = (scope: string, code: string): Play =>
  says(200, jobOf({ status: 'paused', pausedReason: { scope, code, message: 'Paused.', nextStep: 'Wait.' } }));
const running = says(200, jobOf({}));

test('a resume names the stop that it has seen, so it is sent until it is answered; of the tenant, too', async () => {
  server.plays = [paused('job', 'pauseAfter'), cutOff, running];
  expect(await run(['resume', ID, '--yes'])).toMatchObject({ code: 0 });
  server.plays = [says(200, { status: 'paused', code: 'tenantBlocked' }), cutOff, says(200, { status: 'running' })];
  expect(await run(['tenant', 'resume'])).toMatchObject({ code: 0 });
  expect(asked()).toEqual([
    'GET /api/jobs/JOB',
    'POST /api/jobs/JOB/resume?stop=pauseAfter',
    'POST /api/jobs/JOB/resume?stop=pauseAfter',
    'GET /api/tenant',
    'POST /api/resume?stop=tenantBlocked',
    'POST /api/resume?stop=tenantBlocked',
  ]);
}, 60_000);

test('--stop says which one is meant, whatever is shown; another one is told, and nothing is lifted', async () => {
  server.plays = [paused('job', 'awaitingApproval'), problem(409, 'stopChanged')];
  expect(await run(['resume', ID, '--yes', '--stop', 'pauseAfter', '--json'])).toMatchObject({
    code: 1,
    out: expect.stringContaining('"code":"stopChanged"'),
  });
  server.plays = [says(200, { status: 'running' }), says(200, { status: 'running' })];
  expect(await run(['tenant', 'resume', '--stop', 'noToken'])).toMatchObject({ code: 0 });
  expect(asked().filter((line) => line.startsWith('POST'))).toEqual([
    'POST /api/jobs/JOB/resume?stop=pauseAfter',
    'POST /api/resume?stop=noToken',
  ]);
  const unknown = await run(['resume', ID, '--stop', 'pauseafter']);
  expect(unknown).toMatchObject({ code: 2, err: expect.stringMatching(/^--stop must be one of pausedByHand, /) });
});

test('where the tenant is what is shown, the stop behind it is not known, so the resume goes out once', async () => {
  server.plays = [paused('tenant', 'tenantBlocked'), cutOff];
  const told = await run(['resume', ID, '--yes', '--json']);
  expect(asked().at(-1)).toBe('POST /api/jobs/JOB/resume');
  expect(told.err).toContain(`Whether it was done is not known. To look: npm run -s guest-reset -- status ${ID}\n`);
  expect(JSON.parse(told.out)).toMatchObject({ code: 'noAnswer', jobId: ID });
  expect(told.code).toBe(1);
});

test.each([
  [['pause', ID], 'status'],
  [['cancel', ID], 'status'],
  [['tenant', 'pause'], 'tenant'],
])('Ctrl-C while nobody has answered to %j says that it may have happened, and where to look', async (args, look) => {
  const controller = new AbortController();
  server.plays = [() => controller.abort()];
  const told = await run([...args, '--json'], { interruption: () => controller.signal });
  expect(told.err).toMatch(new RegExp(`^Whether it was done is not known. To look: npm .+ -- ${look}`));
  expect(JSON.parse(told.out)).toMatchObject({ code: 'interrupted' });
  expect(told.code).toBe(130);
});

test.each([['pause'], ['resume']])('a %s of the tenant that is refused is a failure', async (name) => {
  server.plays = [...(name === 'resume' ? [says(200, { status: 'paused' })] : []), problem(403, 'missingRole')];
  expect(await run(['tenant', name])).toMatchObject({ code: 1, err: expect.stringContaining('missingRole') });
});
