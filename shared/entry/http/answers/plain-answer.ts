/** An answer to a request that no function ever gets. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from '../../../domain/api/problem.ts';
import { RELATIVE_API } from '../urls.ts';
import { problemResponse } from './respond.ts';

/** Answers at once; the rest of the body is read and dropped, so that the answer is not lost on its way. */
export function answerPlainly(
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  problem: Problem,
  traceId: string,
): void {
  if (response.headersSent || response.destroyed) return;
  const { status, headers, body } = problemResponse(problem, { traceId, api: RELATIVE_API });
  response.writeHead(status, headers).end(body);
  request.resume();
}
