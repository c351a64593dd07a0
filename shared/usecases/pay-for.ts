/** What of a visit may be sent now: as much as the pace allows. */
import type { Chunk } from '../domain/chunk.ts';
import { charge } from '../domain/pace.ts';
import { costOf } from '../domain/preflight.ts';
import type { Deps } from './deps.ts';
import type { PlannedReset } from './inspect-guests.ts';

export interface Paid {
  readonly plans: readonly PlannedReset[];
  /** Stay as they are until `unpaidDueAt`. */
  readonly unpaid: readonly PlannedReset[];
  readonly unpaidDueAt: number;
}

/**
 * Dispatch has paid one write for each reset of a first wake. What a visit needs beyond that, for added emails and for
 * repeats, is charged here and pushes later slots back.
 */
export async function payFor(deps: Deps, chunk: Chunk, planned: readonly PlannedReset[]): Promise<Paid> {
  if (planned.length === 0) return { plans: [], unpaid: [], unpaidDueAt: 0 };
  const now = deps.clock.now();
  const { pace } = await deps.control.read();
  if (pace.heldUntil > now) return { plans: [], unpaid: planned, unpaidDueAt: pace.heldUntil };

  const cost = planned.reduce((sum, { plan }) => sum + costOf(plan), 0);
  const paidBefore = chunk.wake === 1 ? chunk.resets.length : 0;
  const extra = cost - paidBefore;
  if (extra > 0) await deps.control.changePace((current) => ({ pace: charge(current, extra, deps.policy.resetsPerSecond, now), result: undefined }));
  return { plans: planned, unpaid: [], unpaidDueAt: now };
}
