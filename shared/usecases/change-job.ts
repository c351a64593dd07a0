/** Changes of a job, and of the tenant's gate, each with the audit rows of what was done. */
import { unaudited } from '../domain/actions.ts';
import type { JobId } from '../domain/ids.ts';
import type { Job } from '../domain/job/job.ts';
import type { Gate } from '../domain/stops/stop.ts';
import { auditGate, auditJob } from './audit/write-audit.ts';
import { changeRow, rowOfJob } from './change-row.ts';
import type { Deps } from './deps.ts';
import type { Versioned } from './ports.ts';

/** What changing a job needs. */
export type ChangeJobDeps = Pick<Deps, 'jobs' | 'audit' | 'log'>;

/** As `changeRow`. A failure of the audit costs nobody the change: reconcile writes what is missing. */
export async function changeJob(
  deps: ChangeJobDeps,
  id: JobId,
  change: (job: Job) => Job | Promise<Job>,
  first?: Versioned<Job>,
): Promise<Job | undefined> {
  const job = await changeRow(rowOfJob(deps, id), change, first);
  if (job !== undefined && unaudited(job).length > 0)
    await auditJob(deps, job).catch((error: unknown) => deps.log.warn('auditPutOff', { jobId: id }, error));
  return job;
}

/** As `changeGate` of the store. */
export async function changeGate(
  deps: Pick<Deps, 'control' | 'audit' | 'log'>,
  change: (gate: Gate) => Gate,
): Promise<Gate> {
  const gate = await deps.control.changeGate(change);
  await auditGate(deps, gate).catch((error: unknown) => deps.log.warn('auditPutOff', {}, error));
  return gate;
}
