/** What a script learns of guests who were not reset, and of a wait that is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startStranger } from './stranger.ts';
import { addresses, times, useWorld, type Job, type Result } from './world.ts';

const world = useWorld({ guests: 900, seed: 25 });
const folder = mkdtempSync(join(tmpdir(), 'powershell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOBODY = 'nobody@fabrikam.example';
const COUNTS = { pending: 1, sending: 0, succeeded: 0, failed: 0, skipped: 0, unknown: 0, canceled: 0 };
/** As a service shows it. */
const job = {
  id: '7ybqdgpprn02xwbqmvkay248tz',
  status: 'queued',
  total: 1,
  done: 0,
  counts: COUNTS,
  links: { self: 'x' },
};

test.each(['Reset-GuestRedemption', 'Start-GuestResetJob'])(
  '%s -Wait writes an error for each guest who was not reset, after the job',
  async (command) => {
    const [guest] = world.take(1);
    const list = join(folder, `${command}.csv`);
    writeFileSync(list, `user\n${guest?.mail}\n${NOBODY}\n`);
    const call = command.startsWith('Reset')
      ? `Import-Csv '${list}' | ${command} -SendInvitationMessage $true -Wait`
      : `${command} '${list}' -SendInvitationMessage $true -Wait`;
    const { output, errors } = await world.session.tell<Job | Result | boolean | string>(`
      $job = ${call}
      $?
      $job
      $Error[0].TargetObject`);
    expect(output).toMatchObject([false, { Status: 'completedWithErrors', Failed: 1 }, { Row: 2, User: NOBODY }]);
    expect(errors).toMatchObject([
      { id: `guestNotFound,${command}`, code: 'guestNotFound', message: expect.stringContaining(NOBODY) },
    ]);
    expect(guest && (await world.mailsOf([guest]))).toEqual([1]);
  },
);

test('with -ErrorAction Stop a guest who was not reset is caught, with the code and the reset', async () => {
  const { output } = await world.session.run<string>(`
    try { Reset-GuestRedemption -User ${NOBODY} -SendInvitationMessage $false -Wait -ErrorAction Stop | Out-Null }
    catch {
      $_.FullyQualifiedErrorId
      $_.TargetObject.User
      $_.TargetObject.PSObject.TypeNames[0]
      $_.Exception.Code
    }`);
  expect(output[0]).toMatch(/^guestNotFound,/);
  expect(output.slice(1)).toEqual([NOBODY, 'GuestReset.Result', 'guestNotFound']);
});

test('a guest who was skipped, a rehearsal, and a job that nobody waits for are no errors', async () => {
  const [guest] = world.take(1);
  const again = `Reset-GuestRedemption -User ${guest?.mail} -SendInvitationMessage $false -Wait`;
  const { output } = await world.session.run<Job>(`
    ${again}; ${again}
    Reset-GuestRedemption -User ${NOBODY} -SendInvitationMessage $false -WhatIf
    Reset-GuestRedemption -User ${NOBODY} -SendInvitationMessage $false`);
  expect(output.slice(0, 3)).toMatchObject([{ Succeeded: 1 }, { Succeeded: 0 }, { DryRun: true, Failed: 1 }]);
});

test('of guests who were skipped a warning tells how many and why, as do the job and its views', async () => {
  const [guest] = world.take(1);
  const again = `Reset-GuestRedemption -User ${guest?.mail} -SendInvitationMessage $false -Wait`;
  const { output, warnings } = await world.session.run<Job | string>(`
    $first = ${again}
    $second = ${again}
    $second
    $first.Causes
    $second | Format-List | Out-String
    $second | Out-String -Width 120`);
  expect(output.slice(0, 2)).toMatchObject([{ Causes: 'resetRecently 1' }, '']);
  for (const view of output.slice(2)) expect(view).toMatch(/resetRecently 1/);
  const { Id } = output[0] as Job;
  expect(warnings).toEqual([
    `1 of 1 guests of job ${Id} were skipped. Of all who were not reset: resetRecently 1. ` +
      `To see whom: Get-GuestResetResult -JobId ${Id} -Status skipped`,
  ]);
});

