/**
 * The tenant's timeline: when the next reset is to be sent. One row, changed by compare-and-set, shared by all
 * instances.
 * What may really be sent is in `budget.ts`. Times are milliseconds since the epoch.
 */
import { NOTHING_SPENT, type Spent } from './budget.ts';
import type { DayCount } from './day-count.ts';
import type { JobId } from '../ids.ts';
import type { Wait } from '../waits.ts';

/** Graph asked for a longer wait than counts. */
export interface CappedWait {
  /** Seconds that were asked for, and when. */
  readonly asked: number;
  readonly at: number;
  /** Until when the pace stands still for other reasons. */
  readonly otherwiseUntil: number;
}

export interface Pace {
  /** When the next bulk slot is free. */
  readonly nextFreeAt: number;
  /** Graph asked to wait until then. */
  readonly throttledUntil: number;
  /** Those times of the last days, for jobs that keep theirs. */
  readonly waits?: readonly Wait[];
  /** The last wait that was longer than counts. */
  readonly cappedWait?: CappedWait;
  /** After throttling: how much slower, and from when on that wears off. */
  readonly slowed?: { readonly factor: number; readonly since: number };
  /** When so many people may look at guests at once again as ever may (`looks.ts`). */
  readonly looksFullAt?: number;
  /** When dry runs may look up again; reading has a timeline of its own. */
  readonly nextReadAt: number;
  /** When the next of the priority lane comes again that found no room in the budgets. */
  readonly nextPriorityAt: number;
  /** What was really sent of late. */
  readonly spent: Spent;
  /** Jobs with a rate of their own. */
  readonly jobs?: Readonly<Record<JobId, JobPace>>;
  /** What was paid for today, where a day has a cap. */
  readonly day?: DayCount;
}

/** The timeline of one job with a rate of its own. */
export interface JobPace {
  readonly nextFreeAt: number;
  /** When its budget will be full again. */
  readonly spent: number;
  /** When the next of its visits comes again that found no room. */
  readonly nextTurnAt?: number;
}

/**
 * Jobs that may have a timeline at once: some 250 bytes each in the control row, which may have 1 MiB and is written
 * with every payment.
 */
export const JOB_PACES_MAX = 500;

export const NEW_PACE: Pace = {
  nextFreeAt: 0,
  throttledUntil: 0,
  nextReadAt: 0,
  nextPriorityAt: 0,
  spent: NOTHING_SPENT,
};

const FREE: JobPace = { nextFreeAt: 0, spent: 0 };

/** A place on a timeline, and the pace without it. */
export interface Reserved {
  readonly slotAt: number;
  readonly pace: Pace;
}

/** Takes the next slot for `cost` bulk resets, not before `earliest`. */
export function reserve(pace: Pace, cost: number, resetsPerSecond: number, earliest: number): Reserved {
  const slotAt = Math.max(earliest, pace.throttledUntil, pace.nextFreeAt);
  return { slotAt, pace: { ...pace, nextFreeAt: slotAt + (cost * 1000) / resetsPerSecond } };
}

/** Takes room for `cost` resets that go at `at`, whatever is planned: later slots move back by as much. */
export function reserveAt(pace: Pace, cost: number, resetsPerSecond: number, at: number, now: number): Reserved {
  return { slotAt: Math.max(at, pace.throttledUntil), pace: charge(pace, cost, resetsPerSecond, now) };
}

/** Takes a turn for `cost` resets of the priority lane that found no room in the budgets, not before `earliest`. */
export function reservePriority(pace: Pace, cost: number, resetsPerSecond: number, earliest: number): Reserved {
  const slotAt = Math.max(earliest, pace.throttledUntil, pace.nextPriorityAt);
  return { slotAt, pace: { ...pace, nextPriorityAt: slotAt + (cost * 1000) / resetsPerSecond } };
}

/** Takes room for looking `count` guests up; it costs no write. */
export function reserveRead(pace: Pace, count: number, readsPerSecond: number, now: number): Reserved {
  const slotAt = Math.max(now, pace.throttledUntil, pace.nextReadAt);
  return { slotAt, pace: { ...pace, nextReadAt: slotAt + (count * 1000) / readsPerSecond } };
}

/** Charges writes that are made now: later slots move back by as much. */
export function charge(pace: Pace, cost: number, resetsPerSecond: number, now: number): Pace {
  return cost === 0 ? pace : { ...pace, nextFreeAt: Math.max(now, pace.nextFreeAt) + (cost * 1000) / resetsPerSecond };
}

/** The timeline of a job; one that has not begun, or was long ago, is free at once. */
export function jobPaceOf({ jobs }: Pace, id: JobId): JobPace {
  return jobs?.[id] ?? FREE;
}

/** Keeps a job's timeline, and forgets those that are over. */
export function withJobPace(pace: Pace, id: JobId, mine: JobPace, now: number): Pace {
  const others = Object.entries(pace.jobs ?? {}).filter(([other, each]) => other !== id && overAt(each) > now);
  return { ...pace, jobs: Object.fromEntries([...others, [id, mine]]) };
}

/**
 * When a job with a rate of its own may begin its timeline: now, where it has one or there is room; else when another's
 * may be over. Until then nothing of it is planned or sent, for nobody would know of it.
 */
export function placeFreeAt({ jobs = {} }: Pace, id: JobId, now: number): number {
  let underWay = 0;
  let firstOverAt = now + PLACE_LOOK_MS;
  // Asked for every job that waits: no list is made for each.
  for (const other in jobs) {
    const at = overAt(jobs[other as JobId] ?? FREE);
    if (other === id || at <= now) continue;
    underWay++;
    firstOverAt = Math.min(firstOverAt, at);
  }
  return underWay < JOB_PACES_MAX ? now : Math.ceil(firstOverAt);
}

/** Others may be over later than they say, and sooner: a job that is canceled sends no more. */
const PLACE_LOOK_MS = 2 * 60_000;

const overAt = ({ nextFreeAt, spent, nextTurnAt = 0 }: JobPace): number => Math.max(nextFreeAt, spent, nextTurnAt);
