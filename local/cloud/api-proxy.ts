import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { forward } from '../host/http/forward.ts';
import { startLoopbackServer } from '../host/http/loopback-server.ts';
import { requestUrl } from '../host/http/request-url.ts';
import type { LoopbackServer } from '../host/http/loopback-server.ts';
import type { Front } from './sign-in/front.ts';

/** How long a request waits for a host, for example while the only one is started again. */
const WAIT_FOR_HOST_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/**
 * Owns the API's port and spreads requests over the hosts that live, in turn. Rejects when the port is busy.
 * A request that could not be sent goes to another host; one that was cut off is answered with 502 and never repeated,
 * because the host may have done it.
 * @param front decides first who is let through; without one everybody is
 */
export function startApiProxy(
  port: number,
  liveHosts: () => readonly URL[],
  waitForHostMs = WAIT_FOR_HOST_MS,
  front: Front = async () => ({ kind: 'admitted', headers: {} }),
): Promise<LoopbackServer> {
  let turn = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = requestUrl(request);
    if (asked === undefined) {
      request.resume();
      answerProblem(response, 400, 'malformedRequest', 'The Host header or the path is not one. Nothing was done.');
      return;
    }
    const admission = await front(request, asked.pathname);
    if (admission.kind === 'refused') {
      request.resume();
      response.writeHead(admission.status, admission.headers).end(admission.body);
      return;
    }
    const deadline = performance.now() + waitForHostMs;
    while (!response.destroyed) {
      const hosts = liveHosts();
      const host = hosts[turn++ % Math.max(1, hosts.length)];
      if (host !== undefined) {
        const outcome = await forward(request, response, {
          url: new URL(`${host.origin}${asked.pathname}${asked.search}`),
          // The `Host` stays the caller's: of it the host makes links.
          headers: {
            ...admission.headers,
            host: asked.host,
            'x-forwarded-host': asked.host,
            'x-forwarded-proto': 'http',
          },
        });
        if (outcome === 'broken')
          answerProblem(
            response,
            502,
            'hostLost',
            'The functions host ended before it answered. It may have done what was asked: look before you repeat it.',
          );
        if (outcome !== 'notConnected') return;
      }
      if (performance.now() >= deadline) {
        answerProblem(
          response,
          503,
          'noHost',
          `No functions host was there within ${waitForHostMs / 1000} s. Nothing was done; try again.`,
        );
        return;
      }
      await sleep(LOOK_AGAIN_MS);
    }
  }

  return startLoopbackServer(port, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(`api: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      response.destroy();
    });
  });
}

/** RFC 9457, in the shape of the app's own problems. A page of the app explains those codes that the app has, too. */
function answerProblem(response: ServerResponse, status: number, code: string, detail: string): void {
  if (response.headersSent || response.destroyed) return;
  const title = STATUS_CODES[status];
  const type = code === 'malformedRequest' ? `/api/problems/${code}` : 'about:blank';
  response.writeHead(status, {
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
    ...(status === 503 ? { 'retry-after': '1' } : {}),
  });
  response.end(JSON.stringify({ type, title, status, code, detail, traceId: randomUUID() }));
}
