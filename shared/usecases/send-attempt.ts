/** The dangerous part of a visit: between the written `sending` and the outcomes. */
import { afterSending } from '../domain/after-answer.ts';
import type { Chunk } from '../domain/chunk.ts';
import { classify, classifyEmail, escalate, type Outcome } from '../domain/classify.ts';
import type { Job } from '../domain/job.ts';
import { backoffMs } from '../domain/policy.ts';
import type { SendPlan } from '../domain/preflight.ts';
import { release } from '../domain/reset-changes.ts';
import { circumstances } from './circumstances.ts';
import { claimGuests } from './claim-guests.ts';
import type { Deps } from './deps.ts';
import type { Change } from './record-outcomes.ts';
import { stopTenantIfAsked } from './stop-tenant.ts';

interface PlanOutcome {
  readonly plan: SendPlan;
  readonly outcome: Outcome;
}

/**
 * Claims the guests, adds their new emails, sends their invitations.
 * @param startedAt monotonic time at which `sending` began to be written
 * @returns one change for each reset of the attempt, whatever happened
 */
export async function sendAttempt(deps: Deps, job: Job, sending: Chunk, plans: readonly SendPlan[], startedAt: number): Promise<Map<number, Change>> {
  const changes = new Map<number, Change>();
  const claims = await claimGuests(deps, job, sending, plans);
  for (const [row, change] of claims.refused) changes.set(row, change);

  const whyNotEmails = claims.failed ? 'the guests could not be claimed' : whyTooLate(deps, startedAt);
  if (whyNotEmails !== undefined) return giveUp(deps, sending, plans, changes, whyNotEmails);
  await take(deps, sending, changes, await addEmails(deps, claims.taken));

  const ready = claims.taken.filter((plan) => !changes.has(plan.row));
  if (ready.length === 0) return changes;
  // Lateness last: reading the gate takes time too.
  const whyNotInvite = await whyShut(deps) ?? whyTooLate(deps, startedAt);
  if (whyNotInvite !== undefined) return giveUp(deps, sending, plans, changes, whyNotInvite);
  const answer = await deps.graph.send(ready);
  await take(deps, sending, changes, ready.map((plan) => ({ plan, outcome: classify(plan, answer) })));
  return changes;
}

/** Nothing was sent for those without a change yet: they go back to pending. */
function giveUp(deps: Deps, sending: Chunk, plans: readonly SendPlan[], changes: Map<number, Change>, why: string): Map<number, Change> {
  deps.log.warn('attemptGivenUp', { jobId: sending.jobId, chunk: sending.index, why });
  // Not at once: whatever was too slow or failed gets a moment.
  const dueAt = deps.clock.now() + backoffMs(1, deps.policy.backoff, deps.random.fraction());
  for (const { row } of plans) if (!changes.has(row)) changes.set(row, (record) => release(record, { dueAt }));
  return changes;
}

const whyTooLate = ({ clock, policy }: Deps, startedAt: number): string | undefined =>
  (clock.monotonic() - startedAt > policy.sendWindowSeconds * 1000 ? 'too late to send' : undefined);

async function whyShut(deps: Deps): Promise<string | undefined> {
  try {
    return (await deps.control.read()).gate.shut ? 'the gate is shut' : undefined;
  } catch (error) {
    return `the gate could not be read: ${String(error)}`;
  }
}

/** Adds the new emails in a batch of their own. @returns what became of those that were not added */
async function addEmails(deps: Deps, plans: readonly SendPlan[]): Promise<PlanOutcome[]> {
  const changing = plans.filter(({ emailChange }) => emailChange !== undefined);
  if (changing.length === 0) return [];
  const answer = await deps.graph.addEmails(changing);
  return changing.flatMap((plan) => {
    const outcome = classifyEmail(plan, answer);
    return outcome === undefined ? [] : [{ plan, outcome }];
  });
}

/** Takes outcomes over: first what concerns the whole tenant, then each reset. */
async function take(deps: Deps, sending: Chunk, changes: Map<number, Change>, outcomes: readonly PlanOutcome[]): Promise<void> {
  const before = new Map(sending.resets.map(({ request, verdict }) => [request.row, verdict]));
  const weighed = outcomes.map(({ plan, outcome }) => ({ plan, outcome: escalate(outcome, before.get(plan.row)) }));
  await stopTenantIfAsked(deps, weighed.map(({ outcome }) => outcome));
  for (const { plan, outcome } of weighed) {
    const around = circumstances(deps);
    changes.set(plan.row, (record) => afterSending(record, plan, outcome, around));
  }
}
