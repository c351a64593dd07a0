/** The dangerous part of a visit: between the written `sending` and the outcomes. */
import { afterSending } from '../domain/after-answer.ts';
import type { Chunk } from '../domain/chunk.ts';
import { classify, classifyEmail, escalate, type Outcome } from '../domain/classify.ts';
import { isParked } from '../domain/stop.ts';
import { backoffMs } from '../domain/policy.ts';
import { addsEmail, type SendPlan } from '../domain/preflight.ts';
import { release } from '../domain/reset-changes.ts';
import { circumstances } from './circumstances.ts';
import { claimGuests } from './claim-guests.ts';
import type { Deps } from './deps.ts';
import type { Change } from './record-outcomes.ts';
import { reactToOutcomes, type PlanOutcome } from './react-to-outcomes.ts';
import type { Visit } from './visit.ts';

export interface Attempted {
  /** One change for each reset of the attempt, whatever happened. */
  readonly changes: Map<number, Change>;
  /** What Graph answered. */
  readonly outcomes: readonly Outcome[];
}

/**
 * Claims the guests, adds their new emails, sends their invitations.
 * @param startedAt monotonic time at which `sending` began to be written
 */
export async function sendAttempt(deps: Deps, visit: Visit, sending: Chunk, plans: readonly SendPlan[], startedAt: number): Promise<Attempted> {
  const changes = new Map<number, Change>();
  const outcomes: Outcome[] = [];
  const take = async (met: readonly PlanOutcome[]): Promise<void> => { outcomes.push(...await takeOver(deps, visit, sending, changes, met)); };
  const giveUp = (why: string): Attempted => ({ changes: releaseRest(deps, sending, plans, changes, why), outcomes });

  const claims = await claimGuests(deps, visit.job, sending, plans);
  for (const [row, change] of claims.refused) changes.set(row, change);

  const whyNotEmails = claims.failed ? 'the guests could not be claimed' : whyTooLate(deps, startedAt);
  if (whyNotEmails !== undefined) return giveUp(whyNotEmails);
  await take(await addEmails(deps, claims.taken));

  const ready = claims.taken.filter((plan) => !changes.has(plan.row));
  if (ready.length === 0) return { changes, outcomes };
  // Lateness last: reading the gate takes time too.
  const whyNotInvite = await whyStopped(deps, sending) ?? whyTooLate(deps, startedAt);
  if (whyNotInvite !== undefined) return giveUp(whyNotInvite);
  const answer = await deps.invitations.send(ready);
  await take(ready.map((plan) => ({ plan, outcome: classify(plan, answer) })));
  return { changes, outcomes };
}

/** Nothing was sent for those without a change yet: they go back to pending. */
function releaseRest(deps: Deps, sending: Chunk, plans: readonly SendPlan[], changes: Map<number, Change>, why: string): Map<number, Change> {
  deps.log.warn('attemptGivenUp', { jobId: sending.jobId, chunk: sending.index, why });
  // Not at once: whatever was too slow or failed gets a moment.
  const dueAt = deps.clock.now() + backoffMs(1, deps.policy.backoff, deps.random.fraction());
  for (const { row } of plans) if (!changes.has(row)) changes.set(row, (record) => release(record, { dueAt }));
  return changes;
}

const whyTooLate = ({ clock, policy }: Deps, startedAt: number): string | undefined =>
  (clock.monotonic() - startedAt > policy.sendWindowSeconds * 1000 ? 'too late to send' : undefined);

async function whyStopped(deps: Deps, sending: Chunk): Promise<string | undefined> {
  try {
    return isParked([(await deps.control.read()).gate], sending) ? 'the tenant was stopped' : undefined;
  } catch (error) {
    return `the gate could not be read: ${String(error)}`;
  }
}

/** Adds the new emails in a batch of their own. @returns what became of those that were not added */
async function addEmails(deps: Deps, plans: readonly SendPlan[]): Promise<PlanOutcome[]> {
  const changing = plans.filter(addsEmail);
  if (changing.length === 0) return [];
  const answer = await deps.invitations.addEmails(changing);
  return changing.flatMap((plan) => {
    const outcome = classifyEmail(plan, answer);
    return outcome === undefined ? [] : [{ plan, outcome }];
  });
}

/** Takes outcomes over: first what concerns more than one guest, then each reset. */
async function takeOver(deps: Deps, visit: Visit, sending: Chunk, changes: Map<number, Change>, met: readonly PlanOutcome[]): Promise<Outcome[]> {
  const before = new Map(sending.resets.map(({ request, verdict }) => [request.row, verdict]));
  const weighed = met.map(({ plan, outcome }) => ({ plan, outcome: escalate(outcome, before.get(plan.row)) }));
  const settled = await reactToOutcomes(deps, visit.job, sending, weighed);
  for (const { plan, outcome } of settled) {
    const around = circumstances(deps, visit);
    changes.set(plan.row, (record) => afterSending(record, plan, outcome, around));
  }
  return settled.map(({ outcome }) => outcome);
}
