/**
 * Gives each action its row in the audit table, after it was written with what it changed. Whoever dies in between
 * leaves an action whose number says that its row may be missing: the next change of that job or of the tenant, or
 * reconcile, writes it.
 */
import { withAudited, withoutAudited } from '../../domain/actions.ts';
import { unauditedOfJob, unauditedOfTenant } from '../../domain/job/audit.ts';
import type { Job } from '../../domain/job/job.ts';
import type { Gate } from '../../domain/stops/stop.ts';
import type { Deps } from '../deps.ts';
import { changeRow, rowOfJob } from '../change-row.ts';

/** Writes what has no row yet. @returns the job that says so; it is not written */
export async function writeJobAudit({ audit }: Pick<Deps, 'audit'>, job: Job): Promise<Job> {
  const entries = unauditedOfJob(job);
  if (entries.length === 0) return job;
  await audit.write(entries);
  return withAudited(job, job.actions?.count ?? 0);
}

/** The same, noted in the job's row. */
export async function auditJob(deps: Pick<Deps, 'jobs' | 'audit'>, job: Job): Promise<void> {
  const upTo = (await writeJobAudit(deps, job)).actions?.audited ?? 0;
  if (upTo === job.actions?.audited) return;
  await changeRow(rowOfJob(deps, job.id), (current) => withAudited(current, upTo));
}

/** The tenant's actions leave the control row once they have theirs: that one is read before every batch. */
export async function auditGate({ audit, control }: Pick<Deps, 'audit' | 'control'>, gate: Gate): Promise<void> {
  const entries = unauditedOfTenant(gate);
  if (entries.length === 0) return;
  await audit.write(entries);
  await control.changeGate((current) => withoutAudited(current, gate.actions?.count ?? 0));
}
