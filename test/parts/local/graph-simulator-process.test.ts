import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../../../local/graph/main.ts', import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Started {
  readonly child: ChildProcess;
  readonly stdout: Promise<string>;
  readonly stderr: Promise<string>;
}

function start(...args: string[]): Started {
  const child = fork(MAIN, ['--guests', '5', ...args], { silent: true });
  children.push(child);
  if (child.stdout === null || child.stderr === null) throw new Error('The child has no output.');
  return { child, stdout: text(child.stdout), stderr: text(child.stderr) };
}

async function ready({ child }: Started): Promise<number> {
  const [message] = (await once(child, 'message')) as [{ kind: string; port: number }];
  expect(message.kind).toBe('ready');
  return message.port;
}

test('the process tells its port on both ways and serves there', async () => {
  const started = start('--port', '0', '--seed', '3');
  const port = await ready(started);
  const response = await fetch(`http://localhost:${port}/_sim/users`);
  expect(((await response.json()) as unknown[]).length).toBeGreaterThan(5);
  started.child.kill('SIGTERM');
  expect(await started.stdout).toBe(`graph listening on ${port}\n`);
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends the process with code 0', async (signal) => {
  const started = start('--port', '0');
  await ready(started);
  started.child.kill(signal);
  expect(await once(started.child, 'exit')).toEqual([0, null]);
});

test('the process ends when its parent is gone', async () => {
  const started = start('--port', '0');
  await ready(started);
  started.child.disconnect();
  expect(await once(started.child, 'exit')).toEqual([0, null]);
});

test('a busy port is one clear line and exit code 1', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  try {
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { child, stderr } = start('--port', String(port));
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(await stderr).toBe(`graph: port ${port} is in use. Choose another with --port, or 0 for any free one.\n`);
  } finally {
    other.close();
  }
});

test.each([
  ['--port', 'seven'],
  ['--guest', '5'],
  ['--batch-dependencies', 'some'],
])('%s %s is one clear line and exit code 1', async (...args) => {
  const { child, stderr } = start(...args);
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect((await stderr).trimEnd().split('\n')).toHaveLength(1);
  expect(await stderr).toContain('usage: node local/graph/main.ts');
});