test.each([
  ['a pipeline', 'Reset-GuestRedemption -User a@fabrikam.example'],
  ['a CSV', 'unsaid.csv'],
  ['JSON', 'unsaid.json'],
])('whoever does not say of %s whether to mail is told once how to say it here', async (_what, said) => {
  writeFileSync(join(folder, 'unsaid.csv'), 'user\na@fabrikam.example\n');
  writeFileSync(join(folder, 'unsaid.json'), '{ "resets": [{ "user": "a@fabrikam.example" }] }');
  const line = said.startsWith('unsaid') ? `Start-GuestResetJob '${join(folder, said)}'` : said;
  const { thrown } = await world.session.tell(line);
  expect(thrown).toMatchObject({ code: 'missingSendInvitationMessage', category: 'InvalidArgument' });
  expect(thrown?.message).toBe(
    'Row 1 does not say whether Microsoft shall mail the guest. Say -SendInvitationMessage $false here or in each ' +
      'row, or $true where Microsoft shall mail. Nothing was queued.',
  );
  expect(thrown?.action).not.toContain('SendInvitationMessage $');
});

test('of a long list each guest who was canceled or failed is an error, over every page', async () => {
  const rows = 1_100;
  const list = join(folder, 'long.csv');
  writeFileSync(list, `user\n${Array.from({ length: rows }, (_, row) => `nobody${row}@adatum.example\n`).join('')}`);
  const { output } = await world.session.tell<number>(`
    $errorsNow = @()
    Start-GuestResetJob '${list}' -SendInvitationMessage $false -NotAfter ([DateTime]::UtcNow.AddSeconds(3)) -Wait \`
      -ErrorVariable errorsNow -ErrorAction SilentlyContinue | Out-Null
    $errorsNow.Count
    @($errorsNow | Where-Object { $_.TargetObject.Status -eq 'canceled' }).Count`);
  expect(output[0]).toBe(rows);
  expect(output[1]).toBeGreaterThan(0);
});

test('-WhatIf with a key does not use the key up', async () => {
  const [guest] = world.take(1);
  const line = `Reset-GuestRedemption -User ${guest?.mail} -SendInvitationMessage $true -IdempotencyKey nightly`;
  const { output } = await world.session.run<Job>(`${line} -WhatIf; ${line} -Wait; ${line} -Wait`);
  expect(output).toMatchObject([{ DryRun: true }, { DryRun: false, Succeeded: 1 }, { Succeeded: 1 }]);
  expect(guest && (await world.mailsOf([guest]))).toEqual([1]);
});

test('errors and results speak of commands and parameters, not of requests', async () => {
  const [guest] = world.take(1);
  const again = `Reset-GuestRedemption -User ${guest?.mail} -SendInvitationMessage $false`;
  const some = world.take(21);
  const list = `${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $false`;
  const texts: string[] = [];
  for (const script of [
    'Get-GuestResetJob -Id 7ybqdgpprn02xwbqmvkay248tz',
    `$null = ${again} -Wait; $null = ${again} -Wait -IdempotencyKey words
     ${again} -PauseAfter 1 -IdempotencyKey words`,
    `(${again} -Wait).Results[0].NextStep`,
    `Reset-GuestRedemption -User ${guest?.mail} -SendInvitationMessage $false -SkipIfResetWithinHours 0 -Wait |
      Restart-GuestResetJob`,
    `$null = ${list}; ${list}`,
    `Suspend-GuestResetTenant | ForEach-Object { $_.PausedReason.NextStep }; $null = Resume-GuestResetTenant`,
    `$held = ${addresses(world.take(3))} | Reset-GuestRedemption -SendInvitationMessage $false -PauseAfter 1 -Wait
     $held.PausedReason.NextStep; $held.PausedReason.Message`,
  ]) {
    const { thrown, errors, output } = await world.session.tell<string>(script);
    const told = [thrown, ...errors].flatMap((each) => (each ? [each.message, each.action ?? ''] : []));
    expect([script, told.length + output.length > 0]).toEqual([script, true]);
    texts.push(...told, ...output.filter((each) => typeof each === 'string'));
  }
  const words = texts.join('\n');
  expect(words).not.toMatch(
    /\b(?:GET|POST) \/api\/(?:jobs|pause|resume)|\?\w+=|[^-]Idempotency-Key|repeat the request/,
  );
  for (const word of ['Get-GuestResetJob', 'Resume-GuestResetTenant', 'Resume-GuestResetJob -Id', '-AllowDuplicate'])
    expect(words).toContain(word);
  expect(words).toContain('-Status skipped, unknown');
});

