/** What a job is called, and how its state is said. */
import type { Job } from '../../../client/types.ts';

/** A reason is what people call their job; without one it is called by the end of its id. */
export function titleOf({ id, reason, dryRun }: Pick<Job, 'id' | 'reason' | 'dryRun'>): string {
  if (reason !== undefined) return reason;
  return `${dryRun === true ? 'Rehearsal' : 'Job'} …${id.slice(-6)}`;
}

/** Where a job is looked at: a rehearsal has a page of its own. Below the console. */
export const placeOf = ({ id, dryRun }: Pick<Job, 'id' | 'dryRun'>): string =>
  `${dryRun === true ? '/rehearsals' : '/jobs'}/${id}`;

export const hasEnded = ({ endedAt }: Pick<Job, 'endedAt'>): boolean => endedAt !== undefined;

export interface StateWords {
  readonly text: string;
  readonly color: 'brand' | 'danger' | 'important' | 'informative' | 'severe' | 'subtle' | 'success' | 'warning';
}

export const JOB_STATES: Readonly<Record<Job['status'], StateWords>> = {
  queued: { text: 'Queued', color: 'informative' },
  inProgress: { text: 'In progress', color: 'brand' },
  paused: { text: 'Paused', color: 'warning' },
  canceling: { text: 'Canceling', color: 'warning' },
  completed: { text: 'Completed', color: 'success' },
  completedWithErrors: { text: 'Completed with errors', color: 'severe' },
  failed: { text: 'Failed', color: 'danger' },
  canceled: { text: 'Canceled', color: 'informative' },
};
