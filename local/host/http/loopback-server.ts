import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface LoopbackServer {
  readonly port: number;
  /** Takes no new request and resolves when the running ones are answered. */
  close(): Promise<void>;
  /** Cuts what is still open. */
  cut(): void;
}

/** Serves HTTP on the loopback address; the system chooses the port for port 0. Rejects when the port is busy. */
export function startLoopbackServer(port: number, handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<LoopbackServer> {
  let closing = false;
  const server = http.createServer((request, response) => {
    // A connection that a client keeps open must not delay the end.
    response.once('close', () => {
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
    handle(request, response);
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
          }),
        cut: () => server.closeAllConnections(),
      });
    });
  });
}
