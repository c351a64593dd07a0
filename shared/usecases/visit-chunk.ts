/** One visit to a chunk: look the guests up, decide, write `sending`, have it sent, write down what became of it. */
import { changeResets, withNextWake, type Chunk } from '../domain/chunk.ts';
import type { Job } from '../domain/job.ts';
import { postpone, startSending } from '../domain/reset-changes.ts';
import { isTerminal } from '../domain/reset.ts';
import type { Deps } from './deps.ts';
import { inspectGuests } from './inspect-guests.ts';
import { payFor } from './pay-for.ts';
import type { Changed, Versioned } from './ports.ts';
import { recordOutcomes } from './record-outcomes.ts';
import { sendAttempt } from './send-attempt.ts';
import { shutGateFor } from './stop-tenant.ts';

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

  // Look-ups may take minutes: the quiet time counts from here, as the send window does.
  const startedAt = clock.monotonic();
  const sendingAt = clock.now();
  const attempt = { id: deps.random.uuid(), quietUntil: sendingAt + deps.policy.quietSeconds * 1000, graphDate: inspection.graphDate };
  for (const { plan, record } of paid.plans) changes.set(plan.row, startSending(record, plan, attempt, sendingAt));
  const sending: Chunk = { ...chunk, attemptId: attempt.id, quietUntil: attempt.quietUntil, resets: changeResets(chunk.resets, changes) };
  const written = await chunks.replace(sending, read.version);
  const claimed = written === 'changed' ? await findOwnWrite(deps, sending) : { value: sending, version: written.version };
  if (claimed === 'changed') return 'changed';

  const outcomes = await sendAttempt(deps, job, sending, paid.plans.map(({ plan }) => plan), startedAt);
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
