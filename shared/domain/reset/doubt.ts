/**
 * Whether a request whose answer was lost, or proves nothing, has happened. Pure: what was true right before it was
 * sent, against what a look-up finds now. Times are milliseconds since the epoch.
 */
import { GRAPH_CLOCKS_APART_MS } from '../clocks.ts';
import type { GraphUser } from '../guest/guest.ts';
import type { ResetRecord, SentRecord, Verdict } from './reset.ts';

export type DoubtDecision =
  /** The guest's redemption state changed after the request: it happened. */
  | { readonly kind: 'happened' }
  /**
   * It did not happen, or repeating it does no harm. `happened`: it is only repeated for the redeem URL in its answer.
   */
  | { readonly kind: 'repeat'; readonly happened: boolean }
  /** It did not happen, and is not to be repeated. */
  | { readonly kind: 'fail'; readonly verdict: Verdict }
  /** Unchanged so far; reads may lag behind, so a second look must agree. */
  | { readonly kind: 'lookAgain'; readonly unchangedSince: number; readonly at: number }
  /** Nobody can tell. */
  | { readonly kind: 'unknown' };

/**
 * Decides about a request in doubt from the guest as found now.
 * @param user undefined when the guest is gone
 */
export function decideDoubt(
  record: ResetRecord,
  user: GraphUser | undefined,
  lookIntervalSeconds: number,
  now: number,
): DoubtDecision {
  const { sent, oddAnswer } = record;
  if (sent === undefined) return { kind: 'repeat', happened: false };
  if (user === undefined) return { kind: 'unknown' };
  const effect = effectOf(sent, user);
  if (effect === 'earlier' || effect === 'perhapsThis') return { kind: 'unknown' };
  // Without mail only the answer carried the redeem URL, so it is asked for again; unless the guest has redeemed
  // meanwhile.
  if (effect === 'this')
    return sent.asksMail || oddAnswer !== undefined || user.externalUserState === 'Accepted'
      ? { kind: 'happened' }
      : { kind: 'repeat', happened: true };
  if (!sent.asksMail && oddAnswer === undefined) return { kind: 'repeat', happened: false };
  const unchangedSince = record.unchangedSince ?? now;
  const at = unchangedSince + lookIntervalSeconds * 1000;
  if (now < at) return { kind: 'lookAgain', unchangedSince, at };
  // A guest who was pending before looks the same whether invited once more or not.
  if (sent.externalUserState === 'PendingAcceptance') return { kind: 'unknown' };
  return oddAnswer === undefined ? { kind: 'repeat', happened: false } : { kind: 'fail', verdict: oddAnswer };
}

/**
 * Whether a reset that is sent again, after a first request that has or may have happened, was redeemed meanwhile: then
 * it must not be sent. `perhapsAnother`: a guest who had not redeemed before may have followed the invitation from
 * before.
 */
export function redeemedSince({ earlier, sent }: ResetRecord, user: GraphUser): 'no' | 'this' | 'perhapsAnother' {
  if (earlier === undefined || sent === undefined || user.externalUserState !== 'Accepted') return 'no';
  const effect = effectOf(sent, user);
  if (effect === 'none' || effect === 'earlier') return 'no';
  return earlier === 'unclear' && effect === 'perhapsThis' ? 'perhapsAnother' : 'this';
}

/** Whether the guest's redemption state shows a change that came after the request. */
export function hasChangedSince(sent: SentRecord, user: GraphUser): boolean {
  const effect = effectOf(sent, user);
  return effect === 'this' || effect === 'perhapsThis';
}

/**
 * What the guest's redemption state says of a request, against what was true right before it was sent.
 *
 * | effect        | the state |
 * |---------------|-----------|
 * | `none`        | is as it was |
 * | `earlier`     | changed before the request, or at no known time: that says nothing about the request |
 * | `perhapsThis` | changed after the request, by a redemption; but the guest may have had an open invitation from
 * before |
 * | `this`        | changed after the request, by nothing else |
 */
export function effectOf(sent: SentRecord, user: GraphUser): 'none' | 'earlier' | 'perhapsThis' | 'this' {
  const { externalUserState: state, externalUserStateChangeDateTime: changed } = user;
  if (state === sent.externalUserState && changed === sent.externalUserStateChangeDateTime) return 'none';
  const changedAt = Date.parse(changed ?? '');
  if (Number.isNaN(changedAt) || changedAt < sent.graphDate - GRAPH_CLOCKS_APART_MS) return 'earlier';
  // The guest was pending, or is from before the directory kept such a state.
  const mayHaveHadAnother = sent.externalUserState !== 'Accepted';
  return mayHaveHadAnother && state === 'Accepted' ? 'perhapsThis' : 'this';
}
