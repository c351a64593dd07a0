/** Answers of the API. */
import type { HttpResponseInit } from '@azure/functions';
import { MAX_LISTED_ERRORS, type Problem } from '../../domain/problem.ts';

/** When to ask again. */
const RETRY_AFTER_SECONDS: Readonly<Record<number, string>> = { 409: '5', 503: '15' };

/** Problem details. Source: RFC 9457. */
export function problemResponse(problem: Problem, traceId: string): HttpResponseInit {
  const { status, code, title, detail, errors, errorCount } = problem;
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(status in RETRY_AFTER_SECONDS && { 'Retry-After': RETRY_AFTER_SECONDS[status] }),
    },
    body: JSON.stringify({
      type: 'about:blank',
      title,
      status,
      detail,
      code,
      ...(errors !== undefined && { errors: errors.slice(0, MAX_LISTED_ERRORS), errorCount }),
      traceId,
    }),
  };
}

export function jsonResponse(body: unknown, status = 200, headers: Record<string, string> = {}): HttpResponseInit {
  return { status, jsonBody: body, headers };
}

/** A body made piece by piece: each piece is asked for when the client has taken the ones before. */
export function streamResponse(
  contentType: string,
  pieces: AsyncIterator<string> | Iterator<string>,
  headers: Record<string, string> = {},
  status = 200,
): HttpResponseInit {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await pieces.return?.();
    },
  });
  return { status, headers: { 'Content-Type': contentType, ...headers }, body };
}
