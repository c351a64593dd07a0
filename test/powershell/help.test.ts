/** What whoever begins with PowerShell copies: the lines that the start prints, the help, and the README's lines. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { MODULE, PROJECT_DIR } from './session.ts';
import { useWorld, type Job } from './world.ts';

// The tenant of `npm start`, whose guests the examples name.
const world = useWorld({ guests: 1_000, seed: 1 }, false);
const folder = mkdtempSync(join(tmpdir(), 'powershell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Refusals of what is right, where the newest job has nothing of it. */
const NOTHING_THERE = ['nothingToRetry', 'nothingToCheck'];

interface Help {
  readonly name: string;
  readonly synopsis: string;
  readonly parameters: readonly { readonly name: string; readonly description: string }[];
  readonly own: readonly string[];
  readonly examples: readonly { readonly code: string; readonly remarks: string }[];
}

const COMMON = `[System.Management.Automation.PSCmdlet]::CommonParameters + @('Confirm')`;
const helps = async (): Promise<readonly Help[]> =>
  (
    await world.session.run<Help>(`
    foreach ($command in Get-Command -Module GuestReset) {
      $help = Get-Help $command.Name -Full
      [pscustomobject] @{
        name = $command.Name
        synopsis = $help.Synopsis
        own = @($command.Parameters.Keys | Where-Object { $_ -notin (${COMMON}) })
        parameters = @($help.parameters.parameter | Where-Object { $_ } | ForEach-Object {
            @{ name = $_.name; description = ($_.description | Out-String).Trim() } })
        examples = @($help.examples.example | ForEach-Object {
            @{ code = $_.code; remarks = ($_.remarks | Out-String).Trim() } })
      }
    }`)
  ).output;

test('the lines that the start prints import the module, connect, and reset one guest', async () => {
  const lines = world.cloud.logs().split('In PowerShell:\n')[1] ?? '';
  const { types, output } = await world.session.run<Job>(lines);
  expect(types).toEqual(['GuestReset.Connection', 'GuestReset.Job']);
  expect(output[1]).toMatchObject({ Status: 'completed', Succeeded: 1 });
});

test('each command has a synopsis, examples that say what they do, and a word on each parameter', async () => {
  const all = await helps();
  expect(all.length).toBe(19);
  for (const { name, synopsis, parameters, own, examples } of all) {
    expect([name, synopsis]).toEqual([name, expect.stringMatching(/^[A-Z].*\.$/)]);
    const described = new Set(parameters.filter(({ description }) => description !== '').map((each) => each.name));
    expect([name, own.filter((each) => !described.has(each) && each !== 'WhatIf')]).toEqual([name, []]);
    expect([name, examples.filter(({ code }) => !code.includes(name))]).toEqual([name, []]);
    expect(examples.length).toBeGreaterThan(0);
  }
});

test('every example of the help runs, but those that sign in to Azure', async () => {
  const api = world.cloud.api.replace(/\/api$/, '');
  await world.session.run(`$null = Connect-GuestReset ${world.cloud.api}`);
  for (const { name, examples } of await helps())
    for (const { code } of examples) {
      if (code.includes('azurewebsites') || name === 'Disconnect-GuestReset') continue;
      const script = code
        .replaceAll('http://localhost:7071', api)
        .replaceAll(/\b(results\.csv)/g, join(folder, 'results.csv'));
      const { thrown, errors } = await world.session.tell(script);
      // Told well, and no mistake of the example: what it is about is not there.
      // Nor is it one that the list has guests who cannot be reset.
      const told = [thrown, ...errors].filter(
        (each) => each !== null && !NOTHING_THERE.includes(each.code ?? '') && each.category !== 'InvalidResult',
      );
      expect([code, told]).toEqual([code, []]);
    }
});

test("the README's line does what its old script does", async () => {
  const readme = readFileSync(join(MODULE, '../README.md'), 'utf8');
  const line = /```powershell\n(Import-Csv users\.csv \| [^`]*)```/.exec(readme)?.[1] ?? '';
  const [one, other] = world.take(2);
  writeFileSync(join(folder, 'users.csv'), `mail\n${one?.mail}\n${other?.mail}\n`);
  await world.session.run(`
    $null = Connect-GuestReset ${world.cloud.api}
    Push-Location '${folder}'
    try { ${line} } finally { Pop-Location }`);
  expect(readFileSync(join(folder, 'results.csv'), 'utf8').split('\n').length).toBe(4);
  expect(await world.mailsOf([one, other].filter((each) => each !== undefined))).toEqual([1, 1]);
});

test("the lines of the project's README that replace the old script reset one guest, and a list", async () => {
  const readme = readFileSync(join(PROJECT_DIR, 'README.md'), 'utf8');
  const lines = /# After: [^\n]*\n([^`]*)```/.exec(readme)?.[1] ?? '';
  const some = world.take(2);
  writeFileSync(join(folder, 'users.csv'), `mail\n${some.map(({ mail }) => `${mail}\n`).join('')}`);
  const { types } = await world.session.run(
    lines
      .replace('http://localhost:7071/api', world.cloud.api)
      .replaceAll(/\b(users|results)\.csv/g, (name) => `'${join(folder, name)}'`),
  );
  expect(types).toEqual(['GuestReset.Connection', 'GuestReset.Job']);
  expect(readFileSync(join(folder, 'results.csv'), 'utf8').split('\n').length).toBe(4);
  expect(await world.mailsOf(some)).toEqual([1, 1]);
});
