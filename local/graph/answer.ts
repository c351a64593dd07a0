/** What Graph answers, before and after it is dressed for the wire. */
import { randomUUID } from 'node:crypto';

/**
 * An answer with a body, or with an error in Graph's shape. `retryAfter` becomes a header, as it is: seconds, maybe
 * fractional, or a date.
 */
export interface Answer {
  readonly status: number;
  readonly body?: object;
  readonly error?: { readonly code: string; readonly message: string; readonly details?: readonly object[] };
  readonly retryAfter?: string;
}

/**
 * What becomes of one request: its answer arrives, the connection is dropped, or a batch leaves it out, or gives it to
 * another of its requests.
 */
export interface Outcome {
  readonly act: 'answer' | 'drop' | 'omit' | 'swap';
  readonly answer: Answer;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: object;
}

const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

export function succeeded(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** Adds the ids and the time that every answer of Graph carries. */
export function dress(answer: Answer, now: Date, clientRequestId: string | undefined): WireAnswer {
  const requestId = randomUUID();
  const ids = { 'request-id': requestId, 'client-request-id': clientRequestId ?? requestId };
  const { status, headers, body } = dressInner(answer, now, ids);
  return { status, headers: { ...headers, Date: now.toUTCString(), ...ids }, ...(body === undefined ? {} : { body }) };
}

/**
 * An answer inside a batch: neither ids nor a time are among its headers; only an error tells them.
 * Source: Graph documentation, "JSON batching", example response.
 */
export function dressInner(answer: Answer, now: Date, ids: Readonly<Record<string, string>>): WireAnswer {
  const body =
    answer.error === undefined
      ? answer.body
      : { error: { ...answer.error, innerError: { date: now.toISOString().slice(0, 19), ...ids } } };
  return {
    status: answer.status,
    headers: {
      'Cache-Control': 'no-cache',
      ...(body === undefined ? {} : { 'Content-Type': JSON_TYPE }),
      ...(answer.retryAfter === undefined ? {} : { 'Retry-After': answer.retryAfter }),
    },
    ...(body === undefined ? {} : { body }),
  };
}
