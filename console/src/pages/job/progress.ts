/** How far a job is. */
import type { Action, Job } from '../../../../client/types.ts';
import { doneOf, hasEnded, stateOf } from '../../parts/job-words.ts';
import { count, duration } from '../../parts/numbers.ts';
import type { ResetStatus } from '../../parts/reset-words.ts';

export interface Segment {
  readonly status: ResetStatus;
  readonly text: string;
  readonly count: number;
}

const WORDS: readonly (readonly [ResetStatus, string])[] = [
  ['succeeded', 'reset'],
  ['failed', 'failed'],
  ['unknown', 'cannot be told'],
  ['skipped', 'skipped'],
  ['canceled', 'canceled'],
  ['sending', 'on their way'],
  ['pending', 'waiting'],
];

/** Those of which there are some, what waits at last. */
export const segmentsOf = ({ counts }: Pick<Job, 'counts'>): readonly Segment[] =>
  WORDS.map(([status, text]) => ({ status, text, count: counts[status] })).filter((segment) => segment.count > 0);

/** Whole percent; 100 only when all is done. */
export const percentOf = (job: Pick<Job, 'done' | 'total' | 'counts'>): number =>
  job.total === 0 ? 100 : Math.floor((doneOf(job) / job.total) * 100);

/** How many are on their way while nobody waits behind them; 0 otherwise. */
export const lastSentOf = (job: Job): number => (hasEnded(job) || job.counts.pending > 0 ? 0 : job.counts.sending);

/** What is told of the last ones, when no answer has come for a while. */
export const unansweredWords = (guests: number): string =>
  guests === 1
    ? 'No answer has come for this guest yet. If none comes, they are looked up in the directory, to see whether they were reset: that takes some minutes. There is nothing to do meanwhile.'
    : `No answer has come for ${count(guests)} guests yet. Where none comes, they are looked up in the directory, to see who was reset: that takes some minutes. There is nothing to do meanwhile.`;

const STOPS: ReadonlySet<string> = new Set<Action['action']>(['stopped', 'paused']);
const ENDS_OF_STOPS: ReadonlySet<string> = new Set<Action['action']>(['resumed', 'approved', 'canceled']);

/** From the first guest to the last; of it apart how long the job itself was paused, as behind its canary. */
export function tookWords({ startedAt, endedAt, actions = [], actionsOmitted }: Job): string | undefined {
  if (startedAt === undefined || endedAt === undefined) return undefined;
  const [from, to] = [Date.parse(startedAt), Date.parse(endedAt)];
  const took = `Took ${duration(to - from)}`;
  const turns = actions.filter(({ action }) => STOPS.has(action) || ENDS_OF_STOPS.has(action));
  const isStop = turns.map(({ action }) => STOPS.has(action));
  if (!isStop.includes(true)) return took;
  // Of stops behind stops, and of what is left out, nobody could tell here how long they lasted.
  const isPlain = actionsOmitted === undefined && isStop.every((stops, index) => stops === (index % 2 === 0));
  if (!isPlain) return `${took}, stops included`;
  const within = (at: string | undefined): number =>
    Math.min(to, Math.max(from, at === undefined ? to : Date.parse(at)));
  const stopped = turns.reduce(
    (sum, { at }, index) => (isStop[index] === true ? sum + within(turns[index + 1]?.at) - within(at) : sum),
    0,
  );
  return stopped < 1_000 ? took : `${took}, ${duration(stopped)} of it paused`;
}

/** A job is heard of every so many percent. */
const STEP = 5;

/** What whoever listens is told of the job; it changes every 5 percent and with the state. */
export function heard(job: Job): string {
  const { text } = stateOf(job);
  if (hasEnded(job))
    return `${text}: ${segmentsOf(job)
      .map((part) => `${count(part.count)} ${part.text}`)
      .join(', ')}.`;
  // It stands still: nothing is told too often.
  if (job.status === 'paused') return `${text}: ${count(doneOf(job))} of ${count(job.total)} done.`;
  const percent = Math.floor(percentOf(job) / STEP) * STEP;
  return `${text}, ${percent} percent done.`;
}
