/** Waiting at the prompt: what the bar shows, and Ctrl-C. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { json, type JobAnswer } from '../cloud/jobs.ts';
import { ENVIRONMENT, restorePowerShell } from './program.ts';
import { MODULE, PROJECT_DIR } from './session.ts';
import { addresses, times, useWorld, type Job } from './world.ts';

const world = useWorld({ guests: 1_200, seed: 24 });
const folder = mkdtempSync(join(tmpdir(), 'powershell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Shown {
  readonly Activity: string;
  readonly Status?: string;
  readonly PercentComplete?: number;
  readonly Completed?: { readonly IsPresent: boolean };
}

test('while it waits a bar shows how many guests are done, how they ended, and how fast', async () => {
  const some = world.take(30);
  const list = join(folder, 'list.csv');
  const { output } = await world.session.tell<Job | readonly Shown[]>(`
    $global:shown = [System.Collections.ArrayList]::new()
    function global:Write-Progress {
      param($Id, $Activity, $Status, $PercentComplete, $SecondsRemaining, [switch] $Completed)
      [void] $global:shown.Add(@{} + $PSBoundParameters)
    }
    try {
      Set-Content -Path '${list}' -Value (@('user') + ${addresses(some)} + 'nobody@fabrikam.example')
      Start-GuestResetJob -Path '${list}' -SendInvitationMessage $false -MaxPerMinute 300 -Wait
    } finally { Remove-Item function:Write-Progress }
    , $global:shown`);
  const [job, shown] = output as readonly [Job, readonly Shown[]];
  expect(job).toMatchObject({ Succeeded: 30, Failed: 1 });
  const bars = shown.filter((each) => each.Status !== undefined);
  expect(bars.length).toBeGreaterThan(0);
  for (const bar of bars) {
    expect(bar.Activity).toMatch(new RegExp(`^Job ${job.Id}: \\d+ of 31 guests$`));
    expect(bar.Status).toMatch(/^\d+ reset/);
    expect(bar.PercentComplete).toBeLessThanOrEqual(100);
  }
  expect(shown.at(-1)?.Completed).toMatchObject({ IsPresent: true });
});

// `script` of util-linux gives it a terminal: without one PowerShell neither hears Ctrl-C nor asks.
function inTerminal(file: string) {
  const command = `'${restorePowerShell()}' -NoProfile -File '${file}'`;
  const child = spawn('script', ['--quiet', '--flush', '--command', command, '/dev/null'], {
    cwd: PROJECT_DIR,
    env: { ...ENVIRONMENT, TERM: 'dumb' },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += String(chunk)));
  const exited = once(child, 'exit');
  return {
    printed: () => printed,
    type: (keys: string) => void child.stdin.write(keys),
    async end() {
      const giveUp = setTimeout(() => child.kill('SIGKILL'), 30_000);
      await exited;
      clearTimeout(giveUp);
      return printed.replaceAll(/\s+/g, ' ');
    },
  };
}

test.skipIf(process.platform !== 'linux')('Ctrl-C leaves the job running, and says how to come back', async () => {
  const some = world.take(40);
  const file = join(folder, 'interrupted.ps1');
  writeFileSync(
    file,
    `Import-Module '${MODULE}'
    $null = Connect-GuestReset ${world.cloud.api}
    ${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $true -Reason interrupted -Force \`
      -NotBefore ([DateTime]::UtcNow.AddMinutes(10)) -Wait -Verbose`,
  );
  const terminal = inTerminal(file);
  await expect.poll(terminal.printed, { timeout: 60_000, interval: 200 }).toMatch(/end of job \w{26}/);
  const [job] = await world.jobs('interrupted');
  terminal.type('\u0003');
  expect(await terminal.end()).toContain(`wait for it again: Get-GuestResetJob -Id ${job?.id} -Wait.`);
  expect((await json<JobAnswer>(`${world.cloud.api}/jobs/${job?.id}`)).body.status).toBe('queued');
});

test.skipIf(process.platform !== 'linux').each([
  ['Enter', '\r', 0],
  ['y', 'y\r', 1],
])('before mail to more than twenty guests it asks, and %s is understood', async (_name, keys, mails) => {
  const some = world.take(21);
  const file = join(folder, 'asked.ps1');
  writeFileSync(
    file,
    `Import-Module '${MODULE}'
    $null = Connect-GuestReset ${world.cloud.api}
    ${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $true -Reason 'asked ${mails}' -Wait | Out-Null
    'it is over'`,
  );
  const terminal = inTerminal(file);
  await expect.poll(terminal.printed, { timeout: 60_000, interval: 200 }).toMatch(/default is "N"/);
  expect(terminal.printed().replaceAll(/\s+/g, ' ')).toContain('Microsoft will mail 21 guests');
  terminal.type(keys);
  expect(await terminal.end()).toContain('it is over');
  expect(await world.jobs(`asked ${mails}`)).toHaveLength(mails);
  expect(await world.mailsOf(some)).toEqual(times(21, mails));
});
