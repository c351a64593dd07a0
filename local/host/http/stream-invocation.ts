import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { RegisteredFunction } from '../app/core-api.ts';
import type { Invocations } from '../app/invocations.ts';
import { traceContextFrom } from '../app/trace-context.ts';
import { describeError } from '../log.ts';
import type { Log } from '../log.ts';
import { bindingData, MAX_BOUND_BODY_BYTES } from './binding-data.ts';
import { forward } from './forward.ts';

export interface HttpCall {
  readonly registered: RegisteredFunction;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly parameters: Record<string, string>;
}

/** How long the answer of a failed invocation may still be on its way. */
const ANSWER_ON_ITS_WAY_MS = 500;

/**
 * Runs an HTTP function of an app with `enableHttpStream`: the library listens itself, the request is forwarded to it
 * with `x-ms-invocation-id`, unless the caller has written that header, and the invocation message carries binding
 * data. Source: `DefaultHttpProxyService` of azure-functions-host, October 2024; the forwarder is YARP, which sets the
 * `X-Forwarded-*` to what the host saw and leaves the `Host` out.
 */
export async function invokeStreamed(
  call: HttpCall,
  streamUrl: string,
  maxBodyBytes: number,
  invocations: Invocations,
  log: Log,
): Promise<void> {
  const { registered, request, response, url, parameters } = call;
  const { name } = registered.metadata;
  const invocationId = randomUUID();
  const giveUp = new AbortController();
  const body = await boundBody(request).catch(() => 'gone' as const);
  if (body === 'gone') {
    response.destroy();
    return;
  }

  async function invoke(): Promise<void> {
    try {
      const { result } = await invocations.invoke(registered, {
        invocationId,
        traceContext: traceContextFrom(request.headers.traceparent, request.headers['tracestate']),
        inputData: [{ name: registered.triggerName, data: { http: {} } }],
        triggerMetadata: bindingData(request, url.searchParams, parameters, body?.toString() ?? ''),
      });
      if (result === null || result === undefined)
        throw new Error('The function returned nothing. An HTTP function must return a response.');
    } catch (error) {
      log('error', name, describeError(error));
      // Its request may have been answered all the same: the real host waits for that first.
      setTimeout(() => giveUp.abort(), ANSWER_ON_ITS_WAY_MS).unref();
    }
  }

  const invocation: { running?: Promise<void> } = {};
  const outcome = await forward(request, response, {
    url: new URL(`${url.pathname}${url.search}`, streamUrl),
    headers: {
      ...(request.headers['x-ms-invocation-id'] === undefined && { 'x-ms-invocation-id': invocationId }),
      host: new URL(streamUrl).host,
      'x-forwarded-host': url.host,
      'x-forwarded-proto': 'http',
    },
    ...(body !== undefined && { body }),
    maxBodyBytes,
    signal: giveUp.signal,
    // Not earlier: without a forwarded request the library would wait for it for ever.
    onConnected: () => {
      invocation.running = invoke();
    },
  });

  if (outcome === 'tooLarge') answerOnce(response, 413);
  else if (outcome === 'notConnected' || outcome === 'broken') answerOnce(response, 500);
  await invocation.running;
}

/**
 * A body with a Content-Length is read whole before the function is called, for its members. Undefined where it is not
 * read: the request itself still has it.
 */
async function boundBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const bytes = Number(request.headers['content-length'] ?? 0);
  return bytes > 0 && bytes <= MAX_BOUND_BODY_BYTES ? buffer(request) : undefined;
}

function answerOnce(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { 'content-length': 0 }).end();
}
