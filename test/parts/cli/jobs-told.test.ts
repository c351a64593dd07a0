/** What is told of a job, in the words of the command line, and what can be done by whom. */
import { globSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inOurWords } from '../../../cli/jobs/words.ts';
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
        `Look at it (GET /api/jobs/${ID}/resets?format=csv has every row).`,
    }),
  );
  expect(err).toContain(`Somebody else with the role Manage can approve it: ${line(`resume ${ID}`)}\n`);
  expect(err).not.toContain('To go on');
  expect(out).toContain(`resume ${ID} approves it. Look at it (results ${ID} has every row).`);
});

test('what waits for approval tells all that was asked for, by its options and by its rows', async () => {
  const { out } = await status({
    ...paused({ scope: 'job', code: 'awaitingApproval', message: 'Held.', nextStep: 'Look.' }),
    options: {
      sendInvitationMessage: false,
      hasCcRecipient: true,
      hasCustomizedMessageBody: false,
      onlyIf: 'pending',
      skipIfResetWithinHours: 24,
      addEmailTo: 'none',
      inviteRedirectUrl: 'https://apps.contoso.example',
      changeEmailDomain: { from: 'fabrikam.example', to: 'adatum.example' },
    },
    rowsSay: { mailed: 3, ccRecipient: 1 },
    pauseAfter: 20,
  });
  const facts = Object.fromEntries(out.split('\n').map((text) => text.trim().split(/ {2,}/)));
  expect(facts).toMatchObject({
    mails: 'none; 3 rows',
    copy: 'to one address; 1 row',
    'only if': 'pending',
    domain: 'fabrikam.example to adatum.example',
    'added to': 'none',
    'stops at': '20',
    'lands at': 'https://apps.contoso.example',
  });
  expect(facts).not.toHaveProperty('message');
});

test('who is named by object id is told by the name that is known, too', async () => {
  const reset = { row: 1, user: '6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1', status: 'pending', attempts: 0 };
  const named = { ...reset, submittedAs: { mail: 'anna@fabrikam.example' } };
  const { out } = await status({ resets: [named, { ...named, mailBefore: 'ben@fabrikam.example' }, reset] });
  expect(out.match(/f0a1 .*$/gm)?.map((text) => text.replace(/ +pending/, ''))).toEqual([
    'f0a1 (anna@fabrikam.example)',
    'f0a1 (ben@fabrikam.example)',
    'f0a1',
  ]);
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

test('what is wrong with an option is told by its name on the command line, in a row by that of the list', async () => {
  const errors = [
    { code: 'invalidOption', message: 'maxPerMinute must be a whole number.', field: 'maxPerMinute' },
    { code: 'invalidLanguage', message: 'messageLanguage is no tag.', field: 'messageLanguage', row: 3 },
  ];
  const detail = 'Name its encoding, such as Content-Type: text/csv; charset=windows-1252 or charset=utf-16le.';
  const refusal = { code: 'invalidSubmission', status: 400, detail, title: '', type: '', traceId: 't', errors };
  server.plays = [says(400, refusal)];
  const { err } = await runAgainst(server.url, ['retry', ID, '--yes'], { env: { GUEST_RESET_TOKEN: 'e30.e30.x' } });
  expect(err).toContain('Name its encoding, such as --charset windows-1252 or utf-16le.\n');
  expect(err).toContain('  --max-per-minute: --max-per-minute must be a whole number. (invalidOption)\n');
  expect(err).toContain('  row 3, messageLanguage: messageLanguage is no tag. (invalidLanguage)\n');
});

/** What the service writes into messages; what is about the API itself has no command. */
const SAID = ['shared/usecases', 'shared/entry/http/answers', 'shared/entry/http/handler.ts', 'shared/domain'];
const OF_THE_API = /\/api\/(?:openapi\.json|problems)/;
test('each request that a message of the service names has a command', () => {
  const files = globSync(SAID.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`)));
  const named = files.flatMap(
    (file) => readFileSync(file, 'utf8').match(/(?:GET|POST|DELETE) \/api(?:\/[\w{}.$?=]+)*/g) ?? [],
  );
  const filled = named.map((each) => each.replace(/\$\{.*\}/, ID)).filter((each) => !OF_THE_API.test(each));
  expect(filled.length).toBeGreaterThan(15);
  expect(filled.filter((each) => each !== 'GET /api' && inOurWords(`See ${each}.`).includes('/api'))).toEqual([]);
});

test.each([
  ['queued', 0],
  ['inProgress', 0],
  ['completed', 0],
  ['paused', 4],
  ['completedWithErrors', 3],
  ['failed', 3],
  ['canceled', 3],
])('the exit code of a job that is %s is %i', async (name, code) => {
  expect(await status({ status: name })).toMatchObject({ code });
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
