/** What Graph's answers mean for more than their own guest: a pause, a stopped job, or a stopped tenant. */
import type { Outcome } from '../../domain/graph/classify.ts';
import type { SendPlan } from '../../domain/reset/send-plan.ts';
import { countMet, countStreaks, isFirstRefusal, tells } from '../../domain/job/refusals.ts';
import type { Job } from '../../domain/job/job.ts';
import type { Verdict } from '../../domain/reset/reset.ts';
import type { RetryAfter } from '../../domain/graph/retry-after.ts';
import { needsTrial, stop } from '../../domain/stops/stop.ts';
import { changeGate, changeJob } from '../change-job.ts';
import type { Chunk } from '../../domain/chunk/chunk.ts';
import { stopCodeOf } from '../../domain/stops/codes.ts';
import type { Deps } from '../deps.ts';
import { throttlePaceFor } from '../throttling.ts';

export interface PlanOutcome {
  readonly plan: SendPlan;
  readonly outcome: Outcome;
}

/** How long resets wait whose tenant could not be stopped: without that they would meet the refusal again at once. */
const UNSTOPPED_WAIT: RetryAfter = { seconds: 60 };

/**
 * Throttles the pace, or stops the tenant, where the answers of one batch ask for that. A failure here must not cost
 * the answers that are already known.
 */
export async function reactToBatch(deps: Deps, outcomes: readonly PlanOutcome[]): Promise<readonly PlanOutcome[]> {
  try {
    await throttlePaceFor(
      deps,
      outcomes.flatMap(({ outcome }) => (outcome.kind === 'throttled' ? [outcome.wait] : [])),
    );
    const refusal = outcomes.find(({ outcome }) => outcome.kind === 'tenant')?.outcome;
    if (refusal?.kind === 'tenant') await stopTenant(deps, refusal.verdict);
    return outcomes;
  } catch (error) {
    deps.log.error('stopFailed', {}, error);
    return outcomes.map(({ plan, outcome }) => ({
      plan,
      outcome: outcome.kind === 'tenant' ? { kind: 'throttled', wait: UNSTOPPED_WAIT } : outcome,
    }));
  }
}

/**
 * Counts the ambiguous answers of a visit, emails and invitations together, and stops the job where they are enough.
 * @returns the outcomes; refusals that stopped the job are no failure of their guests
 */
export async function reactToRefusals(
  deps: Deps,
  job: Job,
  sending: Chunk,
  outcomes: readonly PlanOutcome[],
): Promise<readonly PlanOutcome[]> {
  try {
    return await stopJobIfRefused(deps, job, sending, outcomes);
  } catch (error) {
    deps.log.error('stopFailed', { jobId: sending.jobId }, error);
    return outcomes;
  }
}

/** The row of the stop is read before every batch; the words may be those of a failed connection. */
const STOP_MAX_CHARS = 1_000;

export async function stopTenant(deps: Deps, verdict: Verdict): Promise<void> {
  deps.log.error('tenantStopped', { code: verdict.code });
  const message = [verdict.message, verdict.nextStep].filter(Boolean).join(' ').slice(0, STOP_MAX_CHARS);
  await changeGate(deps, (gate) => stop(gate, { code: stopCodeOf(verdict.code), message }, deps.clock.now()));
}

/**
 * @param known the job as it was when the visit began: a row that counts nothing need not be read again. Where another
 *   visit has counted since, a success here does not take that back: the job stops early rather than late
 */
async function stopJobIfRefused(
  deps: Deps,
  known: Job,
  sending: Chunk,
  outcomes: readonly PlanOutcome[],
): Promise<readonly PlanOutcome[]> {
  const verdicts = new Map(sending.resets.map(({ request, verdict }) => [request.row, verdict]));
  const met = countMet(outcomes.map(({ plan, outcome }) => ({ outcome, before: verdicts.get(plan.row) })));
  if (!tells(met, known.streaks)) return outcomes;
  const job = await changeJob(deps, sending.jobId, (current) =>
    countStreaks(current, sending.index, met, deps.policy.ambiguousBeforeStop, deps.clock.now()),
  );
  const stopped = job?.stop?.behind ?? job?.stop;
  const isTried = job?.stop?.trial !== undefined;
  if (met.refused + met.odd === 0 || stopped === undefined || !needsTrial(stopped) || isTried) return outcomes;
  deps.log.error('jobStopped', { jobId: sending.jobId, code: stopped.code });
  return outcomes.map(({ plan, outcome }) => ({
    plan,
    outcome:
      outcome.kind === 'failed' && isFirstRefusal(outcome, verdicts.get(plan.row))
        ? { ...outcome, kind: 'stopped' }
        : outcome,
  }));
}
