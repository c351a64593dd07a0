/**
 * How many resets of a job ended when: sums by interval. However long a job takes they stay few, for the interval
 * grows with it. Pure.
 */
import { instantOf } from '../instant.ts';
import { isTerminal, type ResetRecord } from './reset.ts';

/** A second since the epoch, and how many resets ended in it. */
export type EndTime = readonly [second: number, count: number];

export interface Endings {
  /** Seconds of an interval. */
  readonly interval: number;
  /** The first interval, by its number since the epoch. */
  readonly first: number;
  /** How many ended in that one, and in each behind it. */
  readonly counts: readonly number[];
}

export const MOST_INTERVALS = 500;

/** In seconds. Each divides the next, so that sums of the finer ones are those of the next; the last one doubles. */
const INTERVALS = [5, 10, 30, 60, 120, 600, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400] as const;

/** When the resets ended that have ended. */
export function endTimesOf(resets: readonly ResetRecord[]): EndTime[] {
  const counts = new Map<number, number>();
  for (const { status, endedAt } of resets) {
    if (!isTerminal(status) || endedAt === undefined || instantOf(endedAt) === undefined) continue;
    const second = Math.floor(endedAt / 1000);
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
 * The sums in intervals from that of one second up to that of another. What ended before or behind counts in the first
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

/** Each interval in which something ended, by its first second. */
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
