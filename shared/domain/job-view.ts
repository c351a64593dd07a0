/** A job as callers see it. */
import type { Gate } from './gate.ts';
import { isEndedJob, sumOf, type Counts, type Job, type JobStatus } from './job.ts';
import { defined, iso } from './reset-view.ts';

/** A job that has not ended shows `paused` while the tenant's gate is shut. */
export function shownStatus(job: Job, gate: Gate): JobStatus {
  return gate.shut && !isEndedJob(job) ? 'paused' : job.status;
}

export interface JobViewSettings {
  readonly gate: Gate;
  readonly resetsPerSecond: number;
  readonly now: number;
  /** Absolute URL of the job. */
  readonly url: string;
}

/** JSON of a job, without its resets. */
export function jobView(job: Job, counts: Counts, { gate, resetsPerSecond, now, url }: JobViewSettings): Record<string, unknown> {
  const status = shownStatus(job, gate);
  const open = counts.pending + counts.sending;
  const isRunning = !isEndedJob(job) && status !== 'paused';
  const startsAt = Math.max(now, job.options.notBefore ?? 0);
  return defined({
    id: job.id,
    status,
    pausedReason: status === 'paused' ? { code: gate.code, message: gate.message, since: iso(gate.since) } : undefined,
    lane: job.lane,
    reason: job.options.reason,
    total: job.total,
    done: sumOf(counts) - open,
    counts,
    createdAt: iso(job.createdAt),
    startedAt: iso(job.startedAt),
    endedAt: iso(job.endedAt),
    notBefore: iso(job.options.notBefore),
    estimatedCompletion: isRunning ? iso(startsAt + (open * 1000) / resetsPerSecond) : undefined,
    submittedBy: defined({ id: job.submitter.id, name: job.submitter.name }),
    warnings: job.warnings.length > 0 ? job.warnings : undefined,
    links: { self: url, completion: `${url}/completion`, resets: `${url}/resets`, csv: `${url}/resets?format=csv` },
  });
}
