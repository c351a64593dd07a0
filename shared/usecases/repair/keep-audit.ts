/** The audit table by itself: what a crash kept from it, and what is older than it is kept. */
import type { Deps } from '../deps.ts';
import { auditGate, auditJob } from '../audit/write-audit.ts';
import type { LogFields } from '../ports.ts';

/** Jobs of one run. Their rows are there already unless somebody died: it is noted rarely that they are. */
const MAX_JOBS = 200;
/** Of one run, every five minutes: more than a busy day makes. */
const MAX_REMOVED = 500;

/**
 * Writes the rows that are missing, of the tenant and of jobs, and removes old ones.
 * @param attempt notes a failure, which keeps nothing else from being done
 */
export async function keepAudit(
  deps: Deps,
  attempt: (what: LogFields, work: Promise<void>) => Promise<void>,
): Promise<void> {
  await attempt({ step: 'auditGate' }, auditGate(deps, (await deps.control.read()).gate));
  let jobs = 0;
  for await (const { value: job } of deps.jobs.unaudited()) {
    await attempt({ step: 'auditJob', jobId: job.id }, auditJob(deps, job));
    if (++jobs >= MAX_JOBS) break;
  }
  await attempt({ step: 'removeOldAudit' }, removeOld(deps));
}

async function removeOld({ clock, policy, audit, log }: Deps): Promise<void> {
  const removed = await audit.removeBefore(clock.now() - policy.auditRetentionDays * 86_400_000, MAX_REMOVED);
  if (removed > 0) log.info('auditRemoved', { rows: removed });
}
