/** Reads a `$batch` and decides in which order it may be run. */
import * as z from 'zod';
import type { Answer } from './answer.ts';
import { errors } from './errors.ts';

/** Source: Graph documentation, "JSON batching". */
const MAX_REQUESTS = 20;

const stepSchema = z.object({
  id: z.string().min(1),
  method: z.string(),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).nullish(),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).nullish(),
});
const batchSchema = z.object({ requests: z.array(stepSchema).min(1) });

export interface BatchStep {
  readonly id: string;
  readonly method: string;
  /** With a leading slash, without the version. */
  readonly url: string;
  readonly clientRequestId: string | undefined;
  readonly body: unknown;
  /** Ids in lower case: the service compares them without regard to case. */
  readonly dependsOn: readonly string[];
}

export type BatchPlan =
  | { readonly steps: readonly BatchStep[]; readonly sequential: boolean }
  | { readonly refused: Answer };

export function readBatch(body: unknown, dependencies: 'documented' | 'any'): BatchPlan {
  const parsed = batchSchema.safeParse(body);
  if (!parsed.success) return { refused: errors.batchInvalid(describe(parsed.error)) };
  const { requests } = parsed.data;
  if (requests.length > MAX_REQUESTS) return { refused: errors.batchTooLarge(MAX_REQUESTS) };
  const seen = new Set<string>();
  const steps: BatchStep[] = [];
  for (const request of requests) {
    const headers = new Headers(request.headers ?? {});
    const dependsOn = (request.dependsOn ?? []).map((id) => id.toLowerCase());
    const stray = dependsOn.find((id) => !seen.has(id));
    if (seen.has(request.id.toLowerCase()))
      return { refused: errors.batchInvalid(`the id ${request.id} is used twice.`) };
    if (stray !== undefined) return { refused: errors.batchDependency(request.id, stray) };
    if (request.method !== 'GET' && (request.body === undefined || !headers.has('content-type')))
      return { refused: errors.batchContentType(request.id) };
    seen.add(request.id.toLowerCase());
    steps.push({
      id: request.id,
      method: request.method.toUpperCase(),
      url: request.url.startsWith('/') ? request.url : `/${request.url}`,
      clientRequestId: headers.get('client-request-id') ?? undefined,
      body: request.body,
      dependsOn,
    });
  }
  if (dependencies === 'documented' && !isDocumentedPattern(steps)) return { refused: errors.batchDependencies };
  return { steps, sequential: steps.some((step) => step.dependsOn.length > 0) };
}

/**
 * Three patterns are served: no dependency at all; each request depends on the one before it; all dependencies name one
 * and the same request. Source: Graph documentation, "JSON batching" (tip) and "Known issues: request dependencies are
 * limited".
 */
function isDocumentedPattern(steps: readonly BatchStep[]): boolean {
  const named = steps.flatMap((step) => step.dependsOn);
  const single = steps.every((step) => step.dependsOn.length <= 1);
  const serial = steps.every((step, index) => index === 0 || step.dependsOn[0] === steps[index - 1]?.id.toLowerCase());
  return single && (serial || new Set(named).size <= 1);
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'unknown.' : `${issue.path.join('/') || 'body'}: ${issue.message}.`;
}
