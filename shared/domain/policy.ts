/** Our own choices: how long, how often, how many. Limits that others set are in `limits.ts`. */
import { CLOCKS_APART_MS } from './clocks.ts';
import { DIRECTORY_WRITES, GRAPH_BATCH_MAX_REQUESTS, HTTP_BODY_MAX_BYTES } from './limits.ts';

export interface Policy {
  /** How long a submission may take to arrive; another request may take its key over after that. Default 300. */
  readonly submitMaxSeconds: number;
  /** How long a written `sending` belongs to its owner; nobody else acts before that. Default 180. */
  readonly quietSeconds: number;
  /** A request is sent only this long after its `sending` began to be written. Default 10. */
  readonly sendWindowSeconds: number;
  /** Time-out of one call to Graph. Default 60. */
  readonly graphTimeoutSeconds: number;
  /** Between two look-ups that must agree that nothing happened. Default 60. */
  readonly lookIntervalSeconds: number;
  /** Attempts that may fail before a reset ends; throttled ones do not count. */
  readonly maxAttempts: number;
  /** A reset that is still failing after this long ends; stops, and waits for room in the budgets, do not count. */
  readonly maxRunningSeconds: number;
  /** Exponential back-off with full jitter between these. */
  readonly backoff: { readonly firstSeconds: number; readonly maxSeconds: number };
  /** How long the directory may lag behind an address that we added. */
  readonly replicationLagSeconds: number;
  /** Ambiguous answers of one kind without a success between that stop a job. */
  readonly ambiguousBeforeStop: number;
  /** First wakes are sent at most this far ahead. */
  readonly dispatchHorizonSeconds: number;
  /** How long after its success a reset is looked at once more; 0 for never. Default 60. */
  readonly verifyAfterSeconds: number;
  /** How long ended jobs, and what is known of their guests, are kept. Default 90. */
  readonly retentionDays: number;
  /** How long it is kept who did what, also to jobs that are gone. Default 365. */
  readonly auditRetentionDays: number;
  /**
   * Guests a second that dry runs and checks look up. A look-up costs up to 3 of the 350 resource units a second of a
   * small tenant.
   */
  readonly readsPerSecond: number;
  /** Resets a second that are scheduled and sent, as long as the tenant allows. */
  readonly resetsPerSecond: number;
  /** Jobs of one caller that have not ended; a submission beyond them is refused. Default 100. */
  readonly maxOpenJobsPerCaller: number;
  /** A job with more resets starts stopped, until somebody else approves it; absent where none does. */
  readonly holdJobsAbove?: number;
  /** Invitations in any 24 hours, all jobs together, sent or only paid for; absent for no cap. */
  readonly maxInvitationsPerDay?: number;
}

/** What was taken may arrive at Graph later than something taken after it, by so much. */
export const DELIVERY_SECONDS = 1;

/** Single resets that may go at once although bulk jobs have taken all that they may. */
export const PRIORITY_MARGIN = 8;

/** The most that a chunk may cost: twenty added emails, and as many invitations. */
export const CHUNK_WRITES = 2 * GRAPH_BATCH_MAX_REQUESTS;

/**
 * The greatest steady rate: a whole chunk and the margin may go at once, and no window has more than its limit, for
 * burst + rate × (window + delivery) ≤ limit.
 */
const STEADY_PER_SECOND =
  (DIRECTORY_WRITES.limit - CHUNK_WRITES - PRIORITY_MARGIN) / (DIRECTORY_WRITES.windowSeconds + DELIVERY_SECONDS);

export const DEFAULT_POLICY: Policy = {
  submitMaxSeconds: 300,
  quietSeconds: 180,
  sendWindowSeconds: 10,
  graphTimeoutSeconds: 60,
  lookIntervalSeconds: 60,
  maxAttempts: 8,
  maxRunningSeconds: 24 * 3600,
  backoff: { firstSeconds: 5, maxSeconds: 15 * 60 },
  replicationLagSeconds: 15 * 60,
  ambiguousBeforeStop: 5,
  dispatchHorizonSeconds: 120,
  verifyAfterSeconds: 60,
  readsPerSecond: 60,
  retentionDays: 90,
  auditRetentionDays: 365,
  resetsPerSecond: STEADY_PER_SECOND,
  maxOpenJobsPerCaller: 100,
};

/** An instance may act on a gate this old, in ms. */
export const GATE_MAX_AGE_MS = 1_000;

/** An earlier job with the same content is looked at for so long, from its submission to that of the later one. */
export const DUPLICATE_WITHIN_MS = 3_600_000;

/** Bytes of a submission: less than the platform takes, so that the refusal is ours and says what to do. */
export const SUBMISSION_MAX_BYTES = HTTP_BODY_MAX_BYTES - 5 * 1024 * 1024;

/**
 * Bytes of one answer of Graph that are read. Twenty users with 250 addresses of 254 characters each are 1.3 MB, and
 * 7.6 MB where every character is escaped.
 */
export const GRAPH_ANSWER_MAX_BYTES = 8 * 1024 * 1024;

/**
 * What the quiet time has beside send window and time-out: a second from the time-out to the last effect on Graph's
 * side, and as much as the clock of whoever comes next may be ahead.
 */
const QUIET_MARGIN_SECONDS = 1 + CLOCKS_APART_MS / 1000;

/** Problems of a policy, each a sentence; empty when it is sound. */
export function policyProblems(policy: Policy): string[] {
  const problems: string[] = [];
  const needed = policy.sendWindowSeconds + policy.graphTimeoutSeconds + QUIET_MARGIN_SECONDS;
  if (policy.quietSeconds < needed) {
    problems.push(
      `ATTEMPT_QUIET_SECONDS is ${policy.quietSeconds}; it must be at least ${needed}: the send window, the ` +
        `Graph time-out and ${QUIET_MARGIN_SECONDS} s more, or two workers could send the same reset.`,
    );
  }
  if (policy.auditRetentionDays < policy.retentionDays) {
    problems.push(
      `AUDIT_RETENTION_DAYS is ${policy.auditRetentionDays}; it must be at least RETENTION_DAYS, ` +
        `${policy.retentionDays}: who did what is kept longer than the job.`,
    );
  }
  return problems;
}

/**
 * Milliseconds to wait before the next try: exponential, full jitter, never under one second.
 * @param attempts tries that have failed so far, from 1
 * @param random a number in [0, 1)
 */
export function backoffMs(attempts: number, backoff: Policy['backoff'], random: number): number {
  const ceiling = Math.min(backoff.firstSeconds * 2 ** (attempts - 1), backoff.maxSeconds) * 1000;
  return Math.max(1000, Math.round(ceiling * random));
}

/** As `backoffMs`, but at least half of the ceiling: for waits that must not be used up early. */
export function steadyBackoffMs(attempts: number, backoff: Policy['backoff'], random: number): number {
  const ceiling = Math.min(backoff.firstSeconds * 2 ** (attempts - 1), backoff.maxSeconds) * 1000;
  return Math.max(1000, Math.round((ceiling * (1 + random)) / 2));
}
