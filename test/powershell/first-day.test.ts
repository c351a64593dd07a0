/** The first day of an administrator in PowerShell. What happened is the simulated tenant's word. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, expect, test } from 'vitest';
import { addresses, times, useWorld, type Job, type Result } from './world.ts';

const world = useWorld({ guests: 600, seed: 21 });
const folder = mkdtempSync(join(tmpdir(), 'powershell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const JOB_PROPERTIES = [
  'Id Status Total Done Succeeded Failed Skipped Unknown Canceled Pending HasEnded DryRun Reason PausedReason ByCode',
  'Causes ByWarning Summary Warnings CreatedAt StartedAt EndedAt EstimatedCompletion ThrottledUntil NotBefore NotAfter',
  'PauseAfter RetryOf SubmittedBy ApprovedBy ApprovedAt Options RowsSay Check Actions Url Results',
].flatMap((line) => line.split(' '));
const RESULT_PROPERTIES = [
  'JobId Row User SubmittedAs Reference Status Code Message NextStep Retryable Warnings GuestId MailedBy MailTo',
  'MessageLanguage Attempts StartedAt EndedAt NextTryAt Verification Redemption CheckedAt UserPrincipalNameBefore',
  'UserPrincipalNameAfter MailBefore MailAfter WouldMailTo WouldAddEmail OtherJobId GraphRequestId',
  'InvitationId InviteRedeemUrl',
].flatMap((line) => line.split(' '));

test("the old script's parameters work as they stand, for one guest", async () => {
  const [guest] = world.take(1);
  const { output, types } = await world.session.run<Job>(`
    $user = [pscustomobject] @{ Id = '${guest?.id}' }
    Reset-GuestRedemption -InvitedUserEmailAddress ${guest?.mail} -SendInvitationMessage $True \`
      -InviteRedirectUrl 'https://myapps.microsoft.com' -InvitedUser $user -ResetRedemption $true -Wait`);
  expect(types).toEqual(['GuestReset.Job']);
  expect(output).toMatchObject([{ Status: 'completed', Total: 1, Succeeded: 1, HasEnded: true }]);
  expect(Object.keys(output[0] ?? {})).toEqual(JOB_PROPERTIES);
  expect(output[0]?.CreatedAt).toMatch(/Z$/);
  expect(guest && (await world.mailsOf([guest]))).toEqual([1]);
  expect((await world.users()).find(({ id }) => id === guest?.id)?.externalUserState).toBe('PendingAcceptance');
});

test('a list through the pipeline is one job, and what became of it is objects', async () => {
  const some = world.take(5);
  const list = join(folder, 'list.csv');
  const { output, types } = await world.session.run<Job | Result>(`
    ${addresses(some)} |
      ForEach-Object { [pscustomobject] @{ user = $_; sendInvitationMessage = 'true'; reference = "for $_" } } |
      Export-Csv '${list}'
    $job = Import-Csv '${list}' | Reset-GuestRedemption -Reason 'a list of five' -Wait
    $job
    $job | Get-GuestResetResult`);
  expect(types).toEqual(['GuestReset.Job', ...times(5, 'GuestReset.Result')]);
  const [job, ...results] = output as [Job, ...Result[]];
  expect(await world.jobs('a list of five')).toMatchObject([{ id: job.Id, total: 5 }]);
  expect(results.map(({ Row, GuestId, Code, Reference }) => ({ Row, GuestId, Code, Reference }))).toEqual(
    some.map(({ id, mail }, index) => ({ Row: index + 1, GuestId: id, Code: 'reset', Reference: `for ${mail}` })),
  );
  expect(Object.keys(results[0] ?? {})).toEqual(RESULT_PROPERTIES);
  expect(await world.mailsOf(some)).toEqual(times(5, 1));
});

test('users as Graph PowerShell gives them, and plain names, come through the pipeline', async () => {
  const some = world.take(4);
  const users = some.map(
    ({ id, mail, userPrincipalName }) =>
      `[pscustomobject] @{ Id = '${id}'; Mail = '${mail}'; UserPrincipalName = '${userPrincipalName}'; City = 'x' }`,
  );
  await world.session.run(`
    $null = @(${users.slice(0, 2).join('; ')}) | Reset-GuestRedemption -SendInvitationMessage $true -Wait
    $null = ${addresses(some.slice(2))} | Reset-GuestRedemption -SendInvitationMessage $true -Wait`);
  expect(await world.mailsOf(some)).toEqual(times(4, 1));
});

test('-WhatIf rehearses: it says what would happen, and sends nothing', async () => {
  const some = world.take(3);
  const { output } = await world.session.run<Job | Result>(`
    $job = ${addresses([...some])}, 'nobody@fabrikam.example' | ForEach-Object { $_ } |
      Reset-GuestRedemption -SendInvitationMessage $true -WhatIf
    $job
    $job | Get-GuestResetResult -Status succeeded`);
  const [job, ...results] = output as [Job, ...Result[]];
  expect(job).toMatchObject({ DryRun: true, HasEnded: true, ByCode: { wouldReset: 3, guestNotFound: 1 } });
  expect(results.map(({ Code }) => Code)).toEqual(times(3, 'wouldReset'));
  expect(await world.mailsOf(some)).toEqual([0, 0, 0]);
  expect((await world.users()).filter(({ id }) => some.some((each) => each.id === id))).toMatchObject(
    times(3, { externalUserState: 'Accepted' }),
  );
});

test('a link is given where nobody is mailed, and no view shows it', async () => {
  const some = world.take(1);
  const { output } = await world.session.run<string>(`
    $job = ${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage 0 -Wait
    ($job | Get-GuestResetResult).InviteRedeemUrl
    $job | Get-GuestResetResult | Out-String
    $job | Get-GuestResetResult | Format-List | Out-String
    $job | Out-String
    (Get-Date), ($job | Get-GuestResetResult), $job.Results | Out-String -Width 500`);
  const [link = '', ...views] = output;
  expect(link).toMatch(/^https:/);
  for (const view of views) expect(view).not.toContain('redeem?');
  for (const view of views) expect(view).not.toContain(link.slice(0, 40));
  expect(await world.mailsOf(some)).toEqual([0]);
});

test('results go into a spreadsheet: as objects through Export-Csv, or as the file of the service', async () => {
  const some = world.take(3);
  const [objects, file] = [join(folder, 'objects.csv'), join(folder, 'file.csv')];
  const list = join(folder, 'own-columns.csv');
  const { types } = await world.session.run(`
    Set-Content -Path '${list}' -Value 'user,department', '${some.map(({ mail }) => `${mail},Sales`).join("', '")}'
    $job = Start-GuestResetJob -Path '${list}' -SendInvitationMessage $true -Wait
    $job | Get-GuestResetResult | Export-Csv '${objects}'
    $job | Get-GuestResetResult -OutFile '${file}'`);
  expect(types).toEqual(['System.IO.FileInfo']);
  const read = (path: string): Record<string, string>[] =>
    parse(readFileSync(path), { columns: true, bom: true }) as Record<string, string>[];
  expect(read(objects).map((row) => [row['Row'], row['GuestId'], row['Code']])).toEqual(
    some.map(({ id }, index) => [String(index + 1), id, 'reset']),
  );
  expect(read(file).map((row) => [row['department'], row['id'], row['result.code']])).toEqual(
    some.map(({ id }) => ['Sales', id, 'reset']),
  );
});

test('results that are piped back name the same guests', async () => {
  const some = world.take(2);
  const { output } = await world.session.run<Result>(`
    ${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $true -Wait | Get-GuestResetResult |
      Reset-GuestRedemption -SendInvitationMessage $true -SkipIfResetWithinHours 24 -Wait | Get-GuestResetResult`);
  expect(output.map(({ GuestId, Code }) => [GuestId, Code])).toEqual(some.map(({ id }) => [id, 'resetRecently']));
});

test('an empty pipeline submits nothing', async () => {
  const before = (await world.session.run('Get-GuestResetJob -First 1')).output;
  expect((await world.session.run('@() | Reset-GuestRedemption -SendInvitationMessage $true')).output).toEqual([]);
  expect((await world.session.run('Get-GuestResetJob -First 1')).output).toEqual(before);
});

test('results of many pages come through in order, and none is read that nobody wants', async () => {
  const rows = 2_500;
  const list = join(folder, 'long.csv');
  const { output } = await world.session.run<number>(`
    Set-Content -Path '${list}' -Value (@('user') + (1..${rows} | ForEach-Object { "nobody$_@adatum.example" }))
    $job = Start-GuestResetJob -Path '${list}' -SendInvitationMessage $false
    $rows = @($job | Get-GuestResetResult | ForEach-Object Row)
    $rows.Count
    @(1..${rows} | Where-Object { $rows[$_ - 1] -ne $_ }).Count
    @($job | Get-GuestResetResult | Select-Object -First 3).Count
    $null = $job | Stop-GuestResetJob`);
  expect(output).toEqual([rows, 0, 3]);
});
