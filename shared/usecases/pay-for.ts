/** What of a visit may be sent now: as much as the tenant's budgets allow. */
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
