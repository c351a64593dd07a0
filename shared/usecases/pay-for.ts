/** What of a visit may be sent now: as much as the pace allows. */
import type { Chunk } from '../domain/chunk.ts';
import { acquire, type Cost } from '../domain/budget.ts';
import type { Job } from '../domain/job.ts';
import { charge, reserve, type Pace } from '../domain/pace.ts';
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
 * Takes what the visit really costs from the tenant's budgets. Dispatch has planned one write for each reset of a first wake;
 * whatever else is sent, added emails and repeats, pushes later slots back. What finds no room takes a slot anew.
 */
export async function payFor(deps: Deps, { lane }: Job, chunk: Chunk, planned: readonly PlannedReset[]): Promise<Paid> {
  if (planned.length === 0) return { plans: [], unpaid: [], unpaidDueAt: 0 };
  const { resetsPerSecond } = deps.policy;
  const now = deps.clock.now();
  const costs = planned.map(({ plan }): Cost => ({ writes: costOf(plan), invitations: 1 }));
  const wasPlanned = chunk.wake === 1 ? chunk.resets.length : 0;
  return deps.control.changePace((pace): { pace: Pace; result: Paid } => {
    if (pace.heldUntil > now) return { pace, result: { plans: [], unpaid: planned, unpaidDueAt: pace.heldUntil } };
    const { granted, spent, retryAt } = acquire(pace.spent, costs, resetsPerSecond, now);
    const extra = costs.slice(0, granted).reduce((sum, { writes }) => sum + writes, 0) - wasPlanned;
    const paid = charge({ ...pace, spent }, Math.max(0, extra), resetsPerSecond, now);
    const result = { plans: planned.slice(0, granted), unpaid: planned.slice(granted), unpaidDueAt: retryAt };
    if (granted === planned.length || lane === 'priority') return { pace: paid, result };
    const later = reserve(paid, planned.length - granted, lane, resetsPerSecond, now);
    return { pace: later.pace, result: { ...result, unpaidDueAt: Math.max(retryAt, Math.ceil(later.slotAt)) } };
  });
}
