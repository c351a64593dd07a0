/** One visit to a chunk: look the guests up, decide, claim, send, write down what became of it. */
import { changeResets, withNextWake, type Chunk } from '../domain/chunk.ts';
import { classify, classifyEmail, escalate, type Outcome } from '../domain/classify.ts';
import { afterSending } from '../domain/after-answer.ts';
import { shutGate } from '../domain/gate.ts';
import type { Job } from '../domain/job.ts';
import { hold } from '../domain/pace.ts';
import type { SendPlan } from '../domain/preflight.ts';
import { postpone, release, startSending } from '../domain/reset-changes.ts';
import { isTerminal, type Verdict } from '../domain/reset.ts';
import { circumstances } from './circumstances.ts';
import { claimGuests } from './claim-guests.ts';
import type { Deps } from './deps.ts';
import { inspectGuests } from './inspect-guests.ts';
import { payFor } from './pay-for.ts';
import type { Changed, Versioned } from './ports.ts';
import { recordOutcomes, type Change } from './record-outcomes.ts';

/**
 * Does what is due in the chunk.
 * @returns the chunk as it was left, or `changed` when somebody else changed it before anything was sent
 */
export async function visitChunk(deps: Deps, job: Job, read: Versioned<Chunk>): Promise<Chunk | Changed> {
  const { clock, chunks } = deps;
  const chunk = read.value;
  const now = clock.now();
  const due = chunk.resets.filter((reset) => !isTerminal(reset.status) && reset.dueAt <= now);
  const inspection = await inspectGuests(deps, job, chunk, due);
  const changes = new Map(inspection.changes);
  if (inspection.refusal !== undefined) await shutGateFor(deps, inspection.refusal);

  const paid = await payFor(deps, chunk, inspection.plans);
  for (const { plan, record } of paid.unpaid) changes.set(plan.row, postpone(record, { dueAt: Math.max(paid.unpaidDueAt, now) }));
  if (paid.plans.length === 0) return writeAndLeave(deps, read, withNextWake(chunk, changeResets(chunk.resets, changes)));

  const attempt = { id: deps.random.uuid(), quietUntil: now + deps.policy.quietSeconds * 1000, graphDate: inspection.graphDate };
  const startedAt = clock.monotonic();
  for (const { plan, record } of paid.plans) changes.set(plan.row, startSending(record, plan, attempt, now));
  const sending: Chunk = { ...chunk, attemptId: attempt.id, quietUntil: attempt.quietUntil, resets: changeResets(chunk.resets, changes) };
  const written = await chunks.replace(sending, read.version);
  const claimed = written === 'changed' ? await findOwnWrite(deps, sending) : { value: sending, version: written.version };
  if (claimed === 'changed') return 'changed';

  const outcomes = await attemptSending(deps, job, sending, paid.plans.map(({ plan }) => plan), startedAt);
  return recordOutcomes(deps, claimed, outcomes);
}

/** A write that came too late may be our own, repeated by the SDK after a lost answer. */
async function findOwnWrite(deps: Deps, mine: Chunk): Promise<Versioned<Chunk> | Changed> {
  const current = await deps.chunks.read(mine.jobId, mine.index);
  return current !== undefined && current.value.attemptId === mine.attemptId ? current : 'changed';
}

async function writeAndLeave(deps: Deps, read: Versioned<Chunk>, next: Chunk): Promise<Chunk | Changed> {
  return await deps.chunks.replace(next, read.version) === 'changed' ? 'changed' : next;
}

/** Claims the guests and sends. What comes back is one change for each reset of the attempt, whatever happened. */
async function attemptSending(deps: Deps, job: Job, sending: Chunk, plans: readonly SendPlan[], startedAt: number): Promise<Map<number, Change>> {
  const changes = new Map<number, Change>();
  const giveUp = (why: string): Map<number, Change> => {
    deps.log.warn('attemptGivenUp', { jobId: job.id, chunk: sending.index, why });
    for (const plan of plans) if (!changes.has(plan.row)) changes.set(plan.row, (record) => release(record, { dueAt: deps.clock.now() }));
    return changes;
  };

  const claims = await claimGuests(deps, job, sending, plans);
  for (const [row, change] of claims.refused) changes.set(row, change);
  if (claims.failed) return giveUp('the guests could not be claimed');
  const isLate = (): boolean => deps.clock.monotonic() - startedAt > deps.policy.sendWindowSeconds * 1000;
  if (isLate()) return giveUp('too late to send');

  const records = new Map(sending.resets.map((record) => [record.request.row, record]));
  const take = async (outcomes: readonly PlanOutcome[]): Promise<void> => {
    await reactToTenant(deps, outcomes.map(({ outcome }) => outcome));
    for (const { plan, outcome } of outcomes) {
      const around = circumstances(deps);
      changes.set(plan.row, (record) => afterSending(record, plan, outcome, around));
    }
  };
  const weigh = (plan: SendPlan, outcome: Outcome): PlanOutcome => ({ plan, outcome: escalate(outcome, records.get(plan.row)?.verdict) });

  const failedEmails = await addEmails(deps, claims.taken);
  await take(failedEmails.map(({ plan, outcome }) => weigh(plan, outcome)));
  const ready = claims.taken.filter((plan) => !changes.has(plan.row));
  if (ready.length === 0) return changes;
  if (isLate()) return giveUp('too late to send');
  if ((await deps.control.read()).gate.shut) return giveUp('the gate is shut');
  const answer = await deps.graph.send(ready);
  await take(ready.map((plan) => weigh(plan, classify(plan, answer))));
  return changes;
}

interface PlanOutcome {
  readonly plan: SendPlan;
  readonly outcome: Outcome;
}

/** Adds the new emails first, in a batch of their own. @returns those that were not added */
async function addEmails(deps: Deps, plans: readonly SendPlan[]): Promise<PlanOutcome[]> {
  const changing = plans.filter(({ emailChange }) => emailChange !== undefined);
  if (changing.length === 0) return [];
  const answer = await deps.graph.addEmails(changing);
  return changing.flatMap((plan) => {
    const outcome = classifyEmail(plan, answer);
    return outcome === undefined ? [] : [{ plan, outcome }];
  });
}

/**
 * What concerns everybody, not only this chunk: a pause that Graph asks for, a refusal of the tenant. A failure here must
 * not cost the answers that are already known; the next wake meets the same refusal and tries again.
 */
async function reactToTenant(deps: Deps, outcomes: readonly Outcome[]): Promise<void> {
  try {
    await holdOrShut(deps, outcomes);
  } catch (error) {
    deps.log.error('tenantNotStopped', { error: String(error) });
  }
}

async function holdOrShut(deps: Deps, outcomes: readonly Outcome[]): Promise<void> {
  const waits = outcomes.flatMap((outcome) => (outcome.kind === 'throttled' ? [outcome.waitSeconds] : []));
  if (waits.length > 0) {
    const until = deps.clock.now() + Math.max(...waits) * 1000;
    deps.log.warn('throttled', { resets: waits.length, seconds: Math.max(...waits) });
    await deps.control.changePace((pace) => ({ pace: hold(pace, until), result: undefined }));
  }
  const refusal = outcomes.find((outcome) => outcome.kind === 'tenant');
  if (refusal !== undefined) await shutGateFor(deps, refusal.verdict);
}

async function shutGateFor(deps: Deps, verdict: Verdict): Promise<void> {
  deps.log.error('gateShut', { code: verdict.code });
  await deps.control.changeGate((gate) => shutGate(gate, verdict, deps.clock.now()));
}
