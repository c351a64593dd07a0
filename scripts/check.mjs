// What CI runs: format, types, lint, the judges of the OpenAPI document, build, then every test. Stops at the first step
// that fails.
import { spawnSync } from 'node:child_process';

const steps = [
  ['format', 'oxfmt --check'],
  ['types', 'tsc --noEmit'],
  ['lint', 'oxlint --type-aware --deny-warnings'],
  ['openapi', 'node scripts/setup.mjs test/openapi && node test/openapi/judge.mjs'],
  ['build', 'node scripts/build.mjs'],
  ['tests', `vitest run ${process.argv.slice(2).join(' ')}`],
];

for (const [name, command] of steps) {
  const started = performance.now();
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${seconds} s)`);
  if (status !== 0) process.exit(status ?? 1);
}
