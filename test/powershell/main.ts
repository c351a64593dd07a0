/**
 * The PowerShell module in a real PowerShell, against the local cloud. `node test/powershell/main.ts help` runs the
 * files with "help" in their names. Where there is no `dotnet`, it says so and passes.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { hasDotnet } from '../azure/bicep.ts';
import { restorePowerShell } from './program.ts';

if (!hasDotnet()) {
  console.log('Skipped: PowerShell comes through dotnet, and there is none.');
} else {
  restorePowerShell();
  const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
  const config = join(import.meta.dirname, 'vitest.config.ts');
  const args = [vitest, 'run', '--config', config, ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}
