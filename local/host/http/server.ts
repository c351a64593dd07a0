import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { LoadedApp } from '../app/load-app.ts';
import type { Invocations } from '../app/invocations.ts';
import { describeError } from '../log.ts';
import type { Log } from '../log.ts';
import { startLoopbackServer } from './loopback-server.ts';
import type { LoopbackServer } from './loopback-server.ts';
import { invokePlain } from './plain-invocation.ts';
import { requestUrl } from './request-url.ts';
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

/**
 * Listens on the loopback address and runs the app's HTTP functions.
 * A wrong method gives 404, as in the real host. Rejects when the port is busy.
 */
export function startHttp(
  app: LoadedApp,
  invocations: Invocations,
  options: HttpOptions,
  log: Log,
): Promise<LoopbackServer> {
  const routes = [...app.functions.values()]
    .filter((registered) => registered.trigger.type.toLowerCase() === 'httptrigger')
    .map((registered) => {
      const { route, methods } = httpTrigger.parse(registered.trigger);
      const template = `${options.routePrefix}/${route ?? registered.metadata.name}`;
      const name = registered.metadata.name.toLowerCase();
      return {
        name,
        registered,
        methods: new Set(methods.map((method) => method.toUpperCase())),
        ...compileRoute(template),
      };
    })
    // The first that fits is called. Source: `OrderBy(f => f.Name)` in FunctionMetadataManager of azure-functions-host.
    .sort((one, other) => (one.name < other.name ? -1 : 1));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = requestUrl(request);
    if (url === undefined) {
      request.resume();
      return answer(response, 400);
    }
    const admin = /^\/admin\/functions\/([^/]+)$/.exec(url.pathname)?.[1];
    if (admin !== undefined && request.method === 'POST') {
      request.resume();
      return answer(response, options.runNow(admin) ? 202 : 404);
    }
    for (const route of routes) {
      if (!route.methods.has(request.method ?? '')) continue;
      const parameters = matchRoute(route, url.pathname);
      if (parameters === undefined) continue;
      if (Number(request.headers['content-length'] ?? 0) > options.maxBodyBytes) {
        // Answered at once, ended when the rest was taken: a connection that closes under a sender may lose the answer.
        response.writeHead(413, { 'content-length': 0 }).flushHeaders();
        request.resume().once('end', () => response.end());
        return;
      }
      const call = { registered: route.registered, request, response, url, parameters };
      return app.streamUrl === undefined
        ? await invokePlain(call, options.maxBodyBytes, invocations, log)
        : await invokeStreamed(call, app.streamUrl, options.maxBodyBytes, invocations, log);
    }
    answer(response, 404);
  }

  return startLoopbackServer(options.port, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      log('error', 'host', describeError(error));
      if (response.headersSent) response.destroy();
      else answer(response, 500);
    });
  });
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 }).end();
}