test.each([
  [401, 'notSignedIn', `Connect-GuestReset, then Get-GuestResetJob -Id ${job.id} -Wait`],
  [404, 'jobNotFound', `Job ${job.id} is gone`],
])('a look that is refused with %i while waiting tells the job, and how to come back', async (status, code, back) => {
  let looks = 0;
  const stranger = await startStranger((request) => {
    if (request.includes('pageSize')) return { body: { value: [] } };
    if (request.startsWith('POST')) return { status: 202, body: job };
    return looks++ === 0 ? { body: job } : { status, body: { status, code, detail: 'No.', type: 'x' } };
  });
  try {
    const { thrown } = await world.session.tell(`
      $null = Connect-GuestReset ${stranger.url} -AccessToken (ConvertTo-SecureString a.b.c -AsPlainText -Force)
      Reset-GuestRedemption -User a@fabrikam.example -SendInvitationMessage $false -Wait`);
    expect(thrown).toMatchObject({ code, status, id: `${code},Reset-GuestRedemption` });
    expect(thrown?.message).toContain('No.');
    expect(thrown?.message).toContain(back);
  } finally {
    await stranger.close();
    await world.session.run(`$null = Connect-GuestReset ${world.cloud.api}`);
  }
});

test('a token that cannot be renewed while waiting tells the job, and how to come back', async () => {
  let looks = 0;
  const stranger = await startStranger((request) => {
    if (request.includes('pageSize')) return { body: { value: [] } };
    if (request.startsWith('POST')) return { status: 202, body: job };
    return looks++ === 0 ? { body: job } : { status: 401, body: {} };
  });
  try {
    const { thrown } = await world.session.tell(`
      $global:given = 0
      $null = Connect-GuestReset ${stranger.url} -AccessToken {
        if ($global:given++ -gt 0) { throw 'AADSTS70043: sign in again' }; 'a.b.c' }
      Start-GuestResetJob samples/guests.csv -Force -Wait`);
    expect(thrown).toMatchObject({ code: 'noAccessToken', category: 'AuthenticationError' });
    expect(thrown?.message).toContain('AADSTS70043: sign in again');
    expect(thrown?.message).toContain(`Get-GuestResetJob -Id ${job.id} -Wait`);
  } finally {
    await stranger.close();
    await world.session.run(`$null = Connect-GuestReset ${world.cloud.api}`);
  }
});

