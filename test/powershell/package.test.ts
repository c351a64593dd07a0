/** The zip of the module, as somebody who downloads it unpacks and imports it. */
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ENVIRONMENT, restorePowerShell } from './program.ts';
import { PROJECT_DIR } from './session.ts';

test('the packaged module is imported by name in a fresh PowerShell, with every command and its help', () => {
  const folder = mkdtempSync(join(tmpdir(), 'powershell-'));
  try {
    execFileSync(process.execPath, ['scripts/package-powershell.mjs', folder], { cwd: PROJECT_DIR });
    const [zip = ''] = globSync(join(folder, 'GuestReset-*.zip'));
    const script = `
      $ErrorActionPreference = 'Stop'
      Expand-Archive '${zip}' '${folder}/modules'
      $env:PSModulePath = '${folder}/modules'
      Import-Module GuestReset
      (Get-Module GuestReset).ModuleBase
      @(Get-Command -Module GuestReset).Count
      @((Get-Help Reset-GuestRedemption).parameters.parameter).Count -gt 20
      Test-Path '${folder}/modules/GuestReset/LICENSE'`;
    const args = ['-NoProfile', '-NonInteractive', '-Command', script];
    const said = execFileSync(restorePowerShell(), args, { cwd: folder, env: ENVIRONMENT, encoding: 'utf8' });
    expect(said.trim().split(/\r?\n/)).toEqual([join(folder, 'modules/GuestReset'), '19', 'True', 'True']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
