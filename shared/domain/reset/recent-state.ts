/**
 * What a guest's state tells of the time around the submission: whether somebody else has reset the guest, or the guest
 * has redeemed. Only asked before the first request of a reset: after that its own effect would tell. Pure. Times are
 * milliseconds since the epoch.
 */
import { isRecent, type ClaimSettings, type Success } from '../guest/claim.ts';
import { CLOCKS_APART_MS, GRAPH_CLOCKS_APART_MS } from '../clocks.ts';
import type { RedemptionState } from '../guest/guest.ts';

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