test.each([301, 302, 303, 307, 308])(
  'a submission that is answered with %i is no job, and goes nowhere else',
  async (status) => {
    const elsewhere = await startStranger(() => ({ status: 202, body: { id: 'invented' } }));
    const stranger = await startStranger((request) =>
      request.startsWith('POST')
        ? { status, headers: { Location: elsewhere.url }, body: { id: 'invented' } }
        : { body: request.includes('pageSize') ? { value: [] } : job },
    );
    try {
      await world.session.run(
        `$null = Connect-GuestReset ${stranger.url} -AccessToken (ConvertTo-SecureString a.b.c -AsPlainText -Force)`,
      );
      for (const command of [
        'Reset-GuestRedemption -User a@fabrikam.example -SendInvitationMessage $false',
        'Suspend-GuestResetTenant',
        'Resume-GuestResetJob -Id 7ybqdgpprn02xwbqmvkay248tz -Force',
      ]) {
        const { thrown, output } = await world.session.tell(command);
        expect(output).toEqual([]);
        expect(thrown).toMatchObject({ code: 'unexpectedAnswer', status });
      }
      expect(elsewhere.asked).toEqual([]);
      expect(stranger.asked.filter((each) => each.startsWith('POST'))).toHaveLength(3);
    } finally {
      await Promise.all([stranger.close(), elsewhere.close()]);
      await world.session.run(`$null = Connect-GuestReset ${world.cloud.api}`);
    }
  },
);

test('JSON of something else is no job, and is told as such', async () => {
  const stranger = await startStranger(() => ({ body: { value: [], hello: 1 } }));
  try {
    await world.session.run(
      `$null = Connect-GuestReset ${stranger.url} -AccessToken (ConvertTo-SecureString a.b.c -AsPlainText -Force)`,
    );
    for (const command of [
      'Get-GuestResetJob -Id 7ybqdgpprn02xwbqmvkay248tz',
      'Reset-GuestRedemption -User a@fabrikam.example -SendInvitationMessage $false',
      'Resume-GuestResetJob -Id 7ybqdgpprn02xwbqmvkay248tz -Force',
    ])
      expect((await world.session.tell(command)).thrown).toMatchObject({ code: 'unexpectedAnswer' });
  } finally {
    await stranger.close();
    await world.session.run(`$null = Connect-GuestReset ${world.cloud.api}`);
  }
});

test('what the service warns of a list is a warning, before the job, in the words of the module', async () => {
  const warnings = [{ code: 'anyWarning', message: 'Without dates: say ?allowDuplicate=true.' }];
  const stranger = await startStranger((request) =>
    request.startsWith('POST') ? { status: 202, body: { ...job, warnings } } : { body: { value: [] } },
  );
  try {
    const told = await world.session.run<Job>(`
      $null = Connect-GuestReset ${stranger.url} -AccessToken (ConvertTo-SecureString a.b.c -AsPlainText -Force)
      Reset-GuestRedemption -User a@fabrikam.example -SendInvitationMessage $false
      Start-GuestResetJob samples/guests.csv -Force`);
    expect(told.output).toMatchObject([{ Id: job.id }, { Id: job.id }]);
    expect(told.warnings).toEqual(times(2, 'Without dates: say -AllowDuplicate. (anyWarning)'));
    const silent = await world.session.run(`
      Reset-GuestRedemption -User a@fabrikam.example -SendInvitationMessage $false -WarningAction SilentlyContinue`);
    expect(silent.warnings).toEqual([]);
  } finally {
    await stranger.close();
    await world.session.run(`$null = Connect-GuestReset ${world.cloud.api}`);
  }
});

test('a list in an encoding that nobody named says how to name it here', async () => {
  const list = join(folder, 'utf-16-without-mark.csv');
  writeFileSync(list, Buffer.from('user\na@fabrikam.example\n', 'utf16le'));
  const { thrown } = await world.session.tell(`Start-GuestResetJob '${list}' -SendInvitationMessage $false`);
  expect(thrown).toMatchObject({ code: 'invalidEncoding' });
  expect(thrown?.message).toContain("-ContentType 'text/csv; charset=windows-1252' or charset=utf-16le");
});

