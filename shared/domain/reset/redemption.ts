/** Whether a guest has redeemed since the reset. Pure. Times are milliseconds since the epoch. */
import { hasChangedSince } from './doubt.ts';
import type { Found } from '../guest/look-up.ts';
import type { Redemption, ResetRecord } from './reset.ts';

/** Where a check of a job's guests stands. It reads, chunk after chunk, and writes down what it found. */
export interface RedemptionCheck {
  readonly requestedAt: number;
  /** When it last moved on; long ago means that it was lost. */
  readonly movedAt: number;
  readonly endedAt?: number;
  /** Chunks before this one have been checked. */
  readonly cursor: number;
  readonly counts: RedemptionCounts;
}

export type RedemptionCounts = Readonly<Record<Redemption, number>>;
export const NO_REDEMPTIONS: RedemptionCounts = { pending: 0, accepted: 0, unknown: 0 };

export const newCheck = (now: number): RedemptionCheck => ({
  requestedAt: now,
  movedAt: now,
  cursor: 0,
  counts: NO_REDEMPTIONS,
});

/** Guests who were reset, or may have been. */
export const isCheckable = ({ status, guestId, would }: ResetRecord): boolean =>
  (status === 'succeeded' || status === 'unknown') && guestId !== undefined && would === undefined;

/** `accepted` says more than "has the state Accepted": a guest whose reset never showed has that too. */
export function redemptionOf({ sent }: ResetRecord, found: Found): Redemption {
  if (found.kind !== 'user') return 'unknown';
  if (found.user.externalUserState === 'PendingAcceptance') return 'pending';
  return found.user.externalUserState === 'Accepted' && sent !== undefined && hasChangedSince(sent, found.user)
    ? 'accepted'
    : 'unknown';
}

/** What a check writes down. Where the look-up failed, what an earlier check has found stays, with its time. */
export function checkedNow(
  record: ResetRecord,
  found: Found,
  now: number,
): { readonly redemption: Redemption; readonly checkedAt: number } {
  const { redemption, checkedAt } = record;
  return found.kind === 'failed' && redemption !== undefined && checkedAt !== undefined
    ? { redemption, checkedAt }
    : { redemption: redemptionOf(record, found), checkedAt: now };
}

/** Moves a check on over some chunks, from where it was read; back comes the same where somebody else has moved it. */
export function moveOn(
  check: RedemptionCheck,
  from: Pick<RedemptionCheck, 'cursor' | 'movedAt'>,
  to: number,
  counts: RedemptionCounts,
  isLast: boolean,
  now: number,
): RedemptionCheck {
  if (check.endedAt !== undefined || check.cursor !== from.cursor || check.movedAt !== from.movedAt) return check;
  return {
    ...check,
    cursor: to,
    counts: addRedemptions(check.counts, counts),
    movedAt: now,
    ...(isLast && { endedAt: now }),
  };
}

export function addRedemptions(one: RedemptionCounts, other: RedemptionCounts): RedemptionCounts {
  return {
    pending: one.pending + other.pending,
    accepted: one.accepted + other.accepted,
    unknown: one.unknown + other.unknown,
  };
}
