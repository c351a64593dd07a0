/** Messages of the dispatch queue: work for the service as a whole, not for one chunk. */
import { parseJobId, type JobId } from './ids.ts';

export type Errand =
  | { readonly kind: 'dispatch' }
  /** Check on, whether the guests of a job have redeemed. */
  | { readonly kind: 'check'; readonly jobId: JobId };

export const errandBody = (errand: Errand): Record<string, unknown> =>
  (errand.kind === 'dispatch' ? { version: 1, dispatch: true } : { version: 1, check: errand.jobId });

/** The errand in a message body, or undefined for anything else. */
export function parseErrand(body: unknown): Errand | undefined {
  if (typeof body !== 'object' || body === null || (body as { version?: unknown }).version !== 1) return undefined;
  const { dispatch, check } = body as { dispatch?: unknown; check?: unknown };
  if (dispatch === true) return { kind: 'dispatch' };
  const jobId = parseJobId(check);
  return jobId === undefined ? undefined : { kind: 'check', jobId };
}
