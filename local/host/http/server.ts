import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { LoadedApp } from '../app/load-app.ts';
import type { Invocations } from '../app/invocations.ts';
import { describeError } from '../log.ts';
import type { Log } from '../log.ts';
import { invokePlain } from './plain-invocation.ts';
import { compileRoute, matchRoute } from './routes.ts';
import { invokeStreamed } from './stream-invocation.ts';

const httpTrigger = z.object({ route: z.string().optional(), methods: z.array(z.string()) });

/** The real host's `FUNCTIONS_REQUEST_BODY_SIZE_LIMIT` default: 100 MiB. */
export const DEFAULT_MAX_BODY_BYTES = 100 * 1024 * 1024;

export interface HttpOptions {
  readonly port: number;
  readonly routePrefix: string;
  readonly maxBodyBytes: number;
  /** Runs a function that is not an HTTP one, now. False: there is no such function. */
  readonly runNow: (name: string) => boolean;
}

export interface HttpFrontEnd {
  readonly port: number;
  /** Takes no new request and resolves when the running ones are answered. */
  close(): Promise<void>;
  /** Cuts what is still open. */
  cut(): void;
}

/**
 * Listens on the loopback address and runs the app's HTTP functions.
 * A wrong method gives 404, as in the real host. Rejects when the port is busy.
 */
export async function startHttp(app: LoadedApp, invocations: Invocations, options: HttpOptions, log: Log): Promise<HttpFrontEnd> {
  const routes = [...app.functions.values()]
    .filter((registered) => registered.trigger.type.toLowerCase() === 'httptrigger')
    .map((registered) => {
      const { route, methods } = httpTrigger.parse(registered.trigger);
      const template = `${options.routePrefix}/${route ?? registered.metadata.name}`;
      return { registered, methods: new Set(methods.map((method) => method.toUpperCase())), ...compileRoute(template) };
    })
    .sort((one, other) => (one.rank < other.rank ? -1 : one.rank > other.rank ? 1 : 0));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
    const admin = /^\/admin\/functions\/([^/]+)$/.exec(url.pathname)?.[1];
    if (admin !== undefined && request.method === 'POST') {
      request.resume();
      return answer(response, options.runNow(decodeURIComponent(admin)) ? 202 : 404);
    }
    for (const route of routes) {
      if (!route.methods.has(request.method ?? '')) continue;
      const parameters = matchRoute(route, url.pathname);
      if (parameters === undefined) continue;
      if (Number(request.headers['content-length'] ?? 0) > options.maxBodyBytes) return answer(response, 413);
      const call = { registered: route.registered, request, response, url, parameters };
      return app.streamUrl === undefined
        ? await invokePlain(call, options.maxBodyBytes, invocations, log)
        : await invokeStreamed(call, app.streamUrl, options.maxBodyBytes, invocations, log);
    }
    answer(response, 404);
  }

  const server = http.createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      log('error', 'host', describeError(error));
      if (response.headersSent) response.destroy();
      else answer(response, 500);
    });
  });
  server.requestTimeout = 0; // An upload may take as long as the app allows.
  const port = await listen(server, options.port);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
    cut: () => server.closeAllConnections(),
  };
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 }).end();
}

/** Starts to listen on the loopback address; resolves with the port, which the system chooses for port 0. */
export function listen(server: http.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The server listens on no port.'));
      else resolve(address.port);
    });
  });
}
