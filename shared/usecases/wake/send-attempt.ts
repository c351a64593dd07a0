/** The dangerous part of a visit: between the written `sending` and the outcomes. */
import type { Cost } from '../../domain/pace/budget.ts';
import { afterSending } from '../../domain/reset/after-answer.ts';
import { afterNothingSent } from '../../domain/reset/put-off.ts';
import type { Change, Chunk } from '../../domain/chunk/chunk.ts';
import { classify, classifyEmail, escalate, type Outcome } from '../../domain/graph/classify.ts';
import { isTooLate } from '../../domain/job/cancel.ts';
import { isParked } from '../../domain/stops/stop.ts';
import { addsEmail, type SendPlan } from '../../domain/reset/send-plan.ts';
import { noteEmailAdded } from '../../domain/reset/notes.ts';
import { secondsSince } from '../../domain/instant.ts';
import type { Deps } from '../deps.ts';
import type { Versioned } from '../ports.ts';
import { claimGuests } from './claim-guests.ts';
import { payAgain } from './pay-for.ts';
import { reactToBatch, reactToRefusals, type PlanOutcome } from './react-to-outcomes.ts';
import { momentOf, type Visit } from './visit.ts';

/** What this visit has claimed the chunk for. */
export interface Attempt {
  readonly sending: Versioned<Chunk>;
  readonly plans: readonly SendPlan[];
  /** Monotonic times: when it was paid for, and when `sending` began to be written. */
  readonly paidAt: number;
  readonly startedAt: number;
}

export interface Attempted {
  /** One change for each reset of the attempt, whatever happened. */
  readonly changes: ReadonlyMap<number, Change>;
  /** What Graph answered to the invitations. */
  readonly invited: readonly Outcome[];
}

/** One batch: what became of each plan in it, or why it was not sent. */
type Batch =
  | { readonly kind: 'answered'; readonly outcomes: readonly PlanOutcome[] }
  | { readonly kind: 'givenUp'; readonly why: string };

/** Claims the guests, adds their new emails, sends their invitations. */
export async function sendAttempt(deps: Deps, visit: Visit, attempt: Attempt): Promise<Attempted> {
  const sending = attempt.sending.value;
  const claims = await claimGuests(deps, visit, sending, attempt.plans);
  const emails: Batch = claims.failed
    ? { kind: 'givenUp', why: 'notClaimed' }
    : await addEmails(deps, visit, attempt, claims.taken.filter(addsEmail));
  const notAdded = emails.kind === 'answered' ? emails.outcomes : [];
  const ready =
    emails.kind === 'answered' ? claims.taken.filter(({ row }) => !notAdded.some(({ plan }) => plan.row === row)) : [];
  const invitations = emails.kind === 'answered' ? await invite(deps, visit, attempt, ready) : emails;
  const invited = invitations.kind === 'answered' ? invitations.outcomes : [];

  const changes = new Map<number, Change>(claims.refused);
  for (const { plan, outcome } of await reactToRefusals(deps, visit.job, sending, [...notAdded, ...invited])) {
    const moment = momentOf(deps, visit);
    changes.set(plan.row, (record) => afterSending(record, plan, outcome, moment));
  }
  if (invitations.kind === 'givenUp') {
    deps.log.warn('attemptGivenUp', { jobId: sending.jobId, chunk: sending.index, why: invitations.why });
    const moment = momentOf(deps, visit);
    for (const { row } of attempt.plans)
      if (!changes.has(row)) changes.set(row, (record) => afterNothingSent(record, moment));
  }
  for (const plan of ready.filter(addsEmail)) {
    const change = changes.get(plan.row);
    if (change !== undefined) changes.set(plan.row, (record) => noteEmailAdded(change(record), plan));
  }
  return { changes, invited: invited.map(({ outcome }) => outcome) };
}

