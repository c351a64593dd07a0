import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RegisteredFunction } from '../app/core-api.ts';
import type { Invocations } from '../app/invocations.ts';
import type { TypedData } from '../app/rpc.ts';
import { traceContextFrom } from '../app/trace-context.ts';
import { describeError } from '../log.ts';
import type { Log } from '../log.ts';
import { forward } from './forward.ts';
import { flatHeaders } from './headers.ts';

export interface HttpCall {
  readonly registered: RegisteredFunction;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly parameters: Record<string, string>;
}

/**
 * Runs an HTTP function of an app with `enableHttpStream`: the library listens itself, the request is forwarded to it
 * with `x-ms-invocation-id`, and the invocation message carries only headers and route parameters.
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

  async function invoke(): Promise<void> {
    try {
      const { result } = await invocations.invoke(registered, {
        invocationId,
        traceContext: traceContextFrom(request.headers.traceparent, request.headers['tracestate']),
        inputData: [{ name: registered.triggerName, data: { http: {} } }],
        triggerMetadata: {
          ...Object.fromEntries(
            Object.entries(parameters).map(([key, string]): [string, TypedData] => [key, { string }]),
          ),
          Headers: { json: JSON.stringify(flatHeaders(request.headers)) },
          Query: { json: '{}' },
        },
      });
      if (result === null || result === undefined)
        throw new Error('The function returned nothing. An HTTP function must return a response.');
    } catch (error) {
      log('error', name, describeError(error));
      giveUp.abort();
    }
  }

  const invocation: { running?: Promise<void> } = {};
  const outcome = await forward(request, response, {
    url: new URL(`${url.pathname}${url.search}`, streamUrl),
    headers: {
      'x-ms-invocation-id': invocationId,
      'x-forwarded-host': request.headers.host ?? 'localhost',
      'x-forwarded-proto': 'http',
    },
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

function answerOnce(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { 'content-length': 0 }).end();
}
