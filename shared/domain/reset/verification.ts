/**
 * Whether a reset that Graph has confirmed shows in the directory. An annotation: it changes no status and delays
 * nothing.
 * Pure. Times are milliseconds since the epoch.
 */
import { hasChangedSince } from './doubt.ts';
import type { Found } from '../guest/look-up.ts';
import type { Policy } from '../policy.ts';
import type { ResetRecord, Verification } from './reset.ts';

export type VerificationStep =
  | { readonly kind: 'done'; readonly verification: Verification }
  /** Not seen yet, or the look-up failed. */
  | { readonly kind: 'lookAgain'; readonly at: number };

/**
 * Decides from a look-up of the guest. An unchanged guest is looked at again, each time after twice as long, until the
 * directory can no longer be lagging.
 */
export function decideVerification(
  record: ResetRecord,
  found: Found,
  { replicationLagSeconds }: Policy,
  now: number,
): VerificationStep {
  const { sent, endedAt = now } = record;
  if (sent === undefined || found.kind === 'none' || found.kind === 'several') return done('notPossible');
  const last = endedAt + replicationLagSeconds * 1000;
  if (found.kind === 'failed') return now >= last ? done('notPossible') : lookAgain(now, endedAt, last);
  if (hasChangedSince(sent, found.user)) return done('verified');
  // A guest who was pending before may look the same whether reset once more or not.
  if (sent.externalUserState === 'PendingAcceptance') return done('notPossible');
  return now >= last ? done('notSeen') : lookAgain(now, endedAt, last);
}

const done = (verification: Verification): VerificationStep => ({ kind: 'done', verification });

const MIN_WAIT_MS = 30_000;

function lookAgain(now: number, endedAt: number, last: number): VerificationStep {
  return {
    kind: 'lookAgain',
    at: Math.min(now + Math.max(2 * (now - endedAt), MIN_WAIT_MS), Math.max(last, now + MIN_WAIT_MS)),
  };
}
