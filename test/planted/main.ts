// Puts each bug of the list into a copy of the project, and sees whether it is noticed: npm run bugs [-- part of a
// name]
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUGS, type PlantedBug } from './bugs.ts';
import { plant } from './plant.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const COPIED = [
  'shared',
  'functions',
  'local',
  'test',
  'scripts',
  'tools',
  'docs',
  'samples',
  'package.json',
  'host.json',
  'local.settings.sample.json',
  'tsconfig.json',
  'vitest.config.ts',
  'README.md',
];
/** Lives, and chaos runs, in which a bug must show. */
const LIVES = 60;
const RUNS = 6;
const MOST_MS = 15 * 60_000;

const COMMANDS: Readonly<
  Record<
    PlantedBug['noticedBy'],
    { readonly command: (bug: PlantedBug) => string; readonly sign: (bug: PlantedBug) => RegExp }
  >
> = {
  model: { command: () => 'vitest run test/model -t "every order" --bail 1', sign: () => /AssertionError/ },
  order: {
    command: ({ test }) => `vitest run ${test?.file} -t "${test?.name}" --bail 1`,
    sign: () => /AssertionError/,
  },
  lives: {
    command: () => `LIVES=${LIVES} vitest run test/parts/lives/troubled-lives.test.ts --bail 1`,
    sign: () => /AssertionError|does not come to an end/,
  },
  chaos: {
    command: ({ seed = 1 }) =>
      `node scripts/build.mjs && node test/chaos/main.ts --seed ${seed} --runs ${RUNS} --until-violation`,
    sign: ({ breaks }) => new RegExp(`^  ${breaks}: `, 'm'),
  },
};

interface Tried {
  readonly isNoticed: boolean;
  /** The first line that tells of it, or of whatever else went wrong. */
  readonly line: string;
}

function tryBug(bug: PlantedBug): Tried {
  const directory = mkdtempSync(join(tmpdir(), 'planted-'));
  try {
    for (const name of COPIED)
      cpSync(join(PROJECT, name), join(directory, name), {
        recursive: true,
        filter: (source) => !source.includes('node_modules'),
      });
    symlinkSync(join(PROJECT, 'node_modules'), join(directory, 'node_modules'));
    const file = join(directory, bug.file);
    writeFileSync(file, plant(readFileSync(file, 'utf8'), bug));
    const { command, sign } = COMMANDS[bug.noticedBy];
    const { status, stdout } = spawnSync(`{ ${command(bug)}; } 2>&1`, {
      shell: true,
      cwd: directory,
      encoding: 'utf8',
      timeout: MOST_MS,
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...process.env,
        PATH: `${join(PROJECT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
        NO_COLOR: '1',
      },
    });
    const lines = stdout.split('\n');
    const line =
      lines.find((each) => each.includes(`${bug.breaks}:`)) ??
      lines.find((each) => /Error:/.test(each)) ??
      lines.find((each) => /^  \w+: /.test(each)) ??
      '';
    return { isNoticed: status !== 0 && sign(bug).test(stdout), line };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const wanted = process.argv[2] ?? '';
let missed = 0;
for (const bug of BUGS.filter(({ name }) => name.includes(wanted))) {
  const started = performance.now();
  const { isNoticed, line } = tryBug(bug);
  if (!isNoticed) missed++;
  console.log(
    `${isNoticed ? 'noticed' : 'MISSED '} ${bug.name} (${bug.breaks}, ${bug.noticedBy}, ` +
      `${((performance.now() - started) / 1000).toFixed(0)} s): ${line.trim().slice(0, 160)}`,
  );
}
console.log(missed === 0 ? 'Every bug was noticed.' : `${missed} bugs were missed.`);
process.exit(missed === 0 ? 0 : 1);
