/** What is said of a double Enter: which job there is, how it stands, what a second one would do, and how to get it. */
import { problem, type Problem } from '../../domain/api/problem.ts';
import { iso } from '../../domain/instant.ts';
import { howToResume, stopOf } from '../../domain/job/job-stops.ts';
import type { Job } from '../../domain/job/job.ts';
import { DUPLICATE_WITHIN_MS } from '../../domain/policy.ts';
import type { Gate } from '../../domain/stops/stop.ts';
import type { EarlierJob } from './decide.ts';

/** @param refused the try whose rows are thrown away */
export function duplicateOf(refused: Pick<Job, 'createdAt' | 'options'>, { id, job }: EarlierJob, gate: Gate): Problem {
  const said = [
    `The same request of yours is job ${id} already${when(refused, job)}.`,
    howItStands(job, gate),
    'Nothing of this request was queued.',
    whatSecondWouldDo(refused),
    'Look at that job; if you mean a second one, repeat the request with ?allowDuplicate=true.',
  ];
  return { ...problem('duplicateSubmission', said.join(' ')), earlierJob: id };
}

function when(refused: Pick<Job, 'createdAt'>, earlier: EarlierJob['job']): string {
  if (earlier === 'unreadable') return '';
  const seconds = Math.max(0, Math.round((refused.createdAt - earlier.createdAt) / 1000));
  const before = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `, submitted at ${iso(earlier.createdAt) ?? 'an unknown time'}, ${before} before`;
}

function howItStands(job: EarlierJob['job'], gate: Gate): string {
  if (job === 'unreadable') return 'How it stands cannot be read.';
  const stop = stopOf(job, gate);
  if (stop !== undefined) return `It is paused (${stop.code}). ${howToResume(stop)}`;
  if (job.status === 'completed') return `It has completed: nothing of its ${job.total} resets failed.`;
  return job.status === 'inProgress' ? 'It is under way.' : 'It has not begun yet.';
}

/** A success of the first counts for so many hours, whoever the job is for; it may be as old as jobs are compared. */
function whatSecondWouldDo({ options: { skipIfResetWithinHours: hours, onlyIf } }: Pick<Job, 'options'>): string {
  const setting = `(skipIfResetWithinHours is ${hours})`;
  if (hours * 3_600_000 >= DUPLICATE_WITHIN_MS) return `A second job would skip whom the first has reset ${setting}.`;
  const whom = onlyIf === 'pending' ? 'those who have not redeemed' : 'all its guests';
  const unless = hours === 0 ? '' : `, unless the first has reset them less than ${hours} hours ago ${setting}`;
  return `A second job would reset ${whom} once more, and mail again who is to be mailed${unless}.`;
}
