import http from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline, Transform } from 'node:stream';

/** These belong to one connection, not to the message. `expect` was already answered by our own server. */
const CONNECTION_HEADERS = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
  'expect',
];

export interface ForwardOptions {
  /** Scheme, host, path and query of the other side. */
  readonly url: URL;
  /** Set on top of the request's own headers. */
  readonly headers: OutgoingHttpHeaders;
  /** In place of the request's own, which has been read. */
  readonly body?: Buffer;
  readonly maxBodyBytes?: number;
  /** Called once the other side has the connection and the head of the request. */
  readonly onConnected?: () => void;
  /** Gives up: both connections end. */
  readonly signal?: AbortSignal;
}

/**
 * What became of a forwarded request. `notConnected`: nothing was sent, so another address may be tried. `broken`: the
 * other side ended before it answered. In both cases the caller still owes its client an answer, and with `tooLarge`
 * also.
 * `answered` and `gone` (the client left, or the answer was cut off) leave nothing to do.
 */
export type ForwardOutcome = 'answered' | 'gone' | 'notConnected' | 'broken' | 'tooLarge';

/**
 * Sends a request on and its answer back, chunk by chunk in both directions, at the speed of the slower side.
 * Always a new connection: after a connection error it is then certain whether anything was sent.
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  options: ForwardOptions,
): Promise<ForwardOutcome> {
  return new Promise((resolve) => {
    let connected = false;
    const upstream = http.request(options.url, {
      method: request.method ?? 'GET',
      headers: { ...requestHeaders(request.headers, request.method), ...options.headers },
      agent: false,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const body = limited(options.maxBodyBytes ?? Number.POSITIVE_INFINITY);

    let finished = false;
    const finish = (outcome: ForwardOutcome): void => {
      if (finished) return;
      finished = true;
      response.off('close', onClientClose);
      request.unpipe(body);
      body.unpipe(upstream);
      // The rest of an upload that nobody reads any more must not block the client's connection.
      if (connected) request.resume();
      // An answer that came before the whole request was sent leaves a connection of no further use.
      if (outcome !== 'answered' || !upstream.writableEnded) upstream.destroy();
      resolve(outcome);
    };
    const onClientClose = (): void => finish('gone');
    response.on('close', onClientClose);
    body.once('error', () => finish('tooLarge'));
    upstream.on('error', () => finish(!connected ? 'notConnected' : response.headersSent ? 'gone' : 'broken'));

    upstream.once('socket', (socket) => {
      socket.once('connect', () => {
        connected = true;
        upstream.flushHeaders();
        body.pipe(upstream);
        if (options.body === undefined) request.pipe(body);
        else body.end(options.body);
        options.onConnected?.();
      });
    });
    upstream.once('response', (answer) => {
      response.off('close', onClientClose);
      response.writeHead(answer.statusCode ?? 502, responseHeaders(answer.headers));
      response.flushHeaders();
      // pipeline ends the other one when either side breaks off.
      pipeline(answer, response, (error) => finish(error ? 'gone' : 'answered'));
    });
  });
}

function limited(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(new RangeError(`The body is larger than ${maxBytes} bytes.`));
      else done(null, chunk);
    },
  });
}

function requestHeaders(headers: IncomingHttpHeaders, method: string | undefined): OutgoingHttpHeaders {
  const forwarded: OutgoingHttpHeaders = { ...headers };
  for (const name of CONNECTION_HEADERS) delete forwarded[name];
  const hasBody = forwarded['content-length'] !== undefined || forwarded['transfer-encoding'] !== undefined;
  // Without it, Node would send an empty chunked body, and "no body" would look like "an empty body".
  if (!hasBody && method !== 'GET' && method !== 'HEAD') forwarded['content-length'] = '0';
  return forwarded;
}

function responseHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const forwarded: OutgoingHttpHeaders = { ...headers };
  for (const name of [...CONNECTION_HEADERS, 'transfer-encoding']) delete forwarded[name];
  return forwarded;
}
