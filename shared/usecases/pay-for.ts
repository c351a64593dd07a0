/** What of a visit may be sent now: as much as the tenant's budgets allow. */
import { acquire, DELIVERY_SECONDS } from '../domain/budget.ts';
import type { Chunk } from '../domain/chunk.ts';
import type { Job } from '../domain/job.ts';
import { pay } from '../domain/pay.ts';
import { costOf } from '../domain/preflight.ts';
import type { Deps } from './deps.ts';
import type { PlannedReset } from './inspect-guests.ts';

export interface Paid {
  readonly plans: readonly PlannedReset[];
  /** Stay as they are until `unpaidDueAt`. */
  readonly unpaid: readonly PlannedReset[];
  readonly unpaidDueAt: number;
}

export async function payFor({ clock, control, policy }: Deps, { lane }: Job, chunk: Chunk, planned: readonly PlannedReset[]): Promise<Paid> {
  if (planned.length === 0) return { plans: [], unpaid: [], unpaidDueAt: 0 };
  const now = clock.now();
  const { heldUntil } = (await control.read()).pace;
  if (heldUntil > now) return { plans: [], unpaid: planned, unpaidDueAt: heldUntil };
  const costs = planned.map(({ plan }) => ({ writes: costOf(plan), invitations: 1 }));
  // Dispatch takes a slot for every reset of a first wake; who was put off for lack of room has taken one anew.
  const withSlot = chunk.wake === 1 ? chunk.resets.length : planned.filter(({ record }) => record.hasSlot === true).length;
  return control.changePace((pace) => {
    const { pace: next, granted, restDueAt } = pay(pace, costs, lane, withSlot, policy.resetsPerSecond, now);
    return { pace: next, result: { plans: planned.slice(0, granted), unpaid: planned.slice(granted), unpaidDueAt: restDueAt } };
  });
}

/**
 * Invitations that were paid for a while ago would meet those that were paid for since, in one window. They are paid for once
 * more, for the moment at which they go; after a moment of waiting if need be.
 * @param paidAt monotonic time of the payment
 * @param until monotonic time after which they may not go any more
 * @returns whether they may go now
 */
export async function payAgain({ clock, control, policy }: Deps, invitations: number, paidAt: number, until: number): Promise<boolean> {
  if (clock.monotonic() - paidAt <= DELIVERY_SECONDS * 1000) return true;
  for (;;) {
    const now = clock.now();
    const { granted, retryAt } = await control.changePace((pace) => {
      const acquired = acquire(pace.spent, [{ writes: 0, invitations }], policy.resetsPerSecond, now);
      return { pace: { ...pace, spent: acquired.spent }, result: acquired };
    });
    if (granted > 0) return true;
    if (clock.monotonic() + retryAt - now > until) return false;
    await clock.sleep(retryAt - now);
  }
}