/** Adds the new emails in a batch of their own; told is what became of those that were not added. */
async function addEmails(deps: Deps, visit: Visit, attempt: Attempt, plans: readonly SendPlan[]): Promise<Batch> {
  const why =
    (plans.length > 0 ? await whyStopped(deps, visit, attempt) : undefined) ??
    whyTooLate(deps, visit, attempt) ??
    (plans.length > 0 ? countOwnSends(deps, { writes: plans.length, invitations: 0 }) : undefined);
  if (why !== undefined) return { kind: 'givenUp', why };
  if (plans.length === 0) return { kind: 'answered', outcomes: [] };
  const answer = await deps.invitations.addEmails(plans);
  return settle(deps, attempt, plans, (plan) => classifyEmail(plan, answer));
}

/** Lateness after those that take time; what is counted last is sent. */
async function invite(deps: Deps, visit: Visit, attempt: Attempt, plans: readonly SendPlan[]): Promise<Batch> {
  if (plans.length === 0) return { kind: 'answered', outcomes: [] };
  const why =
    (await whyStopped(deps, visit, attempt)) ??
    (await payAgainIfLate(deps, visit, attempt, plans.length)) ??
    whyTooLate(deps, visit, attempt) ??
    countOwnSends(deps, { writes: plans.length, invitations: plans.length });
  if (why !== undefined) return { kind: 'givenUp', why };
  if (visit.plannedAt !== undefined)
    deps.measure('paceLag', secondsSince(visit.plannedAt, deps.clock.now()), { lane: visit.job.lane });
  const answer = await deps.invitations.send(plans);
  return settle(deps, attempt, plans, (plan) => classify(plan, answer, plans));
}

/** What an answer means for each plan; a refusal that came before as well weighs more. */
async function settle(
  deps: Deps,
  { sending }: Attempt,
  plans: readonly SendPlan[],
  outcomeOf: (plan: SendPlan) => Outcome | undefined,
): Promise<Batch> {
  const before = new Map(sending.value.resets.map(({ request, verdict }) => [request.row, verdict]));
  const outcomes = plans.flatMap((plan) => {
    const outcome = outcomeOf(plan);
    return outcome === undefined ? [] : [{ plan, outcome: escalate(outcome, before.get(plan.row)) }];
  });
  return { kind: 'answered', outcomes: await reactToBatch(deps, outcomes) };
}

function whyTooLate({ clock, policy }: Deps, { job }: Visit, { startedAt }: Attempt): string | undefined {
  if (isTooLate(job, clock.now())) return 'notAfterPassed';
  return clock.monotonic() - startedAt > policy.sendWindowSeconds * 1000 ? 'tooLate' : undefined;
}

/** Counts what is sent now. @returns why that is too much */
function countOwnSends({ clock, ownSends, policy }: Deps, cost: Cost): string | undefined {
  return ownSends.take(cost, policy.resetsPerSecond, clock.monotonic()) ? undefined : 'ownSendsSpent';
}

/** @returns why what was paid for a while ago may not go now */
async function payAgainIfLate(
  deps: Deps,
  { job }: Visit,
  { paidAt, startedAt }: Attempt,
  invitations: number,
): Promise<string | undefined> {
  try {
    const mayGo = await payAgain(deps, job, invitations, paidAt, startedAt + deps.policy.sendWindowSeconds * 1000);
    return mayGo ? undefined : 'noRoom';
  } catch (error) {
    deps.log.warn('budgetUnreadable', { jobId: job.id }, error);
    return 'budgetUnreadable';
  }
}

/** What was planned before a stop is not sent after it, not even where that stop tries this very chunk. */
async function whyStopped(
  deps: Deps,
  { job: { id }, triesSince }: Visit,
  { sending }: Attempt,
): Promise<string | undefined> {
  try {
    const [{ gate, pace }, known] = await Promise.all([deps.control.read(), deps.jobs.recent(id)]);
    if (known === undefined || known.job.cancel !== undefined) return 'jobCanceled';
    const stops = [gate, known.job];
    const isStopped = stops.some(({ stop }) => stop !== undefined);
    if (isParked(stops, sending.value) || (isStopped && triesSince === undefined)) return 'stopped';
    return pace.throttledUntil > deps.clock.now() ? 'throttled' : undefined;
  } catch (error) {
    deps.log.warn('stopsUnreadable', { jobId: id }, error);
    return 'stopsUnreadable';
  }
}
