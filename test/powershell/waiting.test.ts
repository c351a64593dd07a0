/** Waiting at the prompt: what the bar shows, and Ctrl-C. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
function inTerminal(file: string, name = 'dumb') {
  const command = `stty cols 160 rows 24; exec '${restorePowerShell()}' -NoProfile -File '${file}'`;
  const child = spawn('script', ['--quiet', '--flush', '--command', command, '/dev/null'], {
    cwd: PROJECT_DIR,
    env: { ...ENVIRONMENT, TERM: name },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      printed += String(chunk);
      // A terminal says where its cursor stands when it is asked.
      if (String(chunk).includes('\u001B[6n')) child.stdin.write('\u001B[1;1R');
    });
  const exited = once(child, 'exit');
  return {
    printed: () => printed,
    type: (keys: string) => void child.stdin.write(keys),
    async end() {
      const giveUp = setTimeout(() => child.kill('SIGKILL'), 60_000);
      await exited;
      clearTimeout(giveUp);
      return printed.replaceAll(/\s+/g, ' ');
    },
  };
}

/** Without what moves with the clock: the rate and the seconds that are left. */
const still = (bar: string): string => bar.replace(/[\d.]+ a second/, 'fast').replace(/ *\d+s\]$/, ']');

test.skipIf(process.platform !== 'linux').each([
  ['README.md', 'guestNotFound'],
  ['clients/powershell/README.md', 'noAddress'],
])('%s shows the bar as a wide terminal does', async (page, cause) => {
  const picture = /Job \w{26}: 412 of 1000 guests \[.+\]/.exec(readFileSync(page, 'utf8'))?.[0] ?? 'none';
  expect(picture).toMatch(/19\.2 a second.* 31s\]$/);
  const file = join(folder, 'picture.ps1');
  writeFileSync(
    file,
    `Import-Module '${MODULE}'
    & (Get-Module GuestReset) {
      $now = [DateTime]::UtcNow
      Write-JobProgress ([pscustomobject] @{
        Id = '${picture.slice(4, 30)}'; Done = 412; Total = 1000; DryRun = $false
        Succeeded = 398; Failed = 14; Skipped = 0; Unknown = 0; Canceled = 0
        ByCode = [pscustomobject] @{ reset = 398; ${cause} = 14 }; PausedReason = $null; ThrottledUntil = $null
        StartedAt = $now.AddSeconds(-412 / 19.2); EstimatedCompletion = $now.AddSeconds(31.4)
      })
    }
    'it is over'`,
  );
  const printed = await inTerminal(file, 'xterm-256color').end();
  // oxlint-disable-next-line no-control-regex -- it is what a terminal is steered by
  const shown = printed.replaceAll(/\u001B\[[0-9;?]*[A-Za-z]/g, '');
  const bar = /Job \w{26}: [^\]]+\]/.exec(shown)?.[0] ?? shown;
  expect(still(bar)).toBe(still(picture));
});

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
