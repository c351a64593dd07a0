/**
 * The console in a real Chromium, against the local cloud. `node test/browser/main.ts job` runs the files with "job" in
 * their names. Where there is no Chromium it says so and passes, unless CHROMIUM_REQUIRED is set.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium, HOW_TO_GET_IT } from './chromium.ts';

if (findChromium() !== undefined) {
  const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
  const config = join(import.meta.dirname, 'vitest.config.ts');
  const args = [vitest, 'run', '--config', config, ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
} else {
  const isRequired = process.env['CHROMIUM_REQUIRED'] !== undefined;
  console.log(`${isRequired ? 'FAILED' : 'Skipped'}: there is no Chromium to try the console in. ${HOW_TO_GET_IT}`);
  process.exitCode = isRequired ? 1 : 0;
}
