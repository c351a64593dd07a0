/** The baselines as tools of a run. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TableClient } from '@azure/data-tables';
import { build } from 'esbuild';
import type { Stage, StageHost } from '../stage.ts';
import type { Tool } from '../tool.ts';
import type { Said } from '../truth.ts';
import { csvOf } from '../guest-reset.ts';

const SCRIPT = new URL('./script.ts', import.meta.url);
const PLAIN_FUNCTIONS = fileURLToPath(new URL('./plain-functions.ts', import.meta.url));
const RESULTS_TABLE = 'results';
/** In the run's time. */
const LOOK_EVERY_MS = 5_000;

const script = (name: string, title: string): Tool => ({
  title,
  async run(stage, ids) {
    const directory = mkdtempSync(join(tmpdir(), 'script-'));
    try {
      const guests = join(directory, 'guests.json');
      const report = join(directory, 'report.json');
      writeFileSync(guests, JSON.stringify(ids));
      await stage.runScript(SCRIPT, [name, guests, report]);
      const { seconds, said } = JSON.parse(readFileSync(report, 'utf8')) as {
        readonly seconds: number;
        readonly said: readonly (readonly [string, Said])[];
      };
      return { seconds, said: () => Promise.resolve(new Map(said)) };
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
});

export const oneAfterAnother = script('oneAfterAnother', '(a) one after another');
export const batches = script('batches', '(b) batches of 20');

export const plainFunctions: Tool = {
  title: '(c) plain Functions',
  async run(stage, ids) {
    const host = await startPlainFunctions(stage);
    const startedAt = stage.clock.now();
    await submitPlain(stage, host, ids);
    do await stage.clock.wait(LOOK_EVERY_MS);
    while ((await stage.messagesLeft()) > 0);
    return { seconds: (stage.clock.now() - startedAt) / 1000, said: () => readResults(stage) };
  },
};

export async function startPlainFunctions(stage: Stage, env: NodeJS.ProcessEnv = {}): Promise<StageHost> {
  return stage.startHost({ appDir: await buildPlainFunctions(stage.directory), env });
}

export async function submitPlain(stage: Stage, host: StageHost, ids: readonly string[], query = ''): Promise<void> {
  const { status, text } = await stage.call(
    `${host.api}/submit${query}`,
    { method: 'POST', body: csvOf(ids), headers: { 'content-type': 'text/csv' } },
    600_000,
  );
  if (status !== 202) throw new Error(`(c) answered the submission with ${status}: ${text.slice(0, 500)}`);
}

/** Built as this project is: one CommonJS file. */
async function buildPlainFunctions(directory: string): Promise<string> {
  await build({
    entryPoints: [PLAIN_FUNCTIONS],
    outfile: join(directory, 'main.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['@azure/functions-core'],
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  writeFileSync(join(directory, 'package.json'), '{ "main": "main.cjs" }');
  // The host's own defaults: 16 calls at once for each core.
  writeFileSync(join(directory, 'host.json'), '{ "version": "2.0" }');
  return directory;
}

async function readResults(stage: Stage): Promise<Map<string, Said>> {
  const table = TableClient.fromConnectionString(stage.settings['TableStorage'] ?? '', RESULTS_TABLE, {
    allowInsecureConnection: true,
  });
  const said = new Map<string, Said>();
  for await (const { rowKey } of table.listEntities({ queryOptions: { select: ['rowKey'] } }))
    said.set(rowKey ?? '', 'done');
  return said;
}
