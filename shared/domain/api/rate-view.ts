/** How fast a job went and goes: resets sent and ended by interval, and when Graph had asked to wait. Pure. */
import type { Job } from '../job/job.ts';
import { instantOf, iso } from '../instant.ts';
import type { Policy } from '../policy.ts';
import { sumOf, type Counts } from '../reset/counts.ts';
import { sumsWithin, timesIn, type Endings, type EndTime } from '../reset/endings.ts';
import { hundredths } from './pace-view.ts';
import { joinWaits, waitsWithin, type Wait } from '../waits.ts';

export interface RateSettings {
  /** The tenant's, of the last days. */
  readonly waits: readonly Wait[] | undefined;
  readonly rules: Pick<Policy, 'resetsPerSecond' | 'readsPerSecond'>;
  readonly now: number;
}

export interface RateView {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly intervalSeconds: number;
  readonly limitPerSecond: number;
  readonly points: readonly RatePoint[];
  readonly untimed?: number;
}

interface RatePoint {
  /** The beginning of the interval. */
  readonly at: string | undefined;
  readonly ended: number;
  readonly sent?: number;
  readonly waiting?: true;
}

export interface RateSums {
  readonly counts: Counts;
  readonly endings?: Endings | undefined;
  readonly sendings?: Endings | undefined;
}

/**
 * JSON of it. Of resets whose end has no known time there is no point; where all are so there are no points at all, for
 * zeros would say that nothing ended. So where nothing is known of when they were sent, nothing is said of it.
 */
export function rateView(
  job: Job,
  { counts, endings, sendings }: RateSums,
  { waits, rules, now }: RateSettings,
): RateView {
  const times = timesIn(endings);
  const [firstTimed = now / 1000] = times[0] ?? [];
  const from = instantOf(job.startedAt) ?? instantOf(job.createdAt) ?? firstTimed * 1000;
  const to = Math.max(from, instantOf(job.endedAt) ?? now);
  const timed = times.reduce((sum, [, count]) => sum + count, 0);
  const untimed = sumOf(counts) - counts.pending - counts.sending - timed;
  const least = Math.max(1, endings?.interval ?? 1, sendings?.interval ?? 1);
  const within = (known: readonly EndTime[]): Endings => sumsWithin(from / 1000, to / 1000, known, least);
  const sums = within(times);
  const isSentKnown = sendings !== undefined || counts.succeeded + counts.unknown === 0;
  const own = joinWaits(job.waits, waitsWithin(waits, from, to));
  return {
    from: iso(from),
    to: iso(to),
    intervalSeconds: sums.interval,
    limitPerSecond: hundredths(mostPerSecond(job, rules)),
    points: timed === 0 && untimed > 0 ? [] : pointsOf(sums, isSentKnown ? within(timesIn(sendings)).counts : [], own),
    ...(untimed > 0 && { untimed }),
  };
}

function pointsOf({ interval, first, counts }: Endings, sent: readonly number[], waits: readonly Wait[]): RatePoint[] {
  return counts.map((ended, position) => {
    const at = (first + position) * interval * 1000;
    const isWaiting = waitsWithin(waits, at, at + interval * 1000).length > 0;
    const went = sent[position];
    return {
      at: iso(at),
      ended,
      ...(went !== undefined && { sent: went }),
      ...(isWaiting && { waiting: true as const }),
    };
  });
}

/** As the settings and Graph's limit allow, or the job itself. A dry run only looks up. */
function mostPerSecond({ options }: Job, { resetsPerSecond, readsPerSecond }: RateSettings['rules']): number {
  if (options.dryRun === true) return readsPerSecond;
  return Math.min(resetsPerSecond, (options.maxPerMinute ?? Infinity) / 60);
}
