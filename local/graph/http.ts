/** The small part of HTTP that the simulator needs. */
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Source: Graph refuses bodies above 4 MB. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Listens on the loopback address and returns the port it got. */
export async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port; // A TCP server that listens has one.
}

/** Stops at once; open connections are cut. */
export async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

export async function readJson(
  request: IncomingMessage,
): Promise<{ readonly value: unknown } | { readonly invalid: string }> {
  const { text, bytes } = await read(request);
  if (bytes > MAX_BODY_BYTES) return { invalid: `it has ${bytes} bytes; ${MAX_BODY_BYTES} are allowed.` };
  if (bytes === 0) return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { invalid: `it is not JSON (${String(error)}).` };
  }
}

/** Cut where it is too long. */
export const readText = async (request: IncomingMessage): Promise<string> => (await read(request)).text;

async function read(request: IncomingMessage): Promise<{ readonly text: string; readonly bytes: number }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString(), bytes };
}

export function send(response: ServerResponse, status: number, headers: Record<string, string>, body: unknown): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const content = Buffer.from(JSON.stringify(body));
  response
    .writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      ...headers,
      'Content-Length': content.length,
    })
    .end(content);
}
