/** Bodies between the library, which waits for nobody, and callers who are slow, or leave. The connections are real. */
import { once } from 'node:events';
import http, { type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { atSpeedOf, orBreak } from '../../../shared/entry/http/answers/answer-stream.ts';

const BLOCK = new Uint8Array(64 * 1024);
/** More than the buffers of a connection take in. */
const MANY = 2_000;

let server: http.Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** As the library writes a body: without waiting. */
async function write(response: ServerResponse, result: unknown): Promise<void> {
  for await (const chunk of (result as { body: ReadableStream<Uint8Array> }).body.values()) response.write(chunk);
  response.end();
}

/** A body of many blocks, which counts how many were asked for. */
function countedBody(failsAt = Number.POSITIVE_INFINITY) {
  const asked = { blocks: 0, isCanceled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (asked.blocks++ === failsAt) throw new RangeError('no row for anna@partner.example');
      if (asked.blocks > MANY) controller.close();
      else controller.enqueue(BLOCK);
    },
    cancel: () => {
      asked.isCanceled = true;
    },
  });
  return { asked, body };
}

/** One request: what is answered to it, and the caller's side. */
async function ask(body: ReadableStream<Uint8Array>) {
  const { promise: written, resolve } = Promise.withResolvers<Promise<unknown>>();
  server = http.createServer((_request, response) => {
    const writing = orBreak(response, write(response, atSpeedOf(response, { status: 200, body })));
    resolve(writing.then(() => 'whole').catch((error: unknown) => (error instanceof Error ? error.message : error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const request = http.get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false });
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  return { answer, request, written: written.then(async (end) => end) };
}

/** When the number does not change any more. */
async function settled(read: () => number): Promise<number> {
  for (let last = -1; ;) {
    const now = read();
    if (now === last) return now;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('a body waits for a caller who does not read on, and comes whole when they do', async () => {
  const { asked, body } = countedBody();
  const { answer, written } = await ask(body);
  expect(await settled(() => asked.blocks)).toBeLessThan(MANY / 4);
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) bytes += chunk.length;
  expect([bytes, await written]).toEqual([MANY * BLOCK.length, 'whole']);
});

test('a body is given up when its caller has gone', async () => {
  const { asked, body } = countedBody();
  const { request, written } = await ask(body);
  request.destroy();
  await written;
  expect([asked.isCanceled, asked.blocks < MANY]).toEqual([true, true]);
});

test('an answer whose making fails is cut off at once, and the host hears only of what kind it was', async () => {
  const { answer, written } = await ask(countedBody(3).body);
  await expect(text(answer)).rejects.toThrow('aborted');
  expect(await written).toMatch(/^\{"error":"RangeError"/);
  expect(await written).not.toContain('anna');
});

test('an answer that is no stream stays as it is', () => {
  const response = {} as ServerResponse;
  for (const result of [undefined, null, 'text', { status: 204 }, { body: 'text' }])
    expect(atSpeedOf(response, result)).toBe(result);
});
