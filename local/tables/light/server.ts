/**
 * The light table store over HTTP, in memory. It has what the app asks of tables; anything else is answered with 501.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRequest, type TableAnswer } from './answer.ts';
import { errorBody } from './error-body.ts';
import { BODY_MAX_BYTES } from './limits.ts';
import { createStamps } from './stamps.ts';
import { bodyTooLarge, TableError } from './table-error.ts';
import { Tables } from './tables.ts';

export interface LightTables {
  readonly port: number;
  close(): Promise<void>;
}

/** Longer than clients keep a connection that they do not use: none is cut under a request. */
const KEEP_ALIVE_MS = 60_000;

/** Listens on the loopback address. Rejects when the port is busy. @param now the service's clock, in ms */
export async function startLightTables(port: number, now: () => number = () => Date.now()): Promise<LightTables> {
  const tables = new Tables();
  const stamp = createStamps(now);
  const answer = async (request: IncomingMessage): Promise<TableAnswer> => {
    const { method = '', url = '' } = request;
    try {
      return answerRequest(
        tables,
        { method, url, headers: singleHeaders(request), body: await readBody(request) },
        stamp,
      );
    } catch (error) {
      return refusal(error, `${method} ${url}`);
    }
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, headers, body } = await answer(request);
    // Node would add a date of its own, which is not of `now`.
    response
      .writeHead(status, {
        Date: new Date(now()).toUTCString(),
        ...headers,
        ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
      })
      .end(body);
  };
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => void serve(request, response),
  );
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port, // A TCP server that listens has one.
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Reads to the end in any case, so that the client hears the answer. */
async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes <= BODY_MAX_BYTES) pieces.push(piece);
  }
  if (bytes > BODY_MAX_BYTES) throw bodyTooLarge();
  return Buffer.concat(pieces).toString();
}

const singleHeaders = ({ headers }: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );

function refusal(error: unknown, what: string): TableAnswer {
  const known = error instanceof TableError ? error : new TableError(500, 'InternalError', `${what}: ${String(error)}`);
  if (known !== error) console.error(`tables: ${what}:`, error);
  return {
    status: known.status,
    headers: { 'Content-Type': 'application/json;odata=minimalmetadata;charset=utf-8' },
    body: errorBody(known),
  };
}
