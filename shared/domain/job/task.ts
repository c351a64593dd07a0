/** Messages of the dispatch queue: work for the service as a whole, not for one chunk. */
import { parseJobId, type JobId } from '../ids.ts';

export type Task =
  | { readonly kind: 'dispatch' }
  /** Erase on the guests whose erasure is under way; it names none. */
  | { readonly kind: 'erase' }
  /** Check on, whether the guests of a job have redeemed. */
  | { readonly kind: 'check'; readonly jobId: JobId }
  /** Cancel on in the chunks of a job. */
  | { readonly kind: 'cancel'; readonly jobId: JobId }
  /** Delete on what is known of a job. */
  | { readonly kind: 'delete'; readonly jobId: JobId };

/**
 * Twice as long as between two runs of reconcile, which dispatches: each moment at which dispatch must run is asked
 * for, and few messages stand for it.
 */
const ASKED_AHEAD_MS = 10 * 60_000;

/**
 * Whether a run of dispatch at that time is to be asked for already. Until it is, each run of the timer comes here
 * again.
 */
export const isToBeAskedFor = (at: number, now: number): boolean => at <= now + ASKED_AHEAD_MS;

export const taskBody = (task: Task): Record<string, unknown> => ({
  version: 1,
  [task.kind]: 'jobId' in task ? task.jobId : true,
});

/** The task in a message body, or undefined for anything else. */
export function parseTask(body: unknown): Task | undefined {
  if (typeof body !== 'object' || body === null || (body as { version?: unknown }).version !== 1) return undefined;
  const { dispatch, erase, ...named } = body as Record<string, unknown>;
  if (dispatch === true) return { kind: 'dispatch' };
  if (erase === true) return { kind: 'erase' };
  const kind = (['check', 'cancel', 'delete'] as const).find((name) => named[name] !== undefined);
  const jobId = kind === undefined ? undefined : parseJobId(named[kind]);
  return kind === undefined || jobId === undefined ? undefined : { kind, jobId };
}
