/** What an administrator does beside running jobs. What happened is the simulated tenant's word, or the service's. */
import { expect, test } from 'vitest';
import { json } from '../cloud/jobs.ts';
import { addresses, useWorld } from './world.ts';

const world = useWorld({ guests: 300, seed: 31 });
const asked = async (path: string): Promise<number> => (await fetch(`${world.cloud.api}${path}`)).status;

test('who did what, how a guest stands, and what was tried, before and after the job and the guest are gone', async () => {
  const [guest] = world.take(1);
  const { output } = await world.session.run<Readonly<Record<string, unknown>>>(`
    Get-GuestResetGuest ${guest?.mail}
    $job = Reset-GuestRedemption -User ${guest?.mail} -SendInvitationMessage $false -Reason 'to be erased' -Wait
    $job
    $job | Get-GuestResetAudit
    [pscustomobject] @{ Id = '${guest?.id}' } | Get-GuestResetHistory`);
  const [looked, job, deed, past, ...more] = output;
  expect(looked).toMatchObject({ Id: guest?.id, Mail: guest?.mail, InvitationState: 'Accepted', Resettable: true });
  expect(job).toMatchObject({ Status: 'completed' });
  expect(deed).toMatchObject({ Action: 'submitted', Of: 'job', JobId: job?.['Id'], Reason: 'to be erased', Total: 1 });
  expect(past).toMatchObject({ Status: 'succeeded', Code: 'reset', JobId: job?.['Id'], Reason: 'to be erased' });
  expect(more).toEqual([]);

  const refused = await world.session.run('$job | Remove-GuestResetJob -WhatIf');
  expect([refused.output, await asked(`/jobs/${String(job?.['Id'])}`)]).toEqual([[], 200]);
  const { output: gone } = await world.session.run<Readonly<Record<string, unknown>>>(`
    $job | Remove-GuestResetJob -Confirm:$false
    Remove-GuestResetHistory ${guest?.id} -Confirm:$false
    Get-GuestResetHistory ${guest?.id}
    Get-GuestResetAudit -First 2`);
  expect(await asked(`/jobs/${String(job?.['Id'])}`)).toBe(404);
  const [erased, ...deeds] = gone;
  expect(erased).toMatchObject({ Rows: expect.any(Number), Lost: expect.arrayContaining([expect.any(String)]) });
  expect(JSON.stringify(erased)).not.toContain('/api/');
  expect(deeds.map((each) => each['Action'])).toEqual(['erased', 'deleted']);
});

test('a look at who has redeemed waits for its end, and the results tell who has not', async () => {
  const some = world.take(3);
  const { output } = await world.session.run<Readonly<Record<string, unknown>>>(`
    $job = ${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $false -Wait
    ($job | Update-GuestResetRedemption).Check
    $job | Get-GuestResetResult -Redemption pending`);
  expect(output[0]).toMatchObject({ status: 'completed', counts: { pending: 3 } });
  expect(output.slice(1).map((each) => each['GuestId'])).toEqual(some.map(({ id }) => id));
});

test('the tenant tells its stop, its pace and what does not work, as the service does', async () => {
  const { output } = await world.session.run<Readonly<Record<string, unknown>>>(`
    Get-GuestResetTenant
    $null = Suspend-GuestResetTenant -Reason looked
    Get-GuestResetTenant
    $null = Resume-GuestResetTenant`);
  const { body } = await json<{ pace: { limitPerSecond: number } }>(`${world.cloud.api}/tenant`);
  expect(output).toMatchObject([
    { Status: 'running', PausedReason: null, Health: 'healthy', Pace: { limitPerSecond: body.pace.limitPerSecond } },
    { Status: 'paused', PausedReason: { Code: 'pausedByHand' } },
  ]);
});

test('a result tells by which address the list knows whom it names by object id, and a job what its rows say', async () => {
  const [guest] = world.take(1);
  const { output } = await world.session.run<Readonly<Record<string, unknown>>>(`
    $job = [pscustomobject] @{ Id = '${guest?.id}'; Mail = '${guest?.mail}' } |
      Reset-GuestRedemption -SendInvitationMessage $false -NotBefore ([DateTime]::UtcNow.AddHours(1))
    $job
    $job | Get-GuestResetResult
    $null = $job | Stop-GuestResetJob`);
  expect(output).toMatchObject([
    { RowsSay: { notMailed: 1 } },
    { User: guest?.id, Status: 'pending', SubmittedAs: guest?.mail },
  ]);
});

test('at 80 columns the tables say who did what, to what, and how each reset ended', async () => {
  const [guest] = world.take(1);
  const { output } = await world.session.run<string>(`
    $job = Reset-GuestRedemption -User ${guest?.mail} -SendInvitationMessage $false -Reason looked -Wait
    $job | Get-GuestResetAudit | Out-String -Width 80
    Get-GuestResetHistory ${guest?.id} | Out-String -Width 80`);
  const day = new Date().toISOString().slice(0, 10);
  expect(output[0]).toMatch(new RegExp(`^${day} \\d\\d:\\d\\d submitted [0-9a-z]{26} \\S`, 'm'));
  expect(output[1]).toMatch(new RegExp(`^${day} \\d\\d:\\d\\d succeeded reset +[0-9a-z]{26}`, 'm'));
});
