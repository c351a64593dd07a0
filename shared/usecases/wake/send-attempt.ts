/** The dangerous part of a visit: between the written `sending` and the outcomes. */
import { afterSending } from '../../domain/reset/after-answer.ts';
import { afterNothingSent } from '../../domain/reset/put-off.ts';
import type { Cost } from '../../domain/pace/budget.ts';
import type { Chunk } from '../../domain/chunk/chunk.ts';
import { classify, classifyEmail, escalate, type Outcome } from '../../domain/graph/classify.ts';
import { isTooLate } from '../../domain/job/cancel.ts';
import type { Job } from '../../domain/job/job.ts';
import { isParked } from '../../domain/stops/stop.ts';
import { addsEmail, type SendPlan } from '../../domain/reset/preflight.ts';
import { noteEmailAdded } from '../../domain/reset/notes.ts';
import { circumstances } from './circumstances.ts';
import { claimGuests } from './claim-guests.ts';
import type { Deps } from '../deps.ts';
import type { Change } from './record-outcomes.ts';
import { payAgain } from './pay-for.ts';
import { reactToBatch, reactToRefusals, type PlanOutcome } from './react-to-outcomes.ts';
import type { Visit } from './visit.ts';

export interface Attempted {
  /** One change for each reset of the attempt, whatever happened. */
  readonly changes: Map<number, Change>;
  /** What Graph answered to the invitations. */
  readonly invited: readonly Outcome[];
}

export interface AttemptTimes {
  readonly paidAt: number;
  readonly startedAt: number;
}

/**
 * Claims the guests, adds their new emails, sends their invitations.
 * @param times monotonic: when the attempt was paid for, and when `sending` began to be written
 */
export async function sendAttempt(
  deps: Deps,
  visit: Visit,
  sending: Chunk,
  plans: readonly SendPlan[],
  { paidAt, startedAt }: AttemptTimes,
): Promise<Attempted> {
  const claims = await claimGuests(deps, visit, sending, plans);
  const changes = new Map<number, Change>(claims.refused);
  let added: readonly SendPlan[] = [];
  const finish = async (
    emails: readonly PlanOutcome[],
    invitations: readonly PlanOutcome[],
    whyNot?: string,
  ): Promise<Attempted> => {
    for (const { plan, outcome } of await reactToRefusals(deps, visit.job, sending, [...emails, ...invitations])) {
      const around = circumstances(deps, visit);
      changes.set(plan.row, (record) => afterSending(record, plan, outcome, around));
    }
    if (whyNot !== undefined) releaseRest(deps, visit, sending, plans, changes, whyNot);
    for (const plan of added) {
      const change = changes.get(plan.row);
      if (change !== undefined) changes.set(plan.row, (record) => noteEmailAdded(change(record), plan));
    }
    return { changes, invited: invitations.map(({ outcome }) => outcome) };
  };

  const whyNotEmails = claims.failed
    ? 'notClaimed'
    : await whyNoEmails(deps, visit, sending, claims.taken.filter(addsEmail).length, startedAt);
  if (whyNotEmails !== undefined) return finish([], [], whyNotEmails);
  const notAdded = await reactToBatch(deps, weigh(sending, await addEmails(deps, claims.taken)));

  const ready = claims.taken.filter((plan) => !notAdded.some((other) => other.plan.row === plan.row));
  added = ready.filter(addsEmail);
  if (ready.length === 0) return finish(notAdded, []);
  // Lateness after those that take time; what is counted last is sent.
  const whyNotInvite =
    (await whyStopped(deps, visit, sending)) ??
    (await whyNoRoom(deps, visit.job, ready.length, paidAt, startedAt)) ??
    whyTooLate(deps, visit, startedAt) ??
    whyTooMany(deps, { writes: ready.length, invitations: ready.length });
  if (whyNotInvite !== undefined) return finish(notAdded, [], whyNotInvite);
  const answer = await deps.invitations.send(ready);
  return finish(
    notAdded,
    await reactToBatch(
      deps,
      weigh(
        sending,
        ready.map((plan) => ({ plan, outcome: classify(plan, answer, ready) })),
      ),
    ),
  );
}

/** A refusal that came before as well weighs more. */
function weigh(sending: Chunk, met: readonly PlanOutcome[]): PlanOutcome[] {
  const before = new Map(sending.resets.map(({ request, verdict }) => [request.row, verdict]));
  return met.map(({ plan, outcome }) => ({ plan, outcome: escalate(outcome, before.get(plan.row)) }));
}

/** Nothing was sent for those without a change yet: they go back to pending. */
function releaseRest(
  deps: Deps,
  visit: Visit,
  sending: Chunk,
  plans: readonly SendPlan[],
  changes: Map<number, Change>,
  why: string,
): void {
  deps.log.warn('attemptGivenUp', { jobId: sending.jobId, chunk: sending.index, why });
  const around = circumstances(deps, visit);
  for (const { row } of plans) if (!changes.has(row)) changes.set(row, (record) => afterNothingSent(record, around));
}

function whyTooLate({ clock, policy }: Deps, { job }: Visit, startedAt: number): string | undefined {
  if (isTooLate(job, clock.now())) return 'notAfterPassed';
  return clock.monotonic() - startedAt > policy.sendWindowSeconds * 1000 ? 'tooLate' : undefined;
}

function whyTooMany({ ownSends, policy }: Deps, cost: Cost): string | undefined {
  return ownSends.take(cost, policy.resetsPerSecond) ? undefined : 'ownSendsSpent';
}

async function whyNoEmails(
  deps: Deps,
  visit: Visit,
  sending: Chunk,
  writes: number,
  startedAt: number,
): Promise<string | undefined> {
  if (writes === 0) return whyTooLate(deps, visit, startedAt);
  return (
    (await whyStopped(deps, visit, sending)) ??
    whyTooLate(deps, visit, startedAt) ??
    whyTooMany(deps, { writes, invitations: 0 })
  );
}

async function whyNoRoom(
  deps: Deps,
  job: Job,
  invitations: number,
  paidAt: number,
  startedAt: number,
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
async function whyStopped(deps: Deps, { triesSince }: Visit, sending: Chunk): Promise<string | undefined> {
  try {
    const [{ gate, pace }, known] = await Promise.all([deps.control.read(), deps.jobs.recent(sending.jobId)]);
    if (known === undefined || known.job.cancel !== undefined) return 'jobCanceled';
    const stops = [gate, known.job];
    const isStopped = stops.some(({ stop }) => stop !== undefined);
    if (isParked(stops, sending) || (isStopped && triesSince === undefined)) return 'stopped';
    return pace.heldUntil > deps.clock.now() ? 'silence' : undefined;
  } catch (error) {
    deps.log.warn('stopsUnreadable', { jobId: sending.jobId }, error);
    return 'stopsUnreadable';
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
