/**
 * For how long a reset has been tried: without the time that it had to wait for us. Pure. Times are milliseconds since
 * the epoch.
 */
import type { Policy } from '../policy.ts';
import { postpone } from './changes.ts';
import type { ResetRecord } from './reset.ts';

export interface RunningMoment {
  readonly now: number;
  /** When the tenant or the job was last resumed: the time before that was no running time. */
  readonly resumedAt?: number;
}

/** What a decision needs beside the reset: the rules, the time, and one random number in [0, 1). */
export interface Moment extends RunningMoment {
  readonly policy: Policy;
  readonly random: number;
  /** How long after its success a reset is looked at once more; 0 for never. */
  readonly verifyAfterSeconds?: number;
}

/** From when on its running time counts; undefined for one that nobody has tried yet. */
const runningSince = (record: ResetRecord, { resumedAt = 0 }: RunningMoment): number | undefined =>
  record.startedAt === undefined ? undefined : Math.max(record.runningSince ?? record.startedAt, resumedAt);

type Limited = RunningMoment & { readonly policy: Pick<Policy, 'maxRunningSeconds'> };

/** From when on it has been tried for so long that it ends; counted from now for one that nobody has tried yet. */
const overdueAt = (record: ResetRecord, moment: Limited): number =>
  (runningSince(record, moment) ?? moment.now) + moment.policy.maxRunningSeconds * 1000 + 1;

export const isOverdue = (record: ResetRecord, moment: Limited): boolean => moment.now >= overdueAt(record, moment);

/**
 * When a reset comes again that is to wait until `dueAt`: no wait carries it past its running time. What is overdue
 * already waits as long as it is told: whoever tells it keeps that short, or ends it.
 */
export function withinRunningTime(record: ResetRecord, dueAt: number, moment: Limited): number {
  const last = overdueAt(record, moment);
  return moment.now < last ? Math.min(dueAt, last) : dueAt;
}

/** A reset that finds no room in the budgets, the job's own or the day's, waits without running. */
export function waitForRoom(
  record: ResetRecord,
  { dueAt, hasSlot }: { readonly dueAt: number; readonly hasSlot: boolean },
  moment: RunningMoment,
): ResetRecord {
  const since = runningSince(record, moment);
  return {
    ...postpone(record, { dueAt, hasSlot }),
    ...(since !== undefined && { runningSince: since + Math.max(0, dueAt - moment.now) }),
  };
}
