/**
 * The double Enter: the same caller submits the same once more. Whether an earlier job stands in the way of that:
 *
 * | the earlier job | in the way | because |
 * |---|---|---|
 * | its key names it, and its row does not say so yet | yes | it is a job |
 * | queued or in progress; paused for any reason, waiting for an approval or for `notBefore` | yes | what is asked for
 * is on its way |
 * | completed | yes | what is asked for was done: nothing failed, is unknown or was canceled |
 * | canceling | no | somebody ended it; what is submitted after that is meant |
 * | ended otherwise | no | not all of it was done |
 * | deleted, or gone | no | its submitter took it back |
 * | its row cannot be read | yes | whom it mails nobody can tell, and the caller can say that a second job is meant |
 *
 * Of several the newest counts that is in the way: so a second job that was meant, and then canceled, hides no other.
 * Small jobs are not watched: their guests are few, and automation submits them without a person who waits.
 */
import { JOB_ID_TIME_CHARS, jobIdTime, type JobId } from '../ids.ts';
import { DUPLICATE_WITHIN_MS } from '../policy.ts';
import type { Job } from './job.ts';
import { PRIORITY_MAX_RESETS } from './lane.ts';

/** Jobs of one content that are remembered: more within the hour were meant, all of them. */
const MOST_REMEMBERED = 20;

/** Whether a job is compared with earlier ones, and later ones with it. */
export const isWatched = ({ total, options }: Pick<Job, 'total' | 'options'>): boolean =>
  total > PRIORITY_MAX_RESETS && options.dryRun !== true;

export function standsInTheWay(earlier: Job | 'unreadable' | undefined): boolean {
  if (earlier === 'unreadable') return true;
  if (earlier === undefined || earlier.deletion !== undefined) return false;
  switch (earlier.status) {
    case 'receiving':
    case 'queued':
    case 'inProgress':
    case 'completed':
      return true;
    case 'canceling':
    case 'completedWithErrors':
    case 'failed':
    case 'canceled':
      return false;
  }
}

/** Those that were submitted within the hour before that time, or later: an id tells when. */
export function submittedLately(ids: readonly JobId[], at: number): JobId[] {
  const oldest = jobIdTime(at - DUPLICATE_WITHIN_MS);
  return ids.filter((id) => id.slice(0, JOB_ID_TIME_CHARS) <= oldest);
}

/** Newest first, with the new one. */
export const remembered = (ids: readonly JobId[], { id, createdAt }: Pick<Job, 'id' | 'createdAt'>): JobId[] =>
  [id, ...submittedLately(ids, createdAt)].slice(0, MOST_REMEMBERED);
