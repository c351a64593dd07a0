/** Each POST to Graph as a span and as a measurement. No path of a step and no body: they name guests. */
import type { Measure } from '../../usecases/ports.ts';
import type { PostToGraph } from '../graph/client.ts';
import { inSpan, note, noteFailure, type Span } from './span.ts';

/** What a batch is for. */
export type BatchKind = 'lookUp' | 'roles' | 'addEmails' | 'invite' | 'other';

/** @param endpoint of Graph */
export function tracedPost(
  post: PostToGraph,
  endpoint: string,
  span: (span: Span) => void,
  measure: Measure,
): PostToGraph {
  const server = { 'http.request.method': 'POST', 'server.address': new URL(endpoint).hostname };
  return (path, body) => {
    const steps = stepsOf(body);
    const kind = kindOf(steps[0]);
    const startedAt = performance.now();
    const attributes = { ...server, 'url.template': path, 'guest_reset.graph.requests': steps.length, kind };
    return inSpan({ name: `POST ${path}`, kind: 'client', attributes }, span, async () => {
      const result = await post(path, body);
      const outcome = outcomeOf(result);
      measure('graphDuration', (performance.now() - startedAt) / 1000, { ...server, kind, ...outcome });
      const requestId = 'response' in result ? result.response.headers.get('request-id') : null;
      note({
        ...outcome,
        ...(requestId !== null && GUID.test(requestId) && { 'guest_reset.graph.request_id': requestId }),
      });
      if ('failure' in result || !result.response.ok) noteFailure();
      return result;
    });
  };
}

const outcomeOf = (result: Awaited<ReturnType<PostToGraph>>): Readonly<Record<string, string | number>> =>
  'failure' in result
    ? { 'error.type': result.failure.stage }
    : { 'http.response.status_code': result.response.status };

/** Microsoft's support asks for it. */
const GUID = /^[0-9a-f-]{36}$/i;

interface Step {
  readonly method?: unknown;
  readonly url?: unknown;
}

function stepsOf(body: unknown): readonly Step[] {
  const requests = (body as { requests?: unknown } | null)?.requests;
  return Array.isArray(requests) ? (requests as Step[]) : [];
}

/** By the first step: all steps of a batch are alike. */
function kindOf({ method, url }: Step = {}): BatchKind {
  if (method === 'POST') return 'invite';
  if (method === 'PATCH') return 'addEmails';
  if (typeof url !== 'string') return 'other';
  return url.startsWith('/users') ? 'lookUp' : url.startsWith('/roleManagement') ? 'roles' : 'other';
}
