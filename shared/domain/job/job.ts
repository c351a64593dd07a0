/** A job: the resets submitted in one request. Times are milliseconds since the epoch. */
import type { Actor } from '../actions.ts';
import type { DomainChange } from '../guest/email-domain.ts';
import type { WantedState } from '../guest/guest.ts';
import type { Lane } from './lane.ts';
import type { RowsSay } from './rows-say.ts';
import { NO_COUNTS, type Counts } from '../reset/counts.ts';
import type { JobId } from '../ids.ts';
import type { RedemptionCheck } from '../reset/redemption.ts';
import type { Endings } from '../reset/endings.ts';
import type { InvitationChoices } from '../reset/reset.ts';
import type { Stoppable } from '../stops/stop.ts';
import { NO_OUTCOME_COUNTS, type OutcomeCounts } from '../reset/outcome-counts.ts';
import type { JobWarning } from '../reset/warnings.ts';
import type { Wait } from '../waits.ts';

/** Source of the names: the design's status list. `receiving` until the commit; the last four are terminal. */
export const JOB_STATUSES = [
  'receiving',
  'queued',
  'inProgress',
  'paused',
  'canceling',
  'completed',
  'completedWithErrors',
  'failed',
  'canceled',
] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];
/** A submission that is still received is nobody's job yet. */
export const SHOWN_JOB_STATUSES = JOB_STATUSES.filter((status) => status !== 'receiving');

/** Options of a job as validated; the choices for the invitation are defaults for every reset. */
export interface JobOptions {
  readonly reason?: string;
  /** Nothing is sent before this time. */
  readonly notBefore?: number;
  /** At most so many resets of this job in any minute. */
  readonly maxPerMinute?: number;
  /** Nothing is sent from this time on: what is pending then is canceled. */
  readonly notAfter?: number;
  /** After so many resets the job stops by itself, until somebody resumes it. */
  readonly pauseAfter?: number;
  /** A guest reset successfully within this many hours is skipped. Default 24; 0 turns it off. */
  readonly skipIfResetWithinHours: number;
  /** Guests in another state before the first request are skipped. Default: whatever the state. */
  readonly onlyIf?: WantedState;
  /** A partner changed its domain: each guest's new address is derived from the mail. */
  readonly changeEmailDomain?: DomainChange;
  /** Looks and decides, and sends nothing. */
  readonly dryRun?: boolean;
  /** Whether resets are looked at once more after they have succeeded; default yes. */
  readonly verify?: boolean;
  readonly defaults: InvitationChoices;
}

export interface Canary {
  /** Rows up to this one. */
  readonly resets: number;
  /** The chunks that hold them; the last one may hold others too. */
  readonly chunks: number;
  /** They have ended, and the job was stopped. */
  readonly isOver?: true;
}

/** Why a job is canceled that nobody has canceled. */
export const CANCEL_CODES = ['notAfterPassed'] as const;
export type CancelCode = (typeof CANCEL_CODES)[number];

/** Who submitted a job. */
export type Submitter = Actor;

/** Who has approved a job that waited for that. */
export interface Approval {
  readonly by: Actor;
  readonly at: number;
}

/** Sums of all chunks before `upTo`, all of which have ended. Only moves forward. */
export interface Snapshot {
  readonly upTo: number;
  readonly counts: Counts;
  readonly outcomeCounts: OutcomeCounts;
  /** When they ended, and were sent, as far as that is known: an older build writes no such sums. */
  readonly endings?: Endings;
  readonly sendings?: Endings;
}

/** How far the deletion of a job is; `deletion.ts` has its table. */
export type Deletion =
  /** Chunks before `cursor` have been stripped. */
  | { readonly kind: 'stripping'; readonly cursor: number; readonly movedAt: number }
  | { readonly kind: 'stripped' }
  | { readonly kind: 'removing'; readonly movedAt: number };

/** Answers that may be everybody's (`refusals.ts`): how many of each kind came since the last success. */
export interface Streaks {
  readonly refused: number;
  readonly odd: number;
}

export const NO_STREAKS: Streaks = { refused: 0, odd: 0 };

/** Between the cells of a file; every reader of CSV finds these by themselves. */
export type CsvSeparator = ',' | ';' | '\t';

export interface Job extends Stoppable {
  readonly id: JobId;
  readonly status: Exclude<JobStatus, 'paused'>;
  readonly lane: Lane;
  readonly createdAt: number;
  /** When the job became one: from here on nothing of it is lost. */
  readonly committedAt?: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly submitter: Submitter;
  /** The job whose resets this one tries once more. */
  readonly retryOf?: JobId;
  readonly options: JobOptions;
  /** Of the CSV that was submitted; its results have the same. */
  readonly columns?: readonly string[];
  readonly separator?: CsvSeparator;
  /** What its rows say beside the options; absent where they say nothing, or an older build has taken it in. */
  readonly rowsSay?: RowsSay;
  readonly warnings: readonly JobWarning[];
  readonly total: number;
  readonly chunkCount: number;
  /** Chunks before this one have been dispatched. */
  readonly cursor: number;
  /** When the last of them has its slot. */
  readonly lastSlotAt?: number;
  readonly snapshot: Snapshot;
  /** When Graph had asked to wait while the job ran, up to the last write of its snapshot. */
  readonly waits?: readonly Wait[];
  /** The first resets, after which the job stops by itself; absent where it has no more than those. */
  readonly canary?: Canary;
  /** Of a job that began as one that awaits approval, since somebody has approved it. */
  readonly approval?: Approval;
  /** Somebody's wish to cancel, or its `notAfter`, which has a code; chunks before `cursor` have been canceled. */
  readonly cancel?: {
    readonly requestedAt: number;
    readonly by: string;
    readonly code?: CancelCode;
    readonly cursor: number;
    readonly movedAt: number;
  };
  /** The job is deleted, or is being so; it is no longer shown. */
  readonly deletion?: Deletion;
  /** Since the end, until it is known that no success has to be looked at once more. */
  readonly verifying?: true;
  /** The last look whether the guests have redeemed. */
  readonly check?: RedemptionCheck;
  /** Ambiguous answers since the last success; enough of them stop the job. */
  readonly streaks?: Streaks;
  /** The trace of its submission (W3C Trace Context); only telemetry asks for it. */
  readonly traceparent?: string;
  /**
   * Where the commit of this try is decided; with a hash of what was submitted, where later jobs are compared with it.
   */
  readonly idempotency: { readonly caller: string; readonly key: string; readonly content?: string };
}

/** A job while its body is still being received. */
export function receivingJob(id: JobId, submitter: Submitter, idempotency: Job['idempotency'], now: number): Job {
  return {
    id,
    status: 'receiving',
    lane: 'bulk',
    createdAt: now,
    submitter,
    idempotency,
    options: { skipIfResetWithinHours: 24, defaults: {} },
    warnings: [],
    total: 0,
    chunkCount: 0,
    cursor: 0,
    snapshot: { upTo: 0, counts: NO_COUNTS, outcomeCounts: NO_OUTCOME_COUNTS },
  };
}

export function isEndedJob(job: Job): boolean {
  return job.endedAt !== undefined;
}
