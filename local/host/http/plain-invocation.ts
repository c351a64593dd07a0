import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Invocations } from '../app/invocations.ts';
import type { Nullable } from '../app/rpc.ts';
import { traceContextFrom } from '../app/trace-context.ts';
import { describeError } from '../log.ts';
import type { Log } from '../log.ts';
import { serializeCookie } from './cookies.ts';
import { flatHeaders } from './headers.ts';
import type { HttpCall } from './stream-invocation.ts';

/**
 * Runs an HTTP function of an app without HTTP streams: request and answer travel whole, inside the messages.
 * Like the real host it reads a body only when Content-Length says there is one, so a chunked upload arrives empty.
 */
export async function invokePlain(
  call: HttpCall,
  maxBodyBytes: number,
  invocations: Invocations,
  log: Log,
): Promise<void> {
  const { registered, request, response, url, parameters } = call;
  const body = Number(request.headers['content-length'] ?? 0) > 0 ? await readBody(request, maxBodyBytes) : undefined;
  if (body === 'tooLarge') {
    response.writeHead(413, { 'content-length': 0 }).end();
    return;
  }
  try {
    const { returnValue } = await invocations.invoke(registered, {
      invocationId: randomUUID(),
      traceContext: traceContextFrom(request.headers.traceparent, request.headers['tracestate']),
      triggerMetadata: {},
      inputData: [
        {
          name: registered.triggerName,
          data: {
            http: {
              url: url.href,
              method: request.method ?? 'GET',
              nullableHeaders: nullable(flatHeaders(request.headers)),
              nullableParams: nullable(parameters),
              nullableQuery: nullable(Object.fromEntries(url.searchParams)),
              ...(body === undefined ? {} : { body: { bytes: body } }),
            },
          },
        },
      ],
    });
    const answer = returnValue?.http;
    if (answer === undefined) {
      response.writeHead(204).end();
      return;
    }
    response.statusCode = Number(answer.statusCode);
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    if (answer.cookies !== undefined && answer.cookies.length > 0)
      response.setHeader('set-cookie', answer.cookies.map(serializeCookie));
    response.end(Buffer.from(answer.body?.bytes ?? Buffer.from(answer.body?.string ?? '')));
  } catch (error) {
    log('error', registered.metadata.name, describeError(error));
    response.writeHead(500, { 'content-length': 0 }).end();
  }
}

async function readBody(request: IncomingMessage, maxBodyBytes: number): Promise<Buffer | 'tooLarge'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return 'tooLarge';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function nullable(values: Record<string, string>): Record<string, Nullable<string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
}
