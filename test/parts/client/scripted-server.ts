/** A server that answers each request as the script says, and remembers what came. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly line: string;
  readonly key: string | undefined;
  readonly authorization: string | undefined;
  readonly encoding: string | undefined;
  readonly body: string;
}
export type Play = (response: ServerResponse, request: IncomingMessage) => void;

export interface ScriptedServer {
  /** Of the API. */
  readonly url: string;
  readonly asked: Asked[];
  /** What is played next, in order; a request beyond them is a fault. */
  plays: Play[];
  /** Rejects where something that was expected did not come, or something came that was not. */
  close(): Promise<void>;
}

export async function scriptedServer(): Promise<ScriptedServer> {
  const unexpected: string[] = [];
  const server = createServer((request, response) => void answer(request, response));
  const script: { asked: Asked[]; plays: Play[] } = { asked: [], plays: [] };
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    try {
      for await (const chunk of request) body += String(chunk);
    } catch {
      return; // The client has gone.
    }
    const { headers, method, url: path } = request;
    script.asked.push({
      line: `${method} ${path}`,
      key: headers['idempotency-key'] as string | undefined,
      authorization: headers.authorization,
      encoding: headers['transfer-encoding'],
      body,
    });
    const play = script.plays.shift();
    if (play !== undefined) return play(response, request);
    unexpected.push(`${method} ${path}`);
    response.writeHead(500).end();
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(script, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (unexpected.length > 0) throw new Error(`nobody expected ${unexpected.join(', ')}`);
      if (script.plays.length > 0) throw new Error(`${script.plays.length} requests that were expected did not come`);
    },
  });
}

export const says =
  (status: number, body: object, headers: Record<string, string> = {}): Play =>
  (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
export const problem = (status: number, code: string, headers: Record<string, string> = {}): Play =>
  says(status, { code, status, detail: code, title: '', type: '', traceId: 't' }, headers);
export const cutOff: Play = (_response, request) => void request.socket.destroy();
