/** Answers of the API. */
import type { HttpResponseInit } from '@azure/functions';
import { askAgainAfterSeconds } from '../../../domain/api/codes.ts';
import { MAX_LISTED_ERRORS, type Problem } from '../../../domain/api/problem.ts';
import { turns } from '../turns.ts';
import { jobUrl, problemUrl } from '../urls.ts';

/** Of every answer: any of them may hold addresses or a redeem URL, which nothing on the way shall keep. */
export const NOT_KEPT = { 'Cache-Control': 'no-store' } as const;

/** What an answer says of a refusal beside the problem itself. */
export interface RefusalFrame {
  readonly traceId: string;
  /** Where its links begin: `https://host/api`, or `/api`. */
  readonly api: string;
}

/** Problem details. Source: RFC 9457. Whoever finds a problem knows no URL: those are made here. */
export function problemResponse(
  problem: Problem,
  { traceId, api }: RefusalFrame,
): { readonly status: number; readonly headers: Record<string, string>; readonly body: string } {
  const { status, code, title, detail, errors, errorCount, job, earlierJob } = problem;
  const allow = problem.allow?.join(', ');
  const retryAfter = (problem.retryAfterSeconds ?? askAgainAfterSeconds(code, status))?.toFixed(0);
  return {
    status,
    headers: {
      ...NOT_KEPT,
      'Content-Type': 'application/problem+json',
      ...(allow !== undefined && { Allow: allow }),
      ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
    },
    body: JSON.stringify({
      type: problemUrl({ api }, code),
      title,
      status,
      detail,
      code,
      ...(errors !== undefined && { errors: errors.slice(0, MAX_LISTED_ERRORS), errorCount }),
      ...(job !== undefined && { job: { id: job, url: jobUrl({ api }, job) } }),
      ...(earlierJob !== undefined && { earlierJob: { id: earlierJob, url: jobUrl({ api }, earlierJob) } }),
      traceId,
    }),
  };
}

export function jsonResponse(body: unknown, status = 200, headers: Record<string, string> = {}): HttpResponseInit {
  return { status, jsonBody: body, headers: { ...NOT_KEPT, ...headers } };
}

/** Characters sent at once: single lines would be slow. */
const BLOCK_CHARS = 32_768;

async function* blocks(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let block = '';
  for await (const line of lines) {
    block += line;
    if (block.length < BLOCK_CHARS) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}

/** A body made of lines, in turns with other requests: the library takes them as fast as they come. */
export function streamResponse(
  contentType: string,
  lines: AsyncIterable<string> | Iterable<string>,
  headers: Record<string, string> = {},
  status = 200,
): HttpResponseInit {
  const encoder = new TextEncoder();
  const pieces = blocks(lines);
  const takeTurns = turns();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
      await takeTurns();
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return { status, headers: { ...NOT_KEPT, 'Content-Type': contentType, ...headers }, body };
}
