/**
 * Finds the guests of a visit whom somebody else has reset a short while ago: their invitation is open since then, and
 * no reset of the service can be why. What another job of the service did is told by the guest's claim, which knows
 * more.
 */
import type { PlannedReset } from '../../domain/reset/send-plan.ts';
import type { Change, Changes, Chunk } from '../../domain/chunk/chunk.ts';
import { pendingRecently } from '../../domain/reset/preflight-verdicts.ts';
import { isOwnChange } from '../../domain/reset/recent-state.ts';
import { end } from '../../domain/reset/changes.ts';
import type { Deps } from '../deps.ts';
import { changeOf, readClaim } from './claim-guests.ts';
import type { Visit } from './visit.ts';

type MeanwhileDeps = Pick<Deps, 'guests' | 'chunks' | 'policy' | 'clock' | 'random'>;

/** @returns what becomes of the resets that are not sent (now) */
export async function checkMeanwhile(
  deps: MeanwhileDeps,
  visit: Visit,
  plans: readonly PlannedReset[],
  chunk: Chunk,
): Promise<Changes> {
  const changes = await Promise.all(
    plans.map(async (planned) => [planned.plan.row, await checkOne(deps, visit, chunk, planned)] as const),
  );
  return new Map(changes.flatMap(([row, change]) => (change === undefined ? [] : [[row, change] as const])));
}

async function checkOne(
  deps: MeanwhileDeps,
  visit: Visit,
  chunk: Chunk,
  { plan, record }: PlannedReset,
): Promise<Change | undefined> {
  const { guestId, pendingSince } = plan;
  if (pendingSince === undefined) return undefined;
  const { dryRun, skipIfResetWithinHours } = visit.job.options;
  const decision = await readClaim(deps, visit, chunk, plan);
  if (decision.kind === 'take') {
    if (isOwnChange(pendingSince, decision.lastSuccess)) return undefined;
    const verdict = pendingRecently(pendingSince, skipIfResetWithinHours);
    return () => end(record, 'skipped', { verdict, guestId }, deps.clock.now());
  }
  // A real run looks at the guest anew when the other has ended, for `sending` is not written yet.
  if (decision.kind === 'superseded' || (decision.kind === 'wait' && dryRun === true)) return undefined;
  const change = changeOf(deps, visit, plan, decision);
  return () => change(record);
}
