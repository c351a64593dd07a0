import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ServiceBusClient } from '@azure/service-bus';
import { expect, onTestFinished, test } from 'vitest';
import { connectionString } from '../../../local/broker/broker.ts';
import { startBrokerProcess } from '../../../local/broker/broker-process.ts';
import { readCommandLine } from '../../../local/broker/command-line.ts';
import { empty, quickRetries } from './broker-fixture.ts';

const main = fileURLToPath(new URL('../../../local/broker/main.ts', import.meta.url));
const run = promisify(execFile);

async function startProcess(args: string[] = []) {
  const broker = await startBrokerProcess(['--port', '0', ...args]);
  const client = new ServiceBusClient(broker.connectionString, { retryOptions: quickRetries });
  onTestFinished(async () => {
    await client.close();
    await broker.stop();
  });
  return { broker, client };
}

/** Starts the broker as a launcher would: a fork that says when it is ready. */
async function forkBroker(): Promise<{ child: ChildProcess; port: number; stdout: () => string }> {
  const child = fork(main, ['--port', '0'], { execArgv: [], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let stdout = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  const [ready]: unknown[] = await once(child, 'message');
  expect(ready).toEqual({ kind: 'ready', port: expect.any(Number) });
  return { child, port: (ready as { port: number }).port, stdout: () => stdout };
}

test('the process has the queues of the app, and tells its counts over IPC', async () => {
  const { broker, client } = await startProcess();
  const sender = client.createSender('dispatch');
  await sender.sendMessages({ body: 1 });
  await sender.scheduleMessages({ body: 2 }, new Date(Date.now() + 60_000));
  expect(await broker.counts()).toEqual({
    'resets-priority': empty,
    'resets-bulk': empty,
    dispatch: { ...empty, active: 1, scheduled: 1 },
  });
});

test('the process tells what each queue was asked: every message of a batch, its delivery, its settlement', async () => {
  const { broker, client } = await startProcess();
  await client.createSender('dispatch').sendMessages([{ body: 1 }, { body: 2 }]);
  const receiver = client.createReceiver('dispatch');
  await receiver.peekMessages(1);
  const [message] = await receiver.receiveMessages(1);
  if (message === undefined) throw new Error('a message was sent');
  await receiver.renewMessageLock(message);
  await receiver.completeMessage(message);
  const { dispatch } = await broker.operations();
  expect(dispatch).toEqual({
    sent: 2,
    delivered: expect.any(Number),
    settled: expect.any(Number),
    renewed: 1,
    peeked: 1,
  });
  expect(dispatch?.delivered).toBeGreaterThanOrEqual(1);
  expect(dispatch?.settled).toBeGreaterThanOrEqual(1);
});

test('--queues and --lock-seconds set the queues and their locks', async () => {
  const { broker, client } = await startProcess(['--queues', 'a, b', '--lock-seconds', '2.5']);
  expect(Object.keys(await broker.counts())).toEqual(['a', 'b']);
  await client.createSender('b').sendMessages({ body: 1 });
  const [message] = await client.createReceiver('b').receiveMessages(1);
  const lockMs = Number(message?.lockedUntilUtc) - Date.now();
  expect(lockMs).toBeGreaterThan(1500);
  expect(lockMs).toBeLessThanOrEqual(2500);
});

test('faults are planned and cleared, and connections dropped, over IPC', async () => {
  const { broker, client } = await startProcess();
  const sender = client.createSender('dispatch');
  const busy = { kind: 'error', condition: 'com.microsoft:server-busy', description: 'busy' } as const;
  await broker.plan({ at: 'send', times: 100, effect: busy });
  await expect(sender.sendMessages({ body: 1 })).rejects.toBeInstanceOf(AggregateError);
  await broker.clearFaults();
  await sender.sendMessages({ body: 2 });
  expect(await broker.dropConnections()).toBe(1);
  expect(await broker.dropConnections()).toBe(0);
});

test('a request that makes no sense is refused with the reason', async () => {
  const { child } = await forkBroker();
  child.send({ id: 7, kind: 'plan', fault: { at: 'nowhere' } });
  const [answer]: unknown[] = await once(child, 'message');
  expect(answer).toMatchObject({ kind: 'refused', id: 7, message: expect.stringContaining('fault') });
  child.send('hello');
  const [other]: unknown[] = await once(child, 'message');
  expect(other).toMatchObject({ kind: 'refused', id: null });
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} ends the process at once, with exit code 0, also while a client is connected`, async () => {
    const { child, port, stdout } = await forkBroker();
    const client = new ServiceBusClient(connectionString(port));
    await client.createSender('dispatch').sendMessages({ body: 1 });
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(stdout()).toBe(`broker listening on ${port}\n`);
    await client.close();
  });
}

test('the process ends by itself when its parent is gone', async () => {
  const { child } = await forkBroker();
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a port in use is told in one line, with exit code 1', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => {
    other.close();
  });
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(run(process.execPath, [main, '--port', String(port)])).rejects.toMatchObject({
    code: 1,
    stderr: `broker: port ${port} is in use: stop what listens there, or choose another one with --port\n`,
    stdout: '',
  });
});

test('a broker process that cannot start rejects with its own words', async () => {
  await expect(startBrokerProcess(['--port', 'x'])).rejects.toThrow(
    'The broker did not start. broker: --port x is not a port number',
  );
});

test('each argument is checked', () => {
  expect(() => readCommandLine(['--port', '65536'])).toThrow('--port 65536');
  expect(() => readCommandLine(['--lock-seconds', '0'])).toThrow('--lock-seconds 0');
  expect(() => readCommandLine(['--lock-seconds', '301'])).toThrow('--lock-seconds 301');
  expect(() => readCommandLine(['--queues', ' ,'])).toThrow('--queues');
  expect(() => readCommandLine(['--unknown'])).toThrow('--unknown');
});
