/**
 * A dry run's visit to a chunk: everything is looked up and decided as for a real one, and nothing is sent. What it is
 * given has no way to write on Graph.
 */
import { afterSilence } from '../../domain/reset/put-off.ts';
import { cancelPending, cancelVerdict } from '../../domain/job/cancel.ts';
import { changeResets, withNextWake, type Chunk } from '../../domain/chunk/chunk.ts';
import type { JobId } from '../../domain/ids.ts';
import type { SendPlan } from '../../domain/reset/preflight.ts';
import { end, rehearse } from '../../domain/reset/changes.ts';
import { isTerminal, type ResetRecord, type Verdict } from '../../domain/reset/reset.ts';
import { readClaim } from './check-meanwhile.ts';
import { circumstances } from './circumstances.ts';
import { heldByOther, resetAlready } from './claim-guests.ts';
import type { Deps } from '../deps.ts';
import { inspectGuests, type InspectDeps } from './inspect-guests.ts';
import { turnAfterSilence } from './keep-silence.ts';
import type { Changed, Versioned } from '../ports.ts';
import type { Visit } from './visit.ts';
import type { Visited } from './visit-chunk.ts';

/** A real run waits, which says nothing about the guest. */
const wouldWait = (jobId: JobId): Verdict => ({
  ...heldByOther(jobId),
  nextStep: 'Nothing: a real run would wait for that to end.',
});

/** No `invitations`: a dry run cannot send. */
export type RehearsalDeps = InspectDeps & Pick<Deps, 'chunks' | 'guests'>;

export async function rehearseChunk(
  deps: RehearsalDeps,
  visit: Visit,
  read: Versioned<Chunk>,
): Promise<Visited | Changed> {
  const chunk = read.value;
  const now = deps.clock.now();
  const due =
    visit.job.cancel === undefined
      ? chunk.resets.filter((reset) => !isTerminal(reset.status) && reset.dueAt <= now)
      : [];
  const comesAgainAt = due.length === 0 ? undefined : await turnAfterSilence(deps, due.length);
  const changes =
    comesAgainAt === undefined
      ? await rehearseResets(deps, visit, chunk, due)
      : new Map(
          due.map((record) => [
            record.request.row,
            afterSilence(record, { dueAt: comesAgainAt }, circumstances(deps, visit)),
          ]),
        );
  const next = withNextWake(chunk, changeResets(chunk.resets, changes));
  const left = visit.job.cancel === undefined ? next : cancelPending(next, now, cancelVerdict(visit.job));
  return (await deps.chunks.replace(left, read.version)) === 'changed'
    ? 'changed'
    : { left, isProof: false, isTurnedAway: false };
}

async function rehearseResets(
  deps: RehearsalDeps,
  visit: Visit,
  chunk: Chunk,
  due: readonly ResetRecord[],
): Promise<ReadonlyMap<number, ResetRecord>> {
  const inspection = await inspectGuests(deps, visit, chunk, due);
  const changes = new Map(inspection.changes);
  await Promise.all(
    inspection.plans.map(async ({ plan, record }) =>
      changes.set(plan.row, await rehearseReset(deps, visit, chunk, plan, record)),
    ),
  );
  return changes;
}

async function rehearseReset(
  deps: RehearsalDeps,
  visit: Visit,
  chunk: Chunk,
  plan: SendPlan,
  record: ResetRecord,
): Promise<ResetRecord> {
  const decision = await readClaim(deps, visit, chunk, plan);
  const now = deps.clock.now();
  switch (decision.kind) {
    case 'superseded':
    case 'take':
      return rehearse(record, plan, now);
    case 'wait':
      return end(record, 'skipped', { verdict: wouldWait(decision.jobId), guestId: plan.guestId }, now);
    case 'skip':
      return end(
        record,
        'skipped',
        { verdict: resetAlready(visit.job, plan.guestId, decision.success), guestId: plan.guestId },
        now,
      );
  }
}
