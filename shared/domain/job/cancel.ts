/** What a cancel makes of resets and chunks. Pure. Times are milliseconds since the epoch. */
import { withNextWake, type Chunk } from '../chunk/chunk.ts';
import { end } from '../reset/changes.ts';
import { isEndedJob, type Job } from './job.ts';
import type { ResetRecord, Verdict } from '../reset/reset.ts';

const CANCELED: Verdict = {
  code: 'canceled',
  message: 'The job was canceled before this reset was sent.',
  nextStep: 'Submit again to reset the guest.',
};

/** A dry run sends nothing, canceled or not. */
const REHEARSAL_CANCELED: Verdict = {
  code: 'canceled',
  message: 'The dry run was canceled before this guest was looked at.',
  nextStep: 'Submit again to rehearse it.',
};

const NOT_AFTER_PASSED: Verdict = {
  code: 'notAfterPassed',
  message: 'The time that the job gives in notAfter came before this reset.',
  nextStep: 'Retry the job: what was canceled becomes a new job, without notAfter.',
};

/** Whether nothing of the job may be sent any more. */
export const isTooLate = ({ options: { notAfter } }: Job, now: number): boolean =>
  notAfter !== undefined && now >= notAfter;

/** Whether the job is canceled, and no step has been done yet. */
export const awaitsFirstCancelStep = (job: Job): boolean => job.cancel?.cursor === 0 && !isEndedJob(job);

/** What the resets are told that the job's cancel ends. */
export function cancelVerdict({ cancel: wish, options: { dryRun } }: Job): Verdict {
  if (wish?.code === 'notAfterPassed') return NOT_AFTER_PASSED;
  return dryRun === true ? REHEARSAL_CANCELED : CANCELED;
}

export const cancel = (record: ResetRecord, now: number, verdict = CANCELED): ResetRecord =>
  end(record, 'canceled', { verdict }, now);

/** The chunk with all pending resets canceled; the same one where there is none. What is in doubt keeps its wake. */
export function cancelPending(chunk: Chunk, now: number, verdict = CANCELED): Chunk {
  const resets = chunk.resets.map((record) => (record.status === 'pending' ? cancel(record, now, verdict) : record));
  const isSame = resets.every((record, position) => record === chunk.resets[position]);
  return isSame ? chunk : withNextWake(chunk, resets);
}
