/** What a job is called, and how its state is said. */
import type { Job } from '../../../client/types.ts';
import { count, counted, moment } from './numbers.ts';

type Named = Pick<Job, 'id' | 'reason'> & Partial<Pick<Job, 'total' | 'createdAt'>>;

/**
 * A reason is what people call their job; without one it is told from others by how many guests it has, and since when
 * it is there: `480 guests, 29 Nov 14:33`. Where that is not known, as of a deleted one, by the end of its id.
 */
export function titleOf({ id, reason, total, createdAt }: Named): string {
  if (reason !== undefined) return reason;
  if (total === undefined || createdAt === undefined) return `Job …${id.slice(-6)}`;
  return `${counted(total, 'guest')}, ${moment(createdAt).replace(',', '')}`;
}

/** Where a job is looked at: a rehearsal has a page of its own. Below the console. */
export const placeOf = ({ id, dryRun }: Pick<Job, 'id' | 'dryRun'>): string =>
  `${dryRun === true ? '/rehearsals' : '/jobs'}/${id}`;

export const hasEnded = ({ endedAt }: Pick<Job, 'endedAt'>): boolean => endedAt !== undefined;

/** How many have had their turn: who was canceled never has it, though the service counts them as done. */
export const doneOf = ({ done, counts }: Pick<Job, 'done' | 'counts'>): number => done - counts.canceled;

/** Whether a job was given up before all had their turn. For the service it may have completed with errors. */
export const wasCanceled = ({ canceled, counts }: Pick<Job, 'canceled' | 'counts'>): boolean =>
  canceled !== undefined && counts.canceled > 0;

export interface StateWords {
  readonly text: string;
  readonly color: 'brand' | 'danger' | 'important' | 'informative' | 'severe' | 'subtle' | 'success' | 'warning';
}

/** Of a job, and of the tenant: whether it goes on is seen by what becomes of that one. */
export const ONE_IS_TRIED = 'One guest is tried';

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

/** What a paused job waits for; each begins as the state by which it is found. */
function pausedWords({ pausedReason: stop, pauseAfter }: Job): StateWords {
  const { text, color } = JOB_STATES.paused;
  if (stop?.resuming === true) return { text: ONE_IS_TRIED, color };
  if (stop?.scope === 'tenant') return { text: `${text} with the tenant`, color };
  if (stop?.code === 'awaitingApproval') return { text: `${text} for approval`, color };
  if (stop?.code === 'pauseAfter' && pauseAfter !== undefined)
    return { text: `${text} after the first ${count(pauseAfter)}`, color };
  return { text, color };
}

/** The state of this one job. Of a rehearsal that has ended it is what was found: whom it cannot reset is no error. */
export function stateOf(job: Job): StateWords {
  if (job.endedAt !== undefined && job.dryRun === true) return foundBy(job);
  if (job.status === 'paused') return pausedWords(job);
  if (hasEnded(job) && wasCanceled(job)) return canceledWords(job);
  const isNobody = job.status === 'completed' && job.counts.skipped === job.total;
  return isNobody ? { text: 'All skipped', color: 'informative' } : JOB_STATES[job.status];
}

function canceledWords({ counts }: Job): StateWords {
  const { text, color } = JOB_STATES.canceled;
  if (counts.succeeded === 0 && counts.failed + counts.unknown === 0) return { text, color };
  const isGrave = counts.failed + counts.unknown > 0;
  return {
    text: `${text}, ${count(counts.succeeded)} reset before`,
    color: isGrave ? JOB_STATES.completedWithErrors.color : color,
  };
}

function foundBy({ total, counts, byCode }: Job): StateWords {
  const would = byCode.wouldReset ?? 0;
  if (counts.canceled > 0) return { text: 'Stopped', color: 'informative' };
  if (would === total) return { text: 'All would be reset', color: 'success' };
  if (would === 0) return { text: 'Nobody would be reset', color: 'warning' };
  return { text: `${count(would)} of ${count(total)} would be reset`, color: 'informative' };
}

/** What the states find among rehearsals that have ended. */
const REHEARSAL_STATES: Partial<Record<Job['status'], string>> = {
  completed: 'All would be reset or skipped',
  completedWithErrors: 'Some cannot be reset',
  failed: 'Nobody can be reset',
  canceled: 'Stopped',
};

/** A state to look for. @param areRehearsals whether only these are looked through */
export const stateWords = (status: Job['status'], areRehearsals: boolean): string =>
  (areRehearsals ? REHEARSAL_STATES[status] : undefined) ?? JOB_STATES[status].text;
