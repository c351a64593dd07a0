/** The audit table by itself: what a crash kept from it, and what is older than it is kept. */
import type { Deps } from '../deps.ts';
import { auditGate, auditJob } from '../audit/write-audit.ts';

/** Jobs of one run. Their rows are there already unless somebody died: it is noted rarely that they are. */
const MAX_JOBS = 200;
/** Of one run, every five minutes: more than a busy day makes. */
const MAX_REMOVED = 500;

/** Writes the rows that are missing, of the tenant and of jobs, and removes old ones. */
export async function keepAudit(deps: Deps): Promise<void> {
  await auditGate(deps, (await deps.control.read()).gate);
  let jobs = 0;
  for await (const { value: job } of deps.jobs.unaudited()) {
    await auditJob(deps, job);
    if (++jobs >= MAX_JOBS) break;
  }
  const { clock, policy, audit } = deps;
  const removed = await audit.removeBefore(clock.now() - policy.auditRetentionDays * 86_400_000, MAX_REMOVED);
  if (removed > 0) deps.log.info('auditRemoved', { rows: removed });
}
