/** A job as callers see it. */
import { estimateEnd, type EstimateRules } from '../pace/estimate.ts';
import { optionsView, type DeploymentDefaults } from './options-view.ts';
import { howToResume, shownStatus, stopOf, type ScopedStop } from '../job/job-stops.ts';
import type { Gate } from '../stops/stop.ts';
import type { Pace } from '../pace/pace.ts';
import type { RedemptionCheck } from '../reset/redemption.ts';
import type { OutcomeCounts } from '../reset/outcome-counts.ts';
import { isEndedJob, type Job } from '../job/job.ts';
import { sumOf, type Counts } from '../reset/counts.ts';
import { iso } from '../instant.ts';
import { actionsView, actorView, type SeesNewJob } from './action-view.ts';
import { defined } from './reset-view.ts';

export interface JobViewSettings {
  readonly gate: Gate;
  readonly pace: Pace;
  readonly rules: EstimateRules;
  /** What holds where neither a reset nor its job says anything. */
  readonly deployment: DeploymentDefaults;
  readonly now: number;
  /** Default: nobody may see what retries it. */
  readonly seesNewJob?: SeesNewJob;
  /** Absolute URL of the job. */
  readonly url: string;
}

/** JSON of a job, without its resets. */
export function jobView(
  job: Job,
  counts: Counts,
  outcomeCounts: OutcomeCounts,
  { gate, pace, rules, deployment, now, seesNewJob = () => false, url }: JobViewSettings,
): Record<string, unknown> {
  const stop = stopOf(job, gate);
  const status = shownStatus(job, gate);
  const open = counts.pending + counts.sending;
  const isRunning = !isEndedJob(job) && stop === undefined;
  return defined({
    id: job.id,
    status,
    pausedReason: stop && defined({ ...stopView(stop), own: stop.scope === 'tenant' ? job.stop?.code : undefined }),
    dryRun: job.options.dryRun === true ? true : undefined,
    retryOf: job.retryOf,
    lane: job.lane,
    reason: job.options.reason,
    options: optionsView(job.options, deployment),
    rowsSay: job.rowsSay,
    total: job.total,
    done: sumOf(counts) - open,
    counts,
    summary:
      job.options.dryRun === true
        ? { wouldMail: outcomeCounts.mails, wouldAddEmail: outcomeCounts.emailChanges }
        : { mailed: outcomeCounts.mails, emailsAdded: outcomeCounts.emailChanges },
    byCode: outcomeCounts.byCode,
    byWarning: outcomeCounts.byWarning,
    canceled:
      job.cancel && defined({ requestedAt: iso(job.cancel.requestedAt), by: job.cancel.by, code: job.cancel.code }),
    check: job.check && checkView(job.check),
    createdAt: iso(job.createdAt),
    startedAt: iso(job.startedAt),
    endedAt: iso(job.endedAt),
    notBefore: iso(job.options.notBefore),
    notAfter: iso(job.options.notAfter),
    pauseAfter: job.options.pauseAfter,
    throttledUntil: isRunning && pace.throttledUntil > now ? iso(pace.throttledUntil) : undefined,
    // Of answers that have not come nobody knows when they do: the estimate would move on with the clock.
    estimatedCompletion: isRunning && counts.pending > 0 ? iso(estimateEnd(job, open, pace, rules, now)) : undefined,
    submittedBy: actorView(job.submitter),
    approval: job.approval && { by: actorView(job.approval.by), at: iso(job.approval.at) },
    ...actionsView(job.actions, seesNewJob),
    warnings: job.warnings.length > 0 ? job.warnings : undefined,
    links: { self: url, completion: `${url}/completion`, resets: `${url}/resets`, csv: `${url}/resets?format=csv` },
  });
}

const checkView = ({ requestedAt, endedAt, counts }: RedemptionCheck): Record<string, unknown> =>
  defined({
    status: endedAt === undefined ? 'inProgress' : 'completed',
    requestedAt: iso(requestedAt),
    endedAt: iso(endedAt),
    counts,
  });

/** `resuming`: one guest is being tried. */
export function stopView(stop: ScopedStop): Record<string, unknown> {
  const { scope, code, message, since, trial, behind } = stop;
  return defined({
    scope,
    code,
    message,
    nextStep: howToResume(stop),
    since: iso(since),
    resuming: trial !== undefined,
    behind: behind?.code,
  });
}
