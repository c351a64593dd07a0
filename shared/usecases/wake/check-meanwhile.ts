/**
 * Finds the guests of a visit whom somebody else has reset a short while ago: their invitation is open since then, and
 * no reset of the service can be why. What another job of the service did is told by the guest's claim, which knows
 * more.
 */
import type { Chunk } from '../../domain/chunk/chunk.ts';
import { decideClaim, type ClaimDecision } from '../../domain/guest/claim.ts';
import { pendingRecently } from '../../domain/reset/preflight-verdicts.ts';
import type { SendPlan } from '../../domain/reset/preflight.ts';
import { afterOther } from '../../domain/reset/put-off.ts';
import { isOwnChange } from '../../domain/reset/recent-state.ts';
import { end } from '../../domain/reset/changes.ts';
import type { ResetRecord } from '../../domain/reset/reset.ts';
import { circumstances } from './circumstances.ts';
import { claimSettings, heldByOther, resetAlready } from './claim-guests.ts';
import type { Deps } from '../deps.ts';
import type { PlannedReset } from './inspect-guests.ts';
import type { Visit } from './visit.ts';

type MeanwhileDeps = Pick<Deps, 'guests' | 'chunks' | 'policy' | 'clock' | 'random'>;

/** @returns what becomes of the resets that are not sent (now), by row */
export async function checkMeanwhile(
  deps: MeanwhileDeps,
  visit: Visit,
  chunk: Chunk,
  plans: readonly PlannedReset[],
): Promise<Map<number, ResetRecord>> {
  const changes = await Promise.all(
    plans.map(async ({ plan, record }) => [plan.row, await changeOf(deps, visit, chunk, plan, record)] as const),
  );
  return new Map(changes.flatMap(([row, change]) => (change === undefined ? [] : [[row, change] as const])));
}

async function changeOf(
  deps: MeanwhileDeps,
  visit: Visit,
  chunk: Chunk,
  plan: SendPlan,
  record: ResetRecord,
): Promise<ResetRecord | undefined> {
  const { job } = visit;
  const { guestId, pendingSince } = plan;
  if (pendingSince === undefined) return undefined;
  const decision = await readClaim(deps, visit, chunk, plan);
  const around = circumstances(deps, visit);
  switch (decision.kind) {
    case 'skip':
      return end(record, 'skipped', { verdict: resetAlready(job, guestId, decision.success), guestId }, around.now);
    case 'wait':
      // Before `sending` is written: the guest is looked at anew when the other has ended.
      return job.options.dryRun === true
        ? undefined
        : afterOther(record, { until: decision.until, verdict: heldByOther(decision.jobId) }, around);
    case 'superseded':
      return undefined;
    case 'take': {
      const verdict = pendingRecently(pendingSince, job.options.skipIfResetWithinHours);
      return isOwnChange(pendingSince, decision.lastSuccess)
        ? undefined
        : end(record, 'skipped', { verdict, guestId }, around.now);
    }
  }
}

/** What the guest's claim says to a reset that has not claimed the guest yet. Only reads. */
export async function readClaim(
  { guests, chunks, clock }: Pick<Deps, 'guests' | 'chunks' | 'clock'>,
  { job }: Visit,
  chunk: Chunk,
  { guestId, row }: SendPlan,
): Promise<ClaimDecision> {
  const current = await guests.current(guestId);
  if (current === undefined) return { kind: 'take' };
  const holder = await chunks.read(current.value.jobId, current.value.chunk);
  const mine = { jobId: job.id, chunk: chunk.index, row };
  return decideClaim(mine, current.value, holder?.value, claimSettings(job), clock.now());
}
