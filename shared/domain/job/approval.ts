/**
 * Four eyes (`HOLD_JOBS_ABOVE`): a large job waits until somebody who did not submit it has approved it. Its stop is
 * written before the commit, so there is no moment at which it is a job and not stopped, whoever finishes the commit.
 * Pure. Times are milliseconds since the epoch.
 */
import { SERVICE, type Actor } from '../actions.ts';
import { AWAITING_APPROVAL, lift, type StandingStop } from '../stops/stop.ts';
import { isEndedJob, type Job } from './job.ts';

/**
 * Adds the stop, where the job has more resets than that; a dry run sends nothing and waits for nobody. What was done
 * is told by the commit, after the submission itself.
 * @param above the setting; undefined where nothing is held
 */
export function withHold(job: Job, above: number | undefined, now: number): Job {
  if (above === undefined || job.total <= above || job.options.dryRun === true) return job;
  const message =
    `Jobs of more than ${above} resets wait for approval here (HOLD_JOBS_ABOVE), and this one has ${job.total}. ` +
    'Nobody has been looked up, and nothing sent.';
  return { ...job, stop: { code: AWAITING_APPROVAL, message, since: now } };
}

/** Whether that is somebody else than who submitted the job. Ids are compared in any case of letters. */
export const mayApprove = ({ submitter }: Pick<Job, 'submitter'>, { id }: Actor): boolean =>
  id !== SERVICE.id && id.toLowerCase() !== submitter.id.toLowerCase();

/**
 * As `lift`, of a job. Where it awaits approval that is one, by somebody who may give it; a job that is over, or will
 * be, is approved by nobody any more.
 */
export function liftFromJob(job: Job, seen: StandingStop, now: number, by?: Actor): Job {
  if (seen.code !== AWAITING_APPROVAL) return lift(job, seen, now, by);
  if (by === undefined || !mayApprove(job, by) || job.cancel !== undefined || isEndedJob(job)) return job;
  const lifted = lift(job, seen, now, by);
  return lifted === job ? job : { ...lifted, approval: { by, at: now } };
}
