import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface LoopbackServer {
  readonly port: number;
  /** Takes no new request and resolves when the running ones are answered. */
  close(): Promise<void>;
  /** Cuts what is still open. */
  cut(): void;
}

/** A connection that is new may have its first request on the way. */
const REQUEST_ON_ITS_WAY_MS = 1_000;

/** Serves HTTP on the loopback address; the system chooses the port for port 0. Rejects when the port is busy. */
export function startLoopbackServer(
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<LoopbackServer> {
  let closing = false;
  // With how many requests are running on each. A connection without one must not delay the end; Node's own list of the
  // idle ones has none that never had a request, or has half of one's head.
  const connections = new Map<Socket, number>();
  const server = http.createServer((request, response) => {
    const { socket } = request;
    connections.set(socket, (connections.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const running = (connections.get(socket) ?? 1) - 1;
      if (connections.has(socket)) connections.set(socket, running);
      if (closing && running === 0) socket.destroySoon();
    });
    handle(request, response);
  });
  server.on('connection', (socket) => {
    connections.set(socket, 0);
    socket.once('close', () => connections.delete(socket));
  });
  server.requestTimeout = 0; // An upload may take as long as the app allows.

  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('The server listens on no port.'));
      resolve({
        port: address.port,
        close: () =>
          new Promise((closed) => {
            closing = true;
            server.close(() => closed());
            server.closeIdleConnections();
            setTimeout(() => {
              for (const [socket, running] of connections) if (running === 0) socket.destroySoon();
            }, REQUEST_ON_ITS_WAY_MS).unref();
          }),
        cut: () => server.closeAllConnections(),
      });
    });
  });
}
