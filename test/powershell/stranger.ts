/** A service that answers as a test says, and keeps what it was asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StrangerAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

export interface Stranger {
  /** `http://127.0.0.1:PORT/api` */
  readonly url: string;
  /** Each `METHOD path?query`. */
  readonly asked: readonly string[];
  /** The `Idempotency-Key` of each submission. */
  readonly keys: readonly string[];
  close(): Promise<void>;
}

export async function startStranger(answerTo: (request: string) => StrangerAnswer): Promise<Stranger> {
  const asked: string[] = [];
  const keys: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    const line = `${request.method} ${request.url}`;
    asked.push(line);
    const key = request.headers['idempotency-key'];
    if (typeof key === 'string') keys.push(key);
    const { status = 200, headers = {}, body = {} } = answerTo(line);
    request.on('end', () => {
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    asked,
    keys,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
