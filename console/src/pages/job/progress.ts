/** How far a job is. */
import type { Job } from '../../../../client/types.ts';
import { hasEnded, JOB_STATES } from '../../parts/job-words.ts';
import { count } from '../../parts/numbers.ts';
import type { ResetStatus } from '../../parts/reset-words.ts';

export interface Segment {
  readonly status: ResetStatus | 'waiting';
  readonly text: string;
  readonly count: number;
}

const WORDS: readonly (readonly [Exclude<ResetStatus, 'pending' | 'sending'>, string])[] = [
  ['succeeded', 'reset'],
  ['failed', 'failed'],
  ['unknown', 'cannot be told'],
  ['skipped', 'skipped'],
  ['canceled', 'canceled'],
];

/** Those of which there are some, what waits at last. */
export function segmentsOf({ counts }: Pick<Job, 'counts'>): readonly Segment[] {
  return [
    ...WORDS.map(([status, text]): Segment => ({ status, text, count: counts[status] })),
    { status: 'waiting', text: 'waiting', count: counts.pending + counts.sending } satisfies Segment,
  ].filter((segment) => segment.count > 0);
}

/** Whole percent; 100 only when all is done. */
export const percentOf = ({ done, total }: Pick<Job, 'done' | 'total'>): number =>
  total === 0 ? 100 : Math.floor((done / total) * 100);

/** A job is heard of every so many percent. */
const STEP = 5;

/** What whoever listens is told of the job; it changes every 5 percent and with the state. */
export function heard(job: Job): string {
  const { text } = JOB_STATES[job.status];
  if (hasEnded(job))
    return `${text}: ${segmentsOf(job)
      .map((part) => `${count(part.count)} ${part.text}`)
      .join(', ')}.`;
  // It stands still: nothing is told too often.
  if (job.status === 'paused') return `${text}: ${count(job.done)} of ${count(job.total)} done.`;
  const percent = Math.floor(percentOf(job) / STEP) * STEP;
  return `${text}, ${percent} percent done.`;
}
