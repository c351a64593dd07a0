/**
 * Whether a request whose answer was lost has happened. Pure: what was true right before it was sent, against what a
 * look-up finds now. Times are milliseconds since the epoch.
 */
import type { GraphUser } from './guest.ts';
import type { ResetRecord, SentRecord } from './reset.ts';

export type DoubtDecision =
  /** The guest's redemption state changed after the request: it happened. */
  | { readonly kind: 'happened' }
  /** It did not happen, or repeating it does no harm. `happened`: it is only repeated for the redeem URL in its answer. */
  | { readonly kind: 'repeat'; readonly happened: boolean }
  /** Unchanged so far; reads may lag behind, so a second look must agree. */
  | { readonly kind: 'lookAgain'; readonly unchangedSince: number; readonly at: number }
  /** Nobody can tell. */
  | { readonly kind: 'unknown' };

/** How far Graph's clocks may differ among themselves. */
const GRAPH_CLOCK_TOLERANCE_MS = 10_000;

/**
 * Decides about a request in doubt from the guest as found now.
 * @param user undefined when the guest is gone
 */
export function decideDoubt(record: ResetRecord, user: GraphUser | undefined, lookIntervalSeconds: number, now: number): DoubtDecision {
  const { sent } = record;
  if (sent === undefined) return { kind: 'repeat', happened: false };
  if (user === undefined) return { kind: 'unknown' };
  if (hasChanged(sent, user)) {
    if (changedBefore(sent, user)) return { kind: 'unknown' };
    // Whether the invitation from before was redeemed, or ours, nobody can tell.
    if (mayHaveHadAnother(sent) && user.externalUserState === 'Accepted') return { kind: 'unknown' };
    // Without mail only the answer carried the redeem URL, so it is asked for again; unless the guest has redeemed meanwhile.
    return sent.asksMail || user.externalUserState === 'Accepted' ? { kind: 'happened' } : { kind: 'repeat', happened: true };
  }
  if (!sent.asksMail) return { kind: 'repeat', happened: false };
  const unchangedSince = record.unchangedSince ?? now;
  const at = unchangedSince + lookIntervalSeconds * 1000;
  if (now < at) return { kind: 'lookAgain', unchangedSince, at };
  // A guest who was pending before looks the same whether invited once more or not.
  return sent.externalUserState === 'PendingAcceptance' ? { kind: 'unknown' } : { kind: 'repeat', happened: false };
}

/**
 * Whether a reset that is sent again, after a first request that has or may have happened, was redeemed meanwhile: then it must
 * not be sent. `perhapsAnother`: a guest who had not redeemed before may have followed the invitation from before.
 */
export function redeemedSince({ earlier, sent }: ResetRecord, user: GraphUser): 'no' | 'this' | 'perhapsAnother' {
  if (earlier === undefined || sent === undefined || user.externalUserState !== 'Accepted' || !hasChangedSince(sent, user)) return 'no';
  return earlier === 'unclear' && mayHaveHadAnother(sent) ? 'perhapsAnother' : 'this';
}

/**
 * What a look right before a repeat says of the request that it repeats, which looks before could not see: reads may have lagged.
 * `perhaps`: something happened, and it may have been an invitation from before.
 */
export function lateEffect(doubted: SentRecord, user: GraphUser): 'none' | 'happened' | 'perhaps' {
  if (!hasChangedSince(doubted, user)) return 'none';
  return user.externalUserState === 'Accepted' && mayHaveHadAnother(doubted) ? 'perhaps' : 'happened';
}

/** Whether the guest may have had an open invitation before: was pending, or is from before the directory kept such a state. */
const mayHaveHadAnother = ({ externalUserState }: SentRecord): boolean => externalUserState !== 'Accepted';

/** Whether the guest's redemption state shows a change that came after the request. */
export function hasChangedSince(sent: SentRecord, user: GraphUser): boolean {
  return hasChanged(sent, user) && !changedBefore(sent, user);
}

function hasChanged(sent: SentRecord, user: GraphUser): boolean {
  return (user.externalUserState ?? null) !== sent.externalUserState
    || (user.externalUserStateChangeDateTime ?? null) !== sent.externalUserStateChangeDateTime;
}

/** A change from before the request was sent was only late to be seen: it says nothing about the request. */
function changedBefore(sent: SentRecord, user: GraphUser): boolean {
  const changedAt = Date.parse(user.externalUserStateChangeDateTime ?? '');
  return Number.isNaN(changedAt) || changedAt < sent.graphDate - GRAPH_CLOCK_TOLERANCE_MS;
}
