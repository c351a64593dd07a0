/** Rows of the audit table: who did what, after the job is gone too. They name no guest. Pure. */
import { unaudited, type Action, type ActionKind, type Actor, type Logged } from '../actions.ts';
import type { JobId } from '../ids.ts';
import type { Counts } from '../reset/counts.ts';
import { isRehearsal } from './deletion.ts';
import type { Job } from './job.ts';

/** Exactly one for each action, and the same whenever it is made: so it may be written twice. */
export interface AuditEntry {
  /** What it was done to. `guest`: the kept data of one; nothing says whose. */
  readonly of: 'job' | 'tenant' | 'guest';
  /** Of a job. */
  readonly jobId?: JobId;
  /** Among the actions of that job, or of the tenant. */
  readonly number: number;
  readonly at: number;
  readonly action: ActionKind;
  readonly by: Actor;
  readonly code?: string;
  readonly reason?: string;
  readonly newJobId?: JobId;
  /** Of a job: how many resets it has. */
  readonly total?: number;
  /** Of a job: whether it only rehearses. A row of an older build does not know. */
  readonly dryRun?: boolean;
  /** Of a deletion: how they ended. */
  readonly counts?: Counts;
}

/** What is to be written of a job's actions. */
export const unauditedOfJob = (job: Job): AuditEntry[] => unaudited(job).map((action) => entryOfJob(job, action));

function entryOfJob(job: Job, action: Action): AuditEntry {
  const dryRun = isRehearsal(job);
  return {
    of: 'job',
    jobId: job.id,
    ...action,
    total: job.total,
    ...(dryRun !== undefined && { dryRun }),
    ...(action.action === 'deleted' && { counts: job.snapshot.counts }),
  };
}

export const unauditedOfTenant = (gate: Logged): AuditEntry[] =>
  unaudited(gate).map((action) => ({ of: 'tenant', ...action }));
