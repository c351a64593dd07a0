/**
 * A dry run's visit to a chunk: everything is looked up and decided as for a real one, and nothing is sent. What it is
 * given has no way to write on Graph.
 */
import type { PlannedReset } from '../../domain/reset/send-plan.ts';
import { afterThrottling } from '../../domain/reset/put-off.ts';
import { SERVICE } from '../../domain/actions.ts';
import { newChunk, newReset, type Change, type Changes, type Chunk } from '../../domain/chunk/chunk.ts';
import { claimedByOther, resetAlready } from '../../domain/claim/verdicts.ts';
import { end, rehearse } from '../../domain/reset/changes.ts';
import type { Found } from '../../domain/guest/look-up.ts';
import { newJobId } from '../../domain/ids.ts';
import { receivingJob } from '../../domain/job/job.ts';
import { isTerminal, type ResetRecord, type Selector } from '../../domain/reset/reset.ts';
import type { Changed, Versioned } from '../ports.ts';
import { readClaim } from './claim-guests.ts';
import { inspectGuests, type InspectDeps } from './inspect-guests.ts';
import { takeTurnAfterThrottling } from '../throttling.ts';
import { leave, momentOf, type Visit, type Visited } from './visit.ts';

/** No `invitations`: a dry run cannot send. */
export async function rehearseChunk(
  deps: InspectDeps,
  visit: Visit,
  read: Versioned<Chunk>,
): Promise<Visited | Changed> {
  const now = deps.clock.now();
  const due = visit.maySend ? read.value.resets.filter(({ status, dueAt }) => !isTerminal(status) && dueAt <= now) : [];
  const comesAgainAt = due.length === 0 ? undefined : await takeTurnAfterThrottling(deps, due.length);
  const changes =
    comesAgainAt === undefined
      ? (await rehearseResets(deps, visit, read.value, due)).changes
      : new Map(due.map((record) => [record.request.row, comeBackAt(deps, visit, comesAgainAt)]));
  const left = await leave(deps, visit, read, changes);
  return left === 'changed' ? left : { left, provesStopOver: false, isTurnedAway: false };
}

const comeBackAt =
  (deps: InspectDeps, visit: Visit, dueAt: number): Change =>
  (record) =>
    afterThrottling(record, { dueAt }, momentOf(deps, visit));

async function rehearseResets(
  deps: InspectDeps,
  visit: Visit,
  chunk: Chunk,
  due: readonly ResetRecord[],
): Promise<{ readonly changes: Changes; readonly found: readonly Found[] }> {
  const { changes, plans, found } = await inspectGuests(deps, visit, chunk, due);
  const rehearsed = await Promise.all(
    plans.map(async (planned) => [planned.plan.row, await rehearseReset(deps, visit, chunk, planned)] as const),
  );
  return { changes: new Map([...changes, ...rehearsed.map(([row, reset]) => [row, () => reset] as const)]), found };
}

/**
 * What a dry run of this guest alone would say now, by the rules for which nobody has to say anything. Its job is
 * written nowhere.
 * @returns the reset, which has ended where the look-up did not fail; and whom the directory tells
 */
export async function rehearseGuest(
  deps: InspectDeps,
  selector: Selector,
): Promise<{ readonly found: Found; readonly record: ResetRecord }> {
  const now = deps.clock.now();
  const idempotency = { caller: SERVICE.id, key: '' };
  const job = receivingJob(newJobId(now, deps.random.bytes(16)), SERVICE, idempotency, now);
  const options = { ...job.options, dryRun: true, defaults: { sendInvitationMessage: false } };
  const record = newReset({ row: 1, selector }, now);
  const visit: Visit = { job: { ...job, options }, resumedAt: 0, maySend: true };
  const { changes, found } = await rehearseResets(deps, visit, newChunk(job.id, 0, [], now), [record]);
  return { found: found[0] ?? { kind: 'none' }, record: changes.get(1)?.(record) ?? record };
}

async function rehearseReset(
  deps: InspectDeps,
  visit: Visit,
  chunk: Chunk,
  { plan, record }: PlannedReset,
): Promise<ResetRecord> {
  const { guestId } = plan;
  const decision = await readClaim(deps, visit, chunk, plan);
  const now = deps.clock.now();
  switch (decision.kind) {
    case 'superseded':
    case 'take':
      return rehearse(record, plan, now);
    case 'wait': {
      // A real run waits, which says nothing about the guest.
      const nextStep = 'Nothing: a real run would wait for that to end.';
      return end(record, 'skipped', { verdict: { ...claimedByOther(decision.jobId), nextStep }, guestId }, now);
    }
    case 'skip':
      return end(record, 'skipped', { verdict: resetAlready(visit.job, guestId, decision.success), guestId }, now);
  }
}
