/** What of a visit may be sent now: as much as one batch holds and the pace allows. */
import type { Chunk } from '../domain/chunk.ts';
import { GRAPH_BATCH_MAX_REQUESTS } from '../domain/limits.ts';
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

  const { plans, unpaid, cost } = fillBatch(planned);
  const paidBefore = chunk.wake === 1 ? chunk.resets.length : 0;
  const extra = cost - paidBefore;
  if (extra > 0) await deps.control.changePace((current) => ({ pace: charge(current, extra, deps.policy.resetsPerSecond, now), result: undefined }));
  return { plans, unpaid, unpaidDueAt: now };
}

/** As many resets as one batch holds: an added email is a request of its own. */
function fillBatch(planned: readonly PlannedReset[]): { plans: PlannedReset[]; unpaid: PlannedReset[]; cost: number } {
  const plans: PlannedReset[] = [];
  const unpaid: PlannedReset[] = [];
  let cost = 0;
  for (const each of planned) {
    const more = costOf(each.plan);
    if (cost + more > GRAPH_BATCH_MAX_REQUESTS) unpaid.push(each);
    else { plans.push(each); cost += more; }
  }
  return { plans, unpaid, cost };
}
