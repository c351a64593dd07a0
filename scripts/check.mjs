/**
 * The checks, one after another; stops at the first that fails. `all` is what CI asks of every change, `fast` what one
 * runs at each step, and `real` what asks judges that come with packages of their own.
 */
import { spawnSync } from 'node:child_process';

const [loop = 'all', ...more] = process.argv.slice(2);

const types = ['types', 'tsc --noEmit && tsc --noEmit -p console'];
const loops = {
  fast: [types, ['tests', `vitest run --project unit --tags-filter "!long" ${more.join(' ')}`]],
  all: [
    ['format', 'oxfmt --check'],
    types,
    ['lint', 'oxlint --type-aware --deny-warnings'],
    ['build', 'node scripts/build.mjs && node scripts/console.mjs'],
    ['tests', `vitest run ${more.join(' ')}`],
  ],
  real: [
    ['openapi', 'node scripts/setup.mjs test/openapi && node test/openapi/judge.mjs'],
    ['client types', 'node test/openapi/client-types.mjs --check'],
    ['azure', 'node test/azure/judge.ts'],
    ['queries', 'node scripts/setup.mjs test/azure/queries && node test/azure/queries/judge.mjs'],
    ['service bus client', 'node test/azure/servicebus.ts'],
    ['powershell', 'node test/azure/powershell.ts'],
    ['powershell module', 'node scripts/build.mjs && node test/powershell/main.ts'],
    ['console', 'node scripts/build.mjs && node scripts/console.mjs && node test/browser/main.ts'],
  ],
};
if (!Object.hasOwn(loops, loop)) {
  console.error(`There is no loop "${loop}": name one of ${Object.keys(loops).join(', ')}.`);
  process.exit(1);
}

const began = performance.now();
const secondsSince = (start) => ((performance.now() - start) / 1000).toFixed(1);
for (const [name, command] of loops[loop]) {
  const started = performance.now();
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${secondsSince(started)} s)`);
  if (status !== 0) process.exit(status ?? 1);
}
console.log(`ok: ${loop} (${secondsSince(began)} s)`);
