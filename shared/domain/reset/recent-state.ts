/**
 * What a guest's state tells of the time around the submission: whether somebody else has reset the guest, or the guest
 * has redeemed. Only asked before the first request of a reset: after that its own effect would tell. Pure. Times are
 * milliseconds since the epoch.
 */
import { CLOCKS_APART_MS, GRAPH_CLOCKS_APART_MS } from '../clocks.ts';
import type { RedemptionState } from '../guest/guest.ts';
import type { JobId } from '../ids.ts';

export interface Success {
  readonly jobId: JobId;
  readonly at: number;
}

export interface ClaimSettings {
  /** Since then, any success counts as this job's own wish fulfilled. */
  readonly jobSubmittedAt: number;
  readonly skipIfResetWithinHours: number;
  /** The real job comes later: what was reset just before its rehearsal does not overlap with it. */
  readonly isDryRun?: boolean;
}

/** Since when a change counts, and when the guest was looked at: by Graph's clock (its `Date`), and by ours. */
export interface RecentWindow extends ClaimSettings {
  readonly lookedAt: { readonly graph: number; readonly own: number };
}

/** Graph tells its own time, and another instance may have told that of the submission or of a success. */
const APART_MS = GRAPH_CLOCKS_APART_MS + CLOCKS_APART_MS;

/**
 * When the guest's state changed, by our clock, where that counts as recent. How long ago is Graph's to say, so that
 * only Graph's clocks are compared with each other.
 */
export function recentChange(
  { externalUserStateChangeDateTime: changed }: RedemptionState,
  window: RecentWindow,
): number | undefined {
  const { graph, own } = window.lookedAt;
  const at = own - (graph - Date.parse(changed ?? ''));
  return isRecent(at, window, APART_MS) ? at : undefined;
}

/** Whether the change is what our own success has made. That one has been judged by its own time, which is exact. */
export const isOwnChange = (changedAt: number, success: Success | undefined): boolean =>
  success !== undefined && changedAt <= success.at + APART_MS;

/**
 * Whether what happened then counts as recent for the job. Counted back from the submission: a job that takes its time,
 * for whatever reason, skips whom it would have skipped at once. Another clock may have told the time: as long as it
 * may have come after the submission, it counts as if it had.
 * @param apartMs how far that clock may differ from the one that told the submission
 */
export function isRecent(
  at: number,
  { jobSubmittedAt, skipIfResetWithinHours, isDryRun }: ClaimSettings,
  apartMs = CLOCKS_APART_MS,
): boolean {
  const since = isDryRun === true ? jobSubmittedAt : jobSubmittedAt - apartMs;
  return at >= since || at > jobSubmittedAt - skipIfResetWithinHours * 3_600_000;
}
