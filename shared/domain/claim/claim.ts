/**
 * Who resets a guest now. Every attempt writes its own name into the guest's `current` row right before it sends, after
 * it has written `sending` into its chunk row. So of two that overlap at least one sees the other.
 * Times are milliseconds since the epoch.
 */
import { hasLiveAttempt, type Chunk } from '../chunk/chunk.ts';
import type { JobId } from '../ids.ts';
import type { Job } from '../job/job.ts';
import type { AddressMemory } from './known-addresses.ts';
import { isRecent, type ClaimSettings, type Success } from '../reset/recent-state.ts';
import type { ResetRecord } from '../reset/reset.ts';

/** A reset named from outside its chunk. */
export interface ResetReference {
  readonly jobId: JobId;
  readonly chunk: number;
  readonly row: number;
}

/** The guest's `current` row. */
export interface GuestClaim extends ResetReference {
  readonly attemptId: string;
  /** The newest success of a reset that stood here before. */
  readonly lastSuccess?: Success;
  /** The guest's addresses as the newest change of emails knew them. */
  readonly memory?: AddressMemory;
}

/**
 * Whether the claim is the one that this attempt has written. It is written before anything is sent, and nobody takes
 * it over meanwhile.
 */
export function isClaimOf(
  claim: GuestClaim | undefined,
  reference: ResetReference,
  attemptId: string | undefined,
): boolean {
  return claim !== undefined && isOf(claim, reference) && claim.attemptId === attemptId;
}

const isOf = (claim: GuestClaim, { jobId, chunk, row }: ResetReference): boolean =>
  claim.jobId === jobId && claim.chunk === chunk && claim.row === row;

export type ClaimDecision =
  /** Nobody else is at it. `lastSuccess` moves on to the new claim. */
  | { readonly kind: 'take'; readonly lastSuccess?: Success }
  /** Another reset may be on its way to Graph; look again then. */
  | { readonly kind: 'wait'; readonly until: number; readonly jobId: JobId }
  /** The guest was reset already. */
  | { readonly kind: 'skip'; readonly success: Success }
  /** A later attempt of the same reset has taken over: this one must not write, let alone send. */
  | { readonly kind: 'superseded' };

export const claimSettings = ({ createdAt, options }: Pick<Job, 'createdAt' | 'options'>): ClaimSettings => ({
  jobSubmittedAt: createdAt,
  skipIfResetWithinHours: options.skipIfResetWithinHours,
  isDryRun: options.dryRun === true,
});

/**
 * Decides when the guest's `current` row names another reset, or an earlier attempt of this one.
 * @param holder the chunk that `current` points to, as read after `current`; undefined when it is gone
 */
export function decideClaim(
  mine: ResetReference & { readonly attemptId?: string },
  current: GuestClaim,
  holder: Chunk | undefined,
  settings: ClaimSettings,
  now: number,
): ClaimDecision {
  const isMine = isOf(current, mine);
  if (isMine && mine.attemptId !== undefined && holder !== undefined && holder.attemptId !== mine.attemptId)
    return { kind: 'superseded' };
  const other = isMine ? undefined : holder?.resets.find(({ request }) => request.row === current.row);
  if (holder !== undefined && other !== undefined && other.status === 'sending') {
    return { kind: 'wait', until: lookAgainAt(holder, other, now), jobId: current.jobId };
  }
  const lastSuccess = newest(current.lastSuccess, successOf(current.jobId, other));
  if (lastSuccess !== undefined && isRecent(lastSuccess.at, settings)) return { kind: 'skip', success: lastSuccess };
  return { kind: 'take', ...(lastSuccess !== undefined && { lastSuccess }) };
}

/** The shortest wait for another reset; and what is left for its look-up, where its own time is over. */
const RECHECK_MS = 15_000;

/**
 * The claim once the reset that it points to keeps no addresses.
 * @returns the same claim when it has none, or points elsewhere
 */
export function withoutAddresses(claim: GuestClaim, reference: ResetReference): GuestClaim {
  if (!isOf(claim, reference) || claim.memory === undefined) return claim;
  const { memory: _addresses, ...rest } = claim;
  return rest;
}

/**
 * The claim once the reset that it points to is deleted: a success is kept, so that the guest is not reset again too
 * soon.
 * @returns undefined when nothing is worth keeping; the same claim when it points elsewhere
 */
export function claimAfterDelete(
  claim: GuestClaim,
  gone: ResetReference,
  record: ResetRecord,
  keptSince: number,
): GuestClaim | undefined {
  if (!isOf(claim, gone)) return claim;
  const { memory: _addresses, lastSuccess: before, ...rest } = claim;
  const lastSuccess = newest(before, successOf(gone.jobId, record));
  return lastSuccess === undefined || lastSuccess.at < keptSince ? undefined : { ...rest, lastSuccess };
}

/**
 * Most attempts end within seconds. One that lasts is waited for as long as it has lasted already, so that each wait is
 * about twice the one before and a quiet time of three minutes sees at most five. What is in doubt is decided by its
 * own look only.
 */
function lookAgainAt(holder: Chunk, other: ResetRecord, now: number): number {
  const overAt = busyUntil(holder, other, now);
  const isOnItsWay =
    hasLiveAttempt(holder, now) && other.sent !== undefined && other.sent.attemptId === holder.attemptId;
  return isOnItsWay ? Math.min(overAt, now + Math.max(RECHECK_MS, now - other.sent.at)) : overAt;
}

function busyUntil(holder: Chunk, other: ResetRecord, now: number): number {
  const until = hasLiveAttempt(holder, now) ? Math.max(holder.quietUntil ?? 0, other.dueAt) : other.dueAt;
  return Math.max(until, now) + RECHECK_MS;
}

function successOf(jobId: JobId, other: ResetRecord | undefined): Success | undefined {
  return other?.status === 'succeeded' && other.endedAt !== undefined ? { jobId, at: other.endedAt } : undefined;
}

function newest(one: Success | undefined, other: Success | undefined): Success | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.at >= other.at ? one : other;
}
