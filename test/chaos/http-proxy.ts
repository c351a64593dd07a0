/** Stands between one functions host and one HTTP service; lets strikes happen to the calls. */
import {
  Agent,
  createServer,
  request as send,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { listen, stop } from '../../local/graph/http.ts';
import type { CallKind, Strike } from './strikes.ts';

/** When a call is struck, and by what. */
export interface Blow extends Pick<Strike, 'when' | 'what' | 'retryAfter'> {
  /** JSON of the bad answer. */
  readonly body?: string;
}

export interface HttpProxyOptions<Kind = CallKind> {
  readonly target: URL;
  readonly kindOf: (method: string, path: string, body: string, headers: IncomingHttpHeaders) => Kind;
  readonly take: (kind: Kind) => Blow | undefined;
  readonly kill: () => void;
  /** See `WorldClock.busy`. */
  readonly busy: () => () => void;
}

export interface Proxy {
  readonly port: number;
  close(): Promise<void>;
}

export async function startHttpProxy<Kind = CallKind>(options: HttpProxyOptions<Kind>): Promise<Proxy> {
  const agent = new Agent({ keepAlive: true });
  const server: Server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    handle(options, agent, request, response).catch(() => response.destroy());
  });
  const port = await listen(server, 0);
  return {
    port,
    close: async () => {
      agent.destroy();
      await stop(server);
    },
  };
}

async function handle<Kind>(
  { target, kindOf, take, kill, busy }: HttpProxyOptions<Kind>,
  agent: Agent,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const over = busy();
  try {
    const body = await readAll(request);
    const strike = take(kindOf(request.method ?? '', request.url ?? '', body.toString('latin1'), request.headers));
    if (strike?.when === 'before') return happen(strike, kill, response);
    const answer = await forward(target, agent, request, body);
    if (strike !== undefined) return happen(strike, kill, response);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  } finally {
    over();
  }
}

const STRUCK = '{"error":{"code":"Struck","message":"struck"}}';

function happen({ what, retryAfter, body = STRUCK }: Blow, kill: () => void, response: ServerResponse): void {
  if (what === 'hang') return;
  if (what === 'kill') kill();
  if (what === 'kill' || what === 'drop') response.destroy();
  else
    response
      .writeHead(what, {
        'content-type': 'application/json',
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      })
      .end(body);
}

interface ForwardedAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

function forward(target: URL, agent: Agent, request: IncomingMessage, body: Buffer): Promise<ForwardedAnswer> {
  return new Promise((resolve, reject) => {
    const forwarded = send(
      {
        agent,
        host: target.hostname,
        port: target.port,
        method: request.method,
        path: request.url,
        headers: request.headers,
      },
      (answer) => {
        readAll(answer).then(
          (content) =>
            resolve({ status: answer.statusCode ?? 502, headers: withoutFraming(answer.headers), body: content }),
          reject,
        );
      },
    );
    forwarded.once('error', reject);
    forwarded.end(body);
  });
}

/** The body is written in one piece. */
function withoutFraming({
  'transfer-encoding': _encoding,
  connection: _connection,
  ...headers
}: IncomingMessage['headers']): Record<string, string | string[] | undefined> {
  return headers;
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}
