/** A job: the resets submitted in one request. Times are milliseconds since the epoch. */
import type { InvitationChoices, ResetStatus } from './reset.ts';

/** Source of the names: the design's status list. `receiving` until the commit; the last five are terminal. */
export const JOB_STATUSES = [
  'receiving', 'queued', 'inProgress', 'paused', 'canceling',
  'completed', 'completedWithErrors', 'failed', 'canceled', 'rejected',
] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export type Lane = 'priority' | 'bulk';

/** Jobs of at most this many resets take the priority lane. */
export const PRIORITY_MAX_RESETS = 20;

/** Options of a job as validated; the choices for the invitation are defaults for every reset. */
export interface JobOptions {
  readonly reason?: string;
  /** Nothing is sent before this time. */
  readonly notBefore?: number;
  /** A guest reset successfully within this many hours is skipped. Default 24; 0 turns it off. */
  readonly skipIfResetWithinHours: number;
  readonly defaults: InvitationChoices;
}

export type Counts = Readonly<Record<ResetStatus, number>>;

export const NO_COUNTS: Counts = { pending: 0, sending: 0, succeeded: 0, failed: 0, skipped: 0, unknown: 0, canceled: 0 };
