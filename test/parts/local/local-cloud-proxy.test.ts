import http from 'node:http';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { startApiProxy } from '../../../local/cloud/api-proxy.ts';
import { startLoopbackServer } from '../../../local/host/http/loopback-server.ts';

/** A stand-in for a functions host; returns its origin. */
async function startStandIn(handle: http.RequestListener): Promise<URL> {
  const server = await startLoopbackServer(0, handle);
  onTestFinished(async () => {
    server.cut();
    await server.close();
  });
  return new URL(`http://127.0.0.1:${server.port}`);
}

async function startProxy(hosts: () => readonly URL[], waitForHostMs?: number): Promise<string> {
  const proxy = await startApiProxy(0, hosts, waitForHostMs);
  onTestFinished(async () => {
    proxy.cut();
    await proxy.close();
  });
  return `http://127.0.0.1:${proxy.port}`;
}

/** An address on which nothing listens. */
async function nowhere(): Promise<URL> {
  const server = await startLoopbackServer(0, () => undefined);
  await server.close();
  return new URL(`http://127.0.0.1:${server.port}`);
}

test('a request that could not be sent goes to the next host, with its whole body', async () => {
  const host = await startStandIn((request, response) => void request.pipe(response));
  const dead = await nowhere();
  const proxy = await startProxy(() => [dead, host]);
  for (const body of ['one', 'two', 'three'])
    expect(await (await fetch(proxy, { method: 'POST', body })).text()).toBe(body);
});

test('without any host the answer is a problem with 503, after a while', async () => {
  const proxy = await startProxy(() => [], 120);
  const startedAt = performance.now();
  const response = await fetch(proxy);
  expect(performance.now() - startedAt).toBeGreaterThan(100);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('1');
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({
    status: 503,
    code: 'noHost',
    detail: expect.stringContaining('Nothing was done'),
  });
});

test('a request that waits gets the host that comes in time', async () => {
  const host = await startStandIn((_request, response) => response.end('here'));
  let looks = 0;
  const proxy = await startProxy(() => (++looks > 3 ? [host] : []));
  expect(await (await fetch(proxy)).text()).toBe('here');
});

test('when the client leaves, the host learns it', async () => {
  const arrived = Promise.withResolvers<void>();
  const left = Promise.withResolvers<string>();
  const host = await startStandIn((request, response) => {
    request.resume();
    response.once('close', () => left.resolve('left'));
    arrived.resolve();
  });
  const proxy = await startProxy(() => [host]);
  const leave = new AbortController();
  const answer = Promise.allSettled([fetch(proxy, { method: 'POST', body: 'x', signal: leave.signal })]);
  await arrived.promise;
  leave.abort();
  expect(await answer).toMatchObject([{ status: 'rejected' }]);
  expect(await left.promise).toBe('left');
});

test('an answer that breaks off half-way breaks off for the client', async () => {
  const host = await startStandIn((_request, response) => {
    response.write('half');
    setImmediate(() => response.destroy());
  });
  const proxy = await startProxy(() => [host]);
  await expect(fetch(proxy).then((response) => response.text())).rejects.toThrow('terminated');
});

test('a slow reader holds the host back', async () => {
  let writtenBytes = 0;
  const chunk = Buffer.alloc(1024 * 1024);
  const limitBytes = 200 * chunk.length;
  const host = await startStandIn((_request, response) => {
    function write(): void {
      while (writtenBytes < limitBytes) {
        writtenBytes += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', write);
      }
      response.end();
    }
    write();
  });
  const proxy = await startProxy(() => [host]);
  const request = http.get(proxy);
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  await once(answer, 'readable');
  // Nobody reads on: the sockets' buffers fill, then the host must wait.
  let before = -1;
  await expect
    .poll(
      () => {
        const unchanged = before === writtenBytes;
        before = writtenBytes;
        return unchanged;
      },
      { interval: 100 },
    )
    .toBe(true);
  expect(writtenBytes).toBeLessThan(limitBytes / 2);
  request.destroy();
});
