/**
 * The host after SIGTERM where something does not come to an end by itself: its grace, a few seconds for closing, and
 * it is gone.
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startBroker } from '../../../local/broker/broker.ts';
import { startLoopbackServer } from '../../../local/host/http/loopback-server.ts';
import { startHost, type RunningHost } from './functions-host-fixture.ts';

const GRACE_SECONDS = 1;
const args = ['--grace-seconds', String(GRACE_SECONDS)];
/** Beside the grace: what closing may take, and a machine that is busy. */
const CLOSING_MS = 6_000;

/** @returns milliseconds from SIGTERM to the end */
async function end(host: RunningHost): Promise<number> {
  const toldAt = performance.now();
  host.child.kill('SIGTERM');
  expect(await host.ended).toEqual([0, null]);
  return performance.now() - toldAt;
}

async function connection(host: RunningHost, text: string): Promise<Socket> {
  const socket = connect(Number(new URL(host.url).port), '127.0.0.1');
  socket.on('error', () => socket.destroy());
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

test('a connection that is kept open delays nothing, whether it had a request, has half of one or none', async () => {
  const host = await startHost({ args: ['--grace-seconds', '30'] });
  const used = await connection(host, 'GET /api/seen HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n');
  await once(used, 'data');
  await connection(host, '');
  await connection(host, 'GET /api/seen HTTP/1.1\r\nHos');
  expect(await end(host)).toBeLessThan(CLOSING_MS);
});

test('a request whose body stops half-way is cut after the grace', async () => {
  const host = await startHost({ args });
  await connection(
    host,
    'POST /api/count HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhalf of it\r\n',
  );
  await expect.poll(() => host.seen()).toContain('upload got bytes');
  expect(await end(host)).toBeLessThan(GRACE_SECONDS * 1_000 + CLOSING_MS);
});

test('a request that never ends is cut after the grace, and the log says so', async () => {
  const host = await startHost({ args });
  await connection(host, 'GET /api/slow?ms=600000 HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await expect.poll(() => host.seen()).toContain('slow started');
  expect(await end(host)).toBeLessThan(GRACE_SECONDS * 1_000 + CLOSING_MS);
  expect(host.output()).toContain('Ended although 1 invocations still ran after 1 s.');
});

test('a broker that has gone silent keeps no host from ending', { timeout: 120_000 }, async () => {
  const broker = await startBroker({ queues: { work: {} } });
  onTestFinished(() => broker.close());
  const line = await silentLine(broker.port);
  const ServiceBusConnection = broker.connectionString.replace(/(Endpoint=sb:\/\/[^:;]+:)\d+/, `$1${line.port}`);
  const host = await startHost({ args, settings: { WORK_QUEUE: 'work', ServiceBusConnection } });
  await expect.poll(line.carried, { timeout: 10_000 }).toBeGreaterThan(1_000);
  line.goSilent();
  expect(await end(host)).toBeLessThan(GRACE_SECONDS * 1_000 + CLOSING_MS);
});

/** Between a host and the broker: carries everything, until it carries nothing and stays connected. */
async function silentLine(
  brokerPort: number,
): Promise<{ readonly port: number; readonly carried: () => number; readonly goSilent: () => void }> {
  const sockets: Socket[] = [];
  let carried = 0;
  const server = createServer((near) => {
    const far = connect(brokerPort, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.push(from);
      from.on('data', (bytes: Buffer) => {
        carried += bytes.length;
        to.write(bytes);
      });
      from.on('error', () => from.destroy());
      from.on('close', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const goSilent = (): void => {
    for (const socket of sockets) socket.removeAllListeners('data').pause();
  };
  // A TCP server that listens has one.
  return { port: (server.address() as AddressInfo).port, carried: () => carried, goSilent };
}

test('a request that was on its way on a new connection is still answered', async () => {
  let answer = (): void => undefined;
  const server = await startLoopbackServer(0, (_request, response) => {
    answer = () => response.end('done');
  });
  const socket = connect(server.port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  const closed = server.close();
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await expect
    .poll(() => {
      answer();
      return socket.bytesRead;
    })
    .toBeGreaterThan(0);
  await closed;
});
