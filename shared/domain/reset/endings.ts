/**
 * How many resets of a job ended when, and were sent when: sums by interval. However long a job takes they stay few,
 * for the interval grows with it. Pure.
 */
import { instantOf } from '../instant.ts';
import { isTerminal, type ResetRecord } from './reset.ts';

/** A second since the epoch, and how many resets ended, or were sent, in it. */
export type EndTime = readonly [second: number, count: number];

export interface Endings {
  /** Seconds of an interval. */
  readonly interval: number;
  /** The first interval, by its number since the epoch. */
  readonly first: number;
  /** How many in that one, and in each behind it. */
  readonly counts: readonly number[];
}

export const MOST_INTERVALS = 500;

/** In seconds. Each divides the next, so that sums of the finer ones are those of the next; the last one doubles. */
const INTERVALS = [5, 10, 30, 60, 120, 600, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400] as const;

/** When the resets ended that have ended. */
export const endTimesOf = (resets: readonly ResetRecord[]): EndTime[] =>
  timesOf(resets, ({ status, endedAt }) => (isTerminal(status) ? endedAt : undefined));

/** When an invitation was sent last for those for whom one was: of what the pace allows only these are a part. */
export const sentTimesOf = (resets: readonly ResetRecord[]): EndTime[] =>
  timesOf(resets, (record) => (wentOut(record) ? record.sent?.at : undefined));

/** A pending one keeps what it was about to send, also where that was given up. */
const wentOut = ({ status, attempts, wasSent }: ResetRecord): boolean =>
  status === 'sending' || status === 'unknown' || attempts > 0 || wasSent === true;

function timesOf(resets: readonly ResetRecord[], timeOf: (record: ResetRecord) => number | undefined): EndTime[] {
  const counts = new Map<number, number>();
  for (const record of resets) {
    const time = timeOf(record);
    if (time === undefined || instantOf(time) === undefined) continue;
    const second = Math.floor(time / 1000);
    counts.set(second, (counts.get(second) ?? 0) + 1);
  }
  return [...counts];
}

/** In which order they are added makes no difference. Undefined as long as nothing was. */
export function addEndTimes(endings: Endings | undefined, times: readonly EndTime[]): Endings | undefined {
  const known = times.filter(isTime);
  if (known.length === 0) return endings;
  const all = [...timesIn(endings), ...known];
  let [from, to] = [Infinity, -Infinity];
  for (const [second] of all) [from, to] = [Math.min(from, second), Math.max(to, second)];
  return sumsWithin(from, to, all, endings?.interval);
}

/**
 * The sums in intervals from that of one second up to that of another. What was before or behind counts in the first
 * or the last: clocks may differ by seconds.
 * @param least seconds of an interval
 */
export function sumsWithin(from: number, to: number, times: readonly EndTime[], least: number = INTERVALS[0]): Endings {
  const interval = intervalFor(from, to, least);
  const first = Math.floor(from / interval);
  const last = Math.floor(to / interval);
  const counts = Array.from({ length: last - first + 1 }, () => 0);
  for (const [second, count] of times) {
    const at = Math.min(Math.max(Math.floor(second / interval), first), last) - first;
    counts[at] = (counts[at] ?? 0) + count;
  }
  return { interval, first, counts };
}

/** Each interval in which there was something, by its first second. */
export function timesIn(endings: Endings | undefined): EndTime[] {
  if (endings === undefined) return [];
  const { interval, first, counts } = endings;
  return counts.flatMap((count, at) => (count === 0 ? [] : [[(first + at) * interval, count] as const])).filter(isTime);
}

/** A row may hold any number; of one that is no time there is no interval, however long. */
const isTime = ([second]: EndTime): boolean => instantOf(second * 1000) !== undefined;

function intervalFor(from: number, to: number, least: number): number {
  const isEnough = (interval: number): boolean =>
    interval >= least && Math.floor(to / interval) - Math.floor(from / interval) < MOST_INTERVALS;
  let interval: number = INTERVALS.find(isEnough) ?? INTERVALS[INTERVALS.length - 1] ?? least;
  while (!isEnough(interval)) interval *= 2;
  return interval;
}
