/** What Graph answered, as data: one inner answer of a batch, and the batch as a whole. */
import type { RetryAfter } from './retry-after.ts';

/** The answer to one request of a batch. */
export interface GraphAnswer {
  readonly status: number;
  /** Absent where the answer has no `Retry-After`. */
  readonly retryAfter?: RetryAfter;
  readonly requestId?: string;
  readonly body: unknown;
}

export type BatchAnswer =
  /** The batch was taken in: each request has an answer of its own, or none at all. `date` is Graph's clock, in ms. */
  | { readonly kind: 'answered'; readonly date: number; readonly answers: ReadonlyMap<string, GraphAnswer> }
  /** The batch as a whole was answered with an error. */
  | { readonly kind: 'refused'; readonly answer: GraphAnswer }
  /** Nothing was written to the wire. */
  | { readonly kind: 'notSent'; readonly message: string; readonly tokenMissing: boolean }
  /** Written, but no usable answer: what happened is not known. */
  | { readonly kind: 'noAnswer'; readonly message: string };

/** Code and message of Graph's error shape; empty strings where there is none. */
export function graphError(body: unknown): { readonly code: string; readonly message: string } {
  const error = typeof body === 'object' && body !== null ? (body as { error?: unknown }).error : undefined;
  if (typeof error !== 'object' || error === null) return { code: '', message: '' };
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : '' };
}

const QUOTE_MAX_CHARS = 300;

/**
 * What Graph has answered, in its own words and nothing else: status, code and message, cut to 300 characters. They may
 * name somebody.
 */
export function quoteOf({ status, body }: GraphAnswer): string {
  const { code, message } = graphError(body);
  const words = [String(status), code, message].filter(Boolean).join(' ');
  return words.length > QUOTE_MAX_CHARS ? `${words.slice(0, QUOTE_MAX_CHARS - 1)}…` : words;
}
