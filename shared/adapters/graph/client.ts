/** The Graph SDK, set up so that one call is one POST on the wire: no retry and no redirect handler. */
import {
  Client,
  GraphClientError,
  ResponseType,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import type { TokenCredential } from '@azure/identity';

export interface GraphSettings {
  /** For example https://graph.microsoft.com; other clouds have their own. */
  readonly endpoint: string;
  readonly version: 'v1.0' | 'beta';
  readonly credential: TokenCredential;
  readonly timeoutSeconds: number;
}

/** How far a call came before it failed. Only after `sending` may it have had an effect. */
export type FailureStage = 'token' | 'connecting' | 'sending';

/** A call without an answer. */
export interface CallFailure {
  readonly stage: FailureStage;
  readonly message: string;
}

/** Posts a body to a path below the version and gives back the raw response, whatever its status; or how it failed. */
export type PostToGraph = (
  path: string,
  body: unknown,
) => Promise<{ readonly response: Response } | { readonly failure: CallFailure }>;

export function connectGraph(settings: GraphSettings): PostToGraph {
  const { endpoint, version, credential, timeoutSeconds } = settings;
  const client = Client.initWithMiddleware({
    middleware: sendOnce(credential, `${endpoint}/.default`, new URL(endpoint).origin),
    baseUrl: `${endpoint}/`,
    defaultVersion: version,
  });
  return async (path, body) => {
    const request = client
      .api(path)
      .responseType(ResponseType.RAW)
      .options({ signal: AbortSignal.timeout(timeoutSeconds * 1000) });
    try {
      const response: unknown = await request.post(body);
      if (!(response instanceof Response))
        throw new TypeError('the Graph SDK gave back something other than the raw response');
      return { response };
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined) throw error;
      return { failure };
    }
  };
}

/**
 * The whole chain of handlers: a token, then the platform's `fetch`, which sends a POST at most once. The SDK's own
 * authentication handler adds no token to plain http, which a simulator on this machine speaks; this one adds it for
 * exactly the configured origin.
 */
function sendOnce(credential: TokenCredential, scope: string, origin: string): Middleware {
  return {
    async execute(context: Context) {
      const url = typeof context.request === 'string' ? context.request : context.request.url;
      if (new URL(url).origin !== origin) throw new Error('a Graph request may not leave the configured endpoint');
      const headers = new Headers(context.options?.headers);
      headers.set('Authorization', `Bearer ${await getToken(credential, scope)}`);
      try {
        context.response = await fetch(context.request, { ...context.options, headers, redirect: 'manual' });
      } catch (error) {
        throw failed(wasWritten(error) ? 'sending' : 'connecting', error);
      }
    },
  };
}

async function getToken(credential: TokenCredential, scope: string): Promise<string> {
  try {
    const token = await credential.getToken(scope);
    if (token === null) throw new Error('the identity gave no token');
    return token.token;
  } catch (error) {
    throw failed('token', error);
  }
}

/**
 * Errors of Node's fetch that come before a byte of the request was written. Source: undici's connector and
 * getaddrinfo.
 */
const BEFORE_WRITING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function wasWritten(error: unknown): boolean {
  const causes = [error, error instanceof Error ? error.cause : undefined].flatMap((each) =>
    each instanceof AggregateError ? [each, ...(each.errors as unknown[])] : [each],
  );
  return !causes.some((cause) => BEFORE_WRITING.has(String((cause as { code?: unknown } | undefined)?.code)));
}

/** The SDK hands only its own error class through unchanged, so the stage travels in that. */
function failed(stage: FailureStage, error: unknown): GraphClientError {
  const message =
    error instanceof Error
      ? [error.message, error.cause instanceof Error ? error.cause.message : ''].filter(Boolean).join(': ')
      : String(error);
  const failure: CallFailure = { stage, message };
  const carrier = new GraphClientError(message);
  carrier.customError = failure;
  return carrier;
}

function failureOf(error: unknown): CallFailure | undefined {
  const failure: unknown = error instanceof GraphClientError ? error.customError : undefined;
  return typeof failure === 'object' && failure !== null && 'stage' in failure ? (failure as CallFailure) : undefined;
}
