/** The tables as a process: which store it has is its parent's choice. */
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TableClient } from '@azure/data-tables';
import { expect, onTestFinished, test } from 'vitest';
import { tablesConnection } from '../service-fixture.ts';

const MAIN = fileURLToPath(new URL('../../../local/tables/main.ts', import.meta.url));
const run = promisify(execFile);
/** For a process that should end by itself; it is killed then. */
const PATIENCE_MS = 20_000;

test.each([
  ['Azurite without a word', [], 'Azurite-Table/'],
  ['the light store where it is asked for', ['--store', 'light'], undefined],
])('it is %s', async (_which, args, server) => {
  const child = fork(MAIN, ['--port', '0', ...args], { execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [ready]: unknown[] = await once(child, 'message');
  const table = TableClient.fromConnectionString(tablesConnection((ready as { port: number }).port), 'sample', {
    allowInsecureConnection: true,
  });
  let header: string | undefined;
  table.pipeline.addPolicy({
    name: 'server',
    sendRequest: async (request, next) => {
      const response = await next(request);
      header = response.headers.get('server');
      return response;
    },
  });
  await table.createTable();
  await table.createEntity({ partitionKey: 'p', rowKey: 'r', value: 5 });
  expect(await table.getEntity('p', 'r')).toMatchObject({ value: 5 });
  expect(header?.slice(0, server?.length)).toBe(server);
});

test.each([
  [['--store', 'other'], 'tables: --store must be azurite or light, not "other".\n'],
  [['--blobs', '--store', 'light'], "blobs: --blobs are Azurite's: leave --store light out.\n"],
])('%j is refused in one line', async (args, line) => {
  await expect(run(process.execPath, [MAIN, '--port', '0', ...args], { timeout: PATIENCE_MS })).rejects.toMatchObject({
    code: 1,
    stderr: line,
  });
});