test('a submission that is still received is asked for again with its key', async () => {
  let posts = 0;
  const busy = { status: 409, code: 'submissionInProgress', detail: 'Wait.', type: 'x' };
  const stranger = await startStranger((request) => {
    if (!request.startsWith('POST')) return { body: { value: [] } };
    return posts++ < 2 ? { status: 409, headers: { 'Retry-After': '1' }, body: busy } : { status: 202, body: job };
  });
  try {
    const { output } = await world.session.run<Job>(`
      $null = Connect-GuestReset ${stranger.url} -AccessToken (ConvertTo-SecureString a.b.c -AsPlainText -Force)
      Reset-GuestRedemption -User a@fabrikam.example -SendInvitationMessage $false`);
    expect(output).toMatchObject([{ Id: job.id }]);
    expect(new Set(stranger.keys).size).toBe(1);
    expect(stranger.keys).toHaveLength(3);
  } finally {
    await stranger.close();
    await world.session.run(`$null = Connect-GuestReset ${world.cloud.api}`);
  }
});

test('a resume asks before mail to more than twenty guests, as a submission does', async () => {
  const list = `${addresses(world.take(24))} | Reset-GuestRedemption -SendInvitationMessage $true`;
  const { output: paused } = await world.session.tell<Job>(`
    $careful = ${list} -PauseAfter 2 -Wait -ErrorAction SilentlyContinue
    $careful`);
  // The first few need no question: the rest is asked about at the resume.
  expect(paused).toMatchObject([{ Status: 'paused', Succeeded: 2 }]);
  const refused = await world.session.tell('$careful | Resume-GuestResetJob -Wait');
  expect(refused.thrown).toMatchObject({ code: 'confirmationNeeded' });
  const { output } = await world.session.run<Job>(`
    $careful | Get-GuestResetJob
    $careful | Resume-GuestResetJob -Wait -Force`);
  expect(output).toMatchObject([
    { Status: 'paused', Succeeded: 2 },
    { Status: 'completed', Succeeded: 24 },
  ]);
});

test('at 80 columns the tables show who, how, and why, and nothing is wrapped away', async () => {
  const { output } = await world.session.run<string>(`
    $job = Reset-GuestRedemption -User ${NOBODY} -SendInvitationMessage $false -SkipIfResetWithinHours 0 -WhatIf
    $job | Get-GuestResetResult | Out-String -Width 80
    $job | Out-String -Width 80`);
  const rows = output[0]?.trim().split(/\r?\n/) ?? [];
  expect(rows).toHaveLength(3);
  expect(rows[2]).toMatch(/^\s*1 nobody@fabrikam\.example +failed +guestNotFound\s*$/);
  const [head = '', , row = ''] = output[1]?.trim().split(/\r?\n/) ?? [];
  expect(head).toMatch(/^Id +Status +Total +Succeeded +Failed +Other$/);
  expect(row).toMatch(/^\w{26} failed +1 +0 +1 +0$/);
});

test('Select-Object -First ends the pipeline without an error, under the strictest mode too', async () => {
  const some = world.take(3);
  const { output } = await world.session.run<Job | Result>(`
    & {
      Set-StrictMode -Version Latest
      $job = ${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $true -Wait | Select-Object -First 1
      $job
      $job | Get-GuestResetResult | Select-Object -First 1
      Get-GuestResetJob | Select-Object -First 1
    }`);
  expect(output).toMatchObject([{ Succeeded: 3 }, { Row: 1, Code: 'reset' }, { Succeeded: 3 }]);
  expect(await world.mailsOf(some)).toEqual(times(3, 1));
});

test('a CSV with semicolons, as Excel saves it in many regions, is read as it is', async () => {
  const some = world.take(2);
  const list = join(folder, 'semicolons.csv');
  const rows = some.map(({ mail }) => `${mail};WAHR;Vertrieb\r\n`.replace('WAHR', 'true'));
  writeFileSync(list, `\uFEFFuser;sendInvitationMessage;department\r\n${rows.join('')}`);
  const { output } = await world.session.run<Job>(`
    Start-GuestResetJob '${list}' -Wait
    Import-Csv '${list}' -Delimiter ';' | Reset-GuestRedemption -WhatIf`);
  expect(output).toMatchObject([{ Succeeded: 2 }, { DryRun: true, Total: 2 }]);
  expect(await world.mailsOf(some)).toEqual([1, 1]);
});
