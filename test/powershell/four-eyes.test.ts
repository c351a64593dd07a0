/** The module where callers sign in and long jobs wait for somebody else, from the lines that such a start prints. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { json } from '../cloud/jobs.ts';
import { addresses, times, useWorld, type Job } from './world.ts';

const world = useWorld({ guests: 300, seed: 26, auth: true, env: { HOLD_JOBS_ABOVE: '2' } }, false);
const folder = mkdtempSync(join(tmpdir(), 'powershell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function token(oid: string, name: string, roles: readonly string[]): Promise<string> {
  const body = JSON.stringify({ oid, name, roles });
  const answer = await json<{ access_token: string }>(`${world.cloud.graph}/_sim/token`, { method: 'POST', body });
  return answer.body.access_token;
}
const ada = (): Promise<string> =>
  token('66666666-6666-4666-8666-666666666666', 'ada@contoso.example', ['Submit', 'Read', 'Manage']);
const ben = (): Promise<string> =>
  token('77777777-7777-4777-8777-777777777777', 'ben@contoso.example', ['Read', 'Manage']);
const connect = (own: string): string =>
  `$null = Connect-GuestReset ${world.cloud.api} -AccessToken (ConvertTo-SecureString '${own}' -AsPlainText -Force)`;

test('the lines that the start prints where callers sign in get a token, and reset one guest', async () => {
  const lines = world.cloud.logs().split('In PowerShell:\n')[1] ?? '';
  expect(lines).toContain('-AccessToken {');
  const { types, output } = await world.session.run<Job>(lines);
  expect(types).toEqual(['GuestReset.Connection', 'GuestReset.Job']);
  expect(output[0]).toMatchObject({ SignsIn: true });
  expect(output[1]).toMatchObject({ Status: 'completed', Succeeded: 1 });
});

test('a job that awaits approval says so, is not approved by who submitted it, and goes on by somebody else', async () => {
  const some = world.take(3);
  const { output, errors } = await world.session.tell<Job>(`
    ${connect(await ada())}
    $held = ${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $true -Wait
    $held`);
  expect(output).toMatchObject([{ Status: 'paused', PausedReason: { Code: 'awaitingApproval' }, ApprovedBy: null }]);
  expect(errors).toMatchObject([{ id: 'awaitingApproval,Reset-GuestRedemption', code: 'awaitingApproval' }]);
  expect(errors[0]?.action).toContain(`Resume-GuestResetJob -Id ${output[0]?.Id}`);
  const own = await world.session.tell('$held | Resume-GuestResetJob');
  expect(own.thrown).toMatchObject({ code: 'approverIsSubmitter', status: 403, category: 'PermissionDenied' });
  expect(await world.mailsOf(some)).toEqual(times(3, 0));
  const { output: approved } = await world.session.run<Job>(`
    ${connect(await ben())}
    $held | Resume-GuestResetJob -Wait`);
  expect(approved).toMatchObject([
    { Succeeded: 3, ApprovedBy: 'ben@contoso.example', ApprovedAt: expect.stringMatching(/Z$/) },
  ]);
  expect(await world.mailsOf(some)).toEqual(times(3, 1));
});

test('neither a transcript nor -Verbose or -Debug shows the token', async () => {
  const own = await ada();
  const transcript = join(folder, 'transcript.txt');
  await world.session.run(`$global:own = ConvertTo-SecureString '${own}' -AsPlainText -Force`);
  const { output } = await world.session.run<string>(`
    $null = Start-Transcript '${transcript}'
    $DebugPreference = 'Continue'
    $all = & {
      Connect-GuestReset ${world.cloud.api} -AccessToken $global:own -Verbose -Debug
      ${addresses(world.take(1))} | Reset-GuestRedemption -SendInvitationMessage $false -Verbose -Debug -Wait
    } *>&1
    $all | Out-Host
    $all | Out-String -Width 4000
    $Error | Out-String -Width 4000
    $DebugPreference = 'SilentlyContinue'
    $null = Stop-Transcript`);
  const shown = output.join('') + readFileSync(transcript, 'utf8');
  expect(shown).toContain('Waiting for the end of job');
  for (const part of own.split('.')) expect(shown.replaceAll(/\s/g, '')).not.toContain(part);
});
