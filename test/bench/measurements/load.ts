import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { generateTenant } from '../../../local/graph/tenant.ts';
import { csvOf, startGuestReset, submit } from '../guest-reset.ts';
import type { LoadTimes } from '../load-child.ts';
import type { Figures, Measurement } from '../measurement.ts';
import type { Scale } from '../scale.ts';
import { machineClock } from '../stage-clock.ts';
import { SEED, Stage } from '../stage.ts';
import { quantile } from '../summary.ts';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const CHILD = fileURLToPath(new URL('../load-child.ts', import.meta.url));
const PROCESSES = { full: 10, quick: 1 };
const KINDS = ['http', 'worker'] as const;
const APPS = ['bundle', 'unbundled'] as const;
/** The jobs that the workers find are submitted first, and nobody else may begin them. */
const HEAD_START_MS = { full: 8_000, quick: 3_000 };

const columnOf = (kind: (typeof KINDS)[number], app: (typeof APPS)[number]): string =>
  `${kind === 'http' ? 'HTTP' : 'worker'}, ${app}`;

export const load: Measurement = {
  name: 'load',
  title: 'Cold start: loading the app',
  about:
    `Fresh processes, ${PROCESSES.full} of each, medians; without the start of Node, without a compile cache. ` +
    `HTTP is \`GET /api/jobs/{id}\`; the worker resets one guest in its first run. ` +
    'The load is what it takes until all modules that the function needs are there: the start of the app, and ' +
    'the modules that the first run loads. The first run also opens connections, asks for tokens, and runs code ' +
    "that was never run; it is from before the start to the function's answer. " +
    'Here the tables are reached without an identity; in Azure the HTTP functions load that too. Unbundled is ' +
    'the same app with its packages left in `node_modules`.',
  columns: APPS.flatMap((app) => KINDS.map((kind) => columnOf(kind, app))),
  rows: [
    { name: 'start of the app', unit: 'ms' },
    { name: 'modules loaded by the first run', unit: 'ms' },
    { name: 'load of HTTP', unit: 'ms', target: { column: columnOf('http', 'bundle'), atMost: 100 } },
    { name: 'load of the worker', unit: 'ms', target: { column: columnOf('worker', 'bundle'), atMost: 150 } },
    { name: 'first run', unit: 'ms' },
    { name: 'second run', unit: 'ms' },
  ],
  run: runLoads,
};

async function runLoads(scale: Scale): Promise<Figures> {
  const processes = scale.isQuick ? PROCESSES.quick : PROCESSES.full;
  const directories = { bundle: PROJECT, unbundled: await buildUnbundled() };
  const cases = APPS.flatMap((app) => KINDS.map((kind) => ({ app, kind })));
  const stage = await Stage.start({
    clock: machineClock(),
    guests: cases.length * processes,
    throttle: 'none',
    isCounted: false,
  });
  try {
    const jobs = await submitJobs(
      stage,
      cases.length * processes,
      scale.isQuick ? HEAD_START_MS.quick : HEAD_START_MS.full,
    );
    const figures: Record<string, Record<string, number>> = {};
    const times = new Map<string, LoadTimes[]>(cases.map(({ app, kind }) => [columnOf(kind, app), []]));
    // In turn, so that none of them has the quieter machine.
    for (let turn = 0; turn < processes; turn++)
      for (const { app, kind } of cases)
        times.get(columnOf(kind, app))?.push(await loadOnce(stage, directories[app], kind, jobs.pop() ?? ''));
    for (const { app, kind } of cases) {
      const column = columnOf(kind, app);
      const row = medians(times.get(column) ?? []);
      const named = {
        'start of the app': row.startMs,
        'modules loaded by the first run': row.laterMs,
        'first run': row.firstMs,
        'second run': row.secondMs,
        [kind === 'http' ? 'load of HTTP' : 'load of the worker']: row.loadMs,
      };
      for (const [name, value] of Object.entries(named)) (figures[name] ??= {})[column] = value;
    }
    return figures;
  } finally {
    await stage.stop();
  }
}

function medians(times: readonly LoadTimes[]): LoadTimes & { readonly loadMs: number } {
  const median = (pick: (each: LoadTimes) => number): number =>
    quantile(
      times.map(pick).toSorted((one, other) => one - other),
      0.5,
    );
  return {
    startMs: median((each) => each.startMs),
    laterMs: median((each) => each.laterMs),
    firstMs: median((each) => each.firstMs),
    secondMs: median((each) => each.secondMs),
    loadMs: median((each) => each.startMs + each.laterMs),
  };
}

/** Committed jobs of one guest each, whose time has come when this returns; the host that took them is gone. */
async function submitJobs(stage: Stage, count: number, headStartMs: number): Promise<string[]> {
  const host = await startGuestReset(stage);
  const notBefore = new Date(Date.now() + headStartMs);
  const ids: string[] = [];
  for (const guest of generateTenant({ guests: count, seed: SEED }).guests) {
    ids.push(
      (await submit(stage, host, csvOf([guest.id]), `?sendInvitationMessage=true&notBefore=${notBefore.toISOString()}`))
        .id,
    );
  }
  if (Date.now() >= notBefore.getTime())
    throw new Error(`submitting ${count} small jobs took more than ${headStartMs / 1000} s: raise HEAD_START_MS`);
  await stage.stopHosts();
  await wait(Math.max(0, notBefore.getTime() + 1_000 - Date.now()));
  return ids;
}

async function loadOnce(stage: Stage, appDir: string, kind: string, jobId: string): Promise<LoadTimes> {
  const child = fork(CHILD, [appDir, kind, jobId], {
    cwd: PROJECT,
    execArgv: [],
    env: { ...process.env, ...stage.settings, NODE_DISABLE_COMPILE_CACHE: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [times] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`${kind} of ${appDir} ended with ${String(code)}`);
    }),
  ])) as [LoadTimes];
  return times;
}

/** Below the project, so that its packages are found. */
async function buildUnbundled(): Promise<string> {
  const directory = join(PROJECT, '.local', 'unbundled');
  mkdirSync(directory, { recursive: true });
  await build({
    entryPoints: [join(PROJECT, 'functions/index.ts')],
    outfile: join(directory, 'main.cjs'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    supported: { 'dynamic-import': false },
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  writeFileSync(join(directory, 'package.json'), '{ "main": "main.cjs" }');
  return directory;
}
