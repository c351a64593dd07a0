/** What the functions that answer about jobs share: finding the job, showing it. */
import { parseJobId } from '../../../domain/ids.ts';
import type { SeesNewJob } from '../../../domain/api/action-view.ts';
import { jobView } from '../../../domain/api/job-view.ts';
import { resetView, type ViewSettings } from '../../../domain/api/reset-view.ts';
import type { JobProgress } from '../../../usecases/jobs/progress-and-close.ts';
import { inlineResets, JOB_NOT_FOUND, readJob } from '../../../usecases/jobs/read-jobs.ts';
import type { Job } from '../../../domain/job/job.ts';
import { submittedAsIn } from '../../../domain/submission/submitted-as.ts';
import type { ResetRecord } from '../../../domain/reset/reset.ts';
import { mayChange, mayNot, mayRead, seesAll } from '../requests/caller.ts';
import type { Call } from '../handler.ts';
import { Refusal } from '../refusal.ts';
import { otherJobs, type OtherJobs } from './other-jobs.ts';
import { jobUrl } from '../urls.ts';

/** The job of the route, where the caller may call it. A job that the caller may not see does not exist for them. */
export async function findJob({ request, deps, caller, access }: Call): Promise<JobProgress> {
  const id = parseJobId(request.params['id']);
  const progress = id === undefined ? undefined : await readJob(deps, id);
  if (progress === undefined || !mayRead(caller, progress.job)) throw new Refusal(JOB_NOT_FOUND);
  if (access === 'ownerOrManage' && !mayChange(caller, progress.job)) throw new Refusal(mayNot(caller, 'Manage'));
  return progress;
}

/** JSON of a job; with its resets when they are few. */
export async function showJob(call: Call, progress: JobProgress): Promise<Record<string, unknown>> {
  const { deps } = call;
  const view = await showJobBriefly(call, progress);
  const resets = await inlineResets(deps, progress.job);
  return resets === undefined ? view : { ...view, resets: await resetViews(call, progress.job, resets) };
}

export async function showJobBriefly(
  call: Call,
  { job, counts, outcomeCounts }: JobProgress,
): Promise<Record<string, unknown>> {
  const { deps } = call;
  const { gate, pace } = await deps.control.read();
  const deployment = {
    defaultRedirectUrl: deps.deployment.defaultRedirectUrl,
    verifyAfterSeconds: deps.policy.verifyAfterSeconds,
  };
  const { retryOf, ...view } = jobView(job, counts, outcomeCounts, {
    gate,
    pace,
    rules: deps.policy,
    deployment,
    now: deps.clock.now(),
    seesNewJob: seesNewJobs(call),
    url: jobUrl(call, job.id),
  });
  return retryOf !== undefined && (await maySeeSource(call, job)) ? { ...view, retryOf } : view;
}

/** Of whoever has retried a job: theirs, or everybody's. */
export const seesNewJobs =
  ({ caller }: Call): SeesNewJob =>
  ({ by }) =>
    by.id === caller.id || seesAll(caller);

/** Whoever has retried a job of somebody else may not be allowed to see it any more. */
export async function maySeeSource({ deps, caller }: Call, { retryOf }: Job): Promise<boolean> {
  const source = retryOf === undefined ? undefined : await deps.jobs.peek(retryOf);
  return source === undefined || source === 'unreadable' ? seesAll(caller) : mayRead(caller, source);
}

/** JSON of some resets of a job. */
export async function resetViews(
  call: Call,
  job: Job,
  records: readonly ResetRecord[],
): Promise<Record<string, unknown>[]> {
  const others = otherJobs(call);
  await others.learn(records);
  const view = viewFor(call, job, others);
  return records.map((record) => resetView(record, view));
}

/** Redeem URLs are for whoever submitted the job, for some days. */
export function viewFor({ caller, deps, runtime }: Call, job: Job, others: OtherJobs): ViewSettings {
  return {
    otherJob: (id) => others.stateOf(id),
    submittedAs: submittedAsIn(job.columns),
    showsRedeemUrl: caller.id === job.submitter.id && caller.roles.has('Submit'),
    redeemUrlsSince: deps.clock.now() - runtime.config.redeemUrlDays * 86_400_000,
  };
}
