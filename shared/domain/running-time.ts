/**
 * For how long a reset has been tried: without the time that it had to wait for us. Pure. Times are milliseconds since
 * the epoch.
 */
import type { Policy } from './policy.ts';
import { postpone } from './reset-changes.ts';
import type { ResetRecord } from './reset.ts';

export interface RunningMoment {
  readonly now: number;
  /** When the tenant or the job was last resumed: the time before that was no running time. */
  readonly resumedAt?: number;
}

/** From when on its running time counts; undefined for one that nobody has tried yet. */
const runningSince = (record: ResetRecord, { resumedAt = 0 }: RunningMoment): number | undefined =>
  record.startedAt === undefined ? undefined : Math.max(record.runningSince ?? record.startedAt, resumedAt);

/** Whether it has been tried for so long that it ends. */
export function isOverdue(
  record: ResetRecord,
  moment: RunningMoment & { readonly policy: Pick<Policy, 'maxRunningSeconds'> },
): boolean {
  const since = runningSince(record, moment);
  return since !== undefined && moment.now > since + moment.policy.maxRunningSeconds * 1000;
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
