/** What is told of a job, in the words of the command line, and what can be done by whom. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { says, scriptedServer, type ScriptedServer } from '../client/scripted-server.ts';
import { ID, jobOf, runAgainst } from './scripted-program.ts';

let server: ScriptedServer;
beforeEach(async () => {
  server = await scriptedServer();
});
afterEach(async () => server.close());
const status = async (job: object) => {
  server.plays = [says(200, jobOf({ ...job }))];
  return runAgainst(server.url, ['status', ID], { env: { GUEST_RESET_TOKEN: 'e30.e30.x' } });
};
const line = (rest: string): string => `npm run -s guest-reset -- ${rest}`;
const paused = (pausedReason: object): object => ({ status: 'paused', pausedReason });

test('where the tenant is stopped, the line to go on is that of the tenant, in every place', async () => {
  const { out, err } = await status(
    paused({
      scope: 'tenant',
      code: 'tenantBlocked',
      message: 'Graph refuses.',
      nextStep: 'POST /api/resume (role Manage) tries one guest.',
    }),
  );
  expect(err).toContain(`To go on: ${line('tenant resume')}\n`);
  expect(out + err).not.toContain(`resume ${ID}`);
  expect(out).toContain('to do      tenant resume (role Manage) tries one guest.');
});

test('where a job is held, it says who can approve it, with which line, and that its submitter cannot', async () => {
  const { out, err } = await status(
    paused({
      scope: 'job',
      code: 'awaitingApproval',
      message: 'Held.',
      nextStep:
        `POST /api/jobs/${ID}/resume approves it. ` +
        'Look at it (GET /api/jobs/{id}/resets?format=csv has every row).',
    }),
  );
  expect(err).toContain(`Somebody else with the role Manage can approve it: ${line(`resume ${ID}`)}\n`);
  expect(err).not.toContain('To go on');
  expect(out).toContain(`resume ${ID} approves it. Look at it (results JOB has every row).`);
});

test('after the first few it says once how to go on, and how to cancel the rest', async () => {
  const { out, err } = await status(
    paused({
      scope: 'job',
      code: 'pauseAfter',
      message:
        `Look at the results, then go on with POST /api/jobs/${ID}/resume, ` +
        `or cancel the rest with POST /api/jobs/${ID}/cancel.`,
      nextStep: `POST /api/jobs/${ID}/resume (role Manage, or whoever submitted the job) goes on.`,
    }),
  );
  expect(out + err).not.toContain('POST');
  expect(out).toContain(`go on with resume ${ID}, or cancel the rest with cancel ${ID}.`);
  expect(err).toContain(`To go on: ${line(`resume ${ID}`)}\n`);
  expect(out).not.toContain('to do');
});

test('a rehearsal tells what would be, and is to be repeated by nobody', async () => {
  const { out, err } = await status({
    status: 'completedWithErrors',
    dryRun: true,
    endedAt: '2026-01-01T00:00:00Z',
    done: 30,
    counts: { succeeded: 28, failed: 2 },
    byCode: { wouldReset: 28, guestNotFound: 2 },
    summary: { wouldMail: 28, wouldAddEmail: 0 },
  });
  expect(out).toContain('30 of 30: would be reset 28, would fail 2\n');
  expect(out).not.toContain('succeeded');
  expect(err).not.toContain('retry');
});

const ended = { status: 'completedWithErrors', endedAt: '2026-01-01T00:00:00Z', done: 30 };
test.each<[string, object, object, boolean]>([
  ['failed for good', { failed: 2 }, { guestNotFound: 2 }, false],
  ['failed and may pass', { failed: 2 }, { guestNotFound: 1, graphFailed: 1 }, true],
  ['were canceled', { canceled: 2 }, { canceled: 2 }, true],
  ['are unknown', { unknown: 2 }, { outcomeUnknown: 2 }, false],
  ['failed with a code of a later version', { failed: 2 }, { ofLater: 2 }, true],
])('retry is offered where it can do something: of 30, 2 %s', async (_how, counts, byCode, isOffered) => {
  const { err } = await status({ ...ended, counts: { succeeded: 28, ...counts }, byCode: { reset: 28, ...byCode } });
  expect(err.includes(line(`retry ${ID}`))).toBe(isOffered);
});

test('refusals speak of options, not of the parameters of the API', async () => {
  const detail =
    'Repeat the request with ?allowDuplicate=true. Add ?sendInvitationMessage=false to the address, or a column ' +
    'sendInvitationMessage. Say `?status=skipped,unknown`. Poll with waitWhilePaused=true.';
  server.plays = [says(409, { code: 'duplicateSubmission', status: 409, detail, title: '', type: '', traceId: 't' })];
  const { err } = await runAgainst(server.url, ['retry', ID, '--yes'], { env: { GUEST_RESET_TOKEN: 'e30.e30.x' } });
  expect(err).toContain(
    'Repeat the request with --allow-duplicate. Add --no-mail to the line, or a column sendInvitationMessage. ' +
      'Say --status skipped,unknown. Poll with --wait-while-paused.',
  );
});
