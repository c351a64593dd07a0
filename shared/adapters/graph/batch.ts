/** Graph's `$batch`: steps in, an answer for each id out. */
import type { BatchAnswer, GraphAnswer } from '../../domain/graph/answer.ts';
import { GRAPH_BATCH_MAX_REQUESTS } from '../../domain/limits.ts';
import { GRAPH_ANSWER_MAX_BYTES } from '../../domain/policy.ts';
import { readRetryAfter } from '../../domain/graph/retry-after.ts';
import type { PostToGraph } from './client.ts';
import { readText } from './read-text.ts';

/**
 * One request of a batch. Source: Graph documentation, "JSON batching". There is no `dependsOn`: a batch must be wholly
 * parallel or wholly sequential, and guests are independent of one another.
 */
export interface BatchStep {
  readonly id: string;
  readonly method: 'GET' | 'PATCH' | 'POST';
  /** Relative to the version, with a leading slash. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Sends one batch: one POST on the wire. */
export async function postBatch(post: PostToGraph, steps: readonly BatchStep[]): Promise<BatchAnswer> {
  if (steps.length === 0 || steps.length > GRAPH_BATCH_MAX_REQUESTS)
    throw new RangeError(`a batch of ${steps.length} requests; Graph takes 1 to ${GRAPH_BATCH_MAX_REQUESTS}`);
  const result = await post('/$batch', { requests: steps });
  if ('failure' in result) {
    const { stage, message } = result.failure;
    return stage === 'sending'
      ? { kind: 'noAnswer', message }
      : { kind: 'notSent', message, tokenMissing: stage === 'token' };
  }
  return readBatch(result.response);
}

const ENDED_EARLY = `the answer ended early, has more than ${GRAPH_ANSWER_MAX_BYTES} bytes, or is no JSON`;

async function readBatch(response: Response): Promise<BatchAnswer> {
  const headers = Object.fromEntries(response.headers);
  let body: unknown;
  try {
    const text = await readText(response, GRAPH_ANSWER_MAX_BYTES);
    body = text === '' ? undefined : JSON.parse(text);
  } catch {
    // The parser's own words would quote the answer, and with it others' addresses and redeem URLs.
    if (response.ok) return { kind: 'noAnswer', message: ENDED_EARLY };
  }
  const date = Date.parse(headers['date'] ?? '');
  if (response.status !== 200) return { kind: 'refused', answer: toAnswer(response.status, headers, body, date) };
  const responses = (body as { responses?: unknown } | undefined)?.responses;
  if (!Array.isArray(responses))
    return { kind: 'noAnswer', message: 'the batch was answered in a shape that the service does not know' };
  if (Number.isNaN(date)) return { kind: 'noAnswer', message: 'the answer carries no Date' };
  const { 'request-id': requestId } = headers;
  return { kind: 'answered', date, answers: once(responses.flatMap((each) => toEntry(each, date, requestId))) };
}

/** Where a request has two answers, nobody knows which one is true: it counts as left out. */
function once(entries: readonly [string, GraphAnswer][]): Map<string, GraphAnswer> {
  const answers = new Map<string, GraphAnswer>();
  const repeated = new Set<string>();
  for (const [id, answer] of entries) {
    if (answers.has(id)) repeated.add(id);
    answers.set(id, answer);
  }
  for (const id of repeated) answers.delete(id);
  return answers;
}

function toEntry(response: unknown, date: number, outerId: string | undefined): [string, GraphAnswer][] {
  if (typeof response !== 'object' || response === null) return [];
  const { id, status, headers, body } = response as Record<string, unknown>;
  if ((typeof id !== 'string' && typeof id !== 'number') || typeof status !== 'number') return [];
  return [[String(id), toAnswer(status, headers, body, date, outerId)]];
}

/**
 * Header names come in any case, also inside a batch.
 * @param date Graph's clock, in ms; an inner answer may have one of its own
 * @param outerId id of the batch: successes in it have none of their own
 */
function toAnswer(status: number, headers: unknown, body: unknown, date: number, outerId?: string): GraphAnswer {
  const lower = new Map(
    Object.entries(typeof headers === 'object' && headers !== null ? headers : {}).map(([name, value]) => [
      name.toLowerCase(),
      String(value),
    ]),
  );
  const retryAfter = lower.get('retry-after');
  const ownDate = Date.parse(lower.get('date') ?? '');
  const requestId = lower.get('request-id') ?? innerRequestId(body) ?? outerId;
  return {
    status,
    body,
    ...(retryAfter !== undefined && { retryAfter: readRetryAfter(retryAfter, Number.isNaN(ownDate) ? date : ownDate) }),
    ...(requestId !== undefined && { requestId }),
  };
}

function innerRequestId(body: unknown): string | undefined {
  const inner = (body as { error?: { innerError?: Record<string, unknown> } } | undefined)?.error?.innerError?.[
    'request-id'
  ];
  return typeof inner === 'string' ? inner : undefined;
}
