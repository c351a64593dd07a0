/** Jobs that have not ended, counted: whom a stop holds, and a resume lets go on. */
import type { Job } from '../../../../client/types.ts';
import { counted } from '../../parts/numbers.ts';

export interface OpenJobs {
  readonly jobs: number;
  /** Guests who have not been sent. */
  readonly waiting: number;
  /** Guests whose request is on its way. */
  readonly sending: number;
  /** There are more jobs than were counted. */
  readonly isMore: boolean;
}

export const sumOf = (jobs: readonly Pick<Job, 'counts'>[], isMore: boolean): OpenJobs => ({
  jobs: jobs.length,
  waiting: jobs.reduce((sum, { counts }) => sum + counts.pending, 0),
  sending: jobs.reduce((sum, { counts }) => sum + counts.sending, 0),
  isMore,
});

/** `3 jobs with 120 guests who wait`. */
export function openJobsText({ jobs, waiting, isMore }: OpenJobs): string {
  const most = isMore ? 'more than ' : '';
  if (waiting === 0) return `${most}${counted(jobs, 'job')}${isMore ? '' : ' in which nobody waits'}`;
  return `${most}${counted(jobs, 'job')} with ${most}${counted(waiting, 'guest')} who ${waiting === 1 ? 'waits' : 'wait'}`;
}
