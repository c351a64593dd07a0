/** What somebody may do with a job, and what makes sense now. The service is the judge: this only hides what it refuses. */
import type { Job } from '../../../../client/types.ts';
import { hasEnded } from '../../parts/job-words.ts';
import { ownStopOf } from '../../parts/stop-words.ts';
import { causesOf, usuallyRetried } from '../../parts/causes.ts';

/** Who is signed in. */
export interface Caller {
  readonly id: string;
  readonly roles: readonly string[];
}

export interface Permissions {
  /** Not of what is stopped itself, unless one guest is tried; beside the tenant's stop a pause does something. */
  readonly pause: boolean;
  /** The job's own stop; that of the tenant is lifted elsewhere. */
  readonly resume: boolean;
  readonly approve: boolean;
  readonly cancel: boolean;
  readonly retry: boolean;
  readonly check: boolean;
  readonly remove: boolean;
}

/** @param me undefined while the service has not told: then nothing is hidden */
export function permissionsOf(job: Job, me: Caller | undefined): Permissions {
  const has = (role: string): boolean => me === undefined || me.roles.includes(role);
  const isMine = me === undefined || job.submittedBy.id === me.id;
  const manages = has('Manage');
  const isOpen = !hasEnded(job) && job.status !== 'canceling';
  const own = ownStopOf(job);
  const isTrying = job.pausedReason?.scope === 'job' && job.pausedReason.resuming;
  const isHeld = own === 'awaitingApproval';
  return {
    pause: isOpen && manages && (own === undefined || isTrying),
    resume: own !== undefined && !isHeld && isOpen && (manages || (isMine && own === 'pauseAfter')),
    approve: isHeld && manages && (me === undefined || !isMine),
    cancel: isOpen && (isMine || manages),
    retry: hasEnded(job) && has('Submit') && usuallyRetried(causesOf(job)) > 0,
    check: hasEnded(job) && (isMine || manages) && job.counts.succeeded + job.counts.unknown > 0,
    remove: hasEnded(job) && (isMine || manages),
  };
}
