/** Makes sure that the new addresses of a visit belong to nobody else. */
import { afterFailedLookUp } from '../../domain/reset/after-answer.ts';
import type { PlannedReset } from '../../domain/reset/send-plan.ts';
import type { Change, Changes } from '../../domain/chunk/chunk.ts';
import { decideNewAddress, lookUpOfAddress } from '../../domain/reset/new-address.ts';
import { addressWantedTwice } from '../../domain/reset/preflight-verdicts.ts';
import { afterThrottling } from '../../domain/reset/put-off.ts';
import { end } from '../../domain/reset/changes.ts';
import type { Verdict } from '../../domain/reset/reset.ts';
import type { Deps } from '../deps.ts';
import { lookUp, takeTurnAfterThrottling } from '../throttling.ts';
import { momentOf, type Visit } from './visit.ts';

/** @returns what becomes of the resets that cannot have their new address (now) */
export async function checkAddresses(
  deps: Pick<Deps, 'directory' | 'control' | 'policy' | 'clock' | 'random' | 'log' | 'measure'>,
  visit: Visit,
  plans: readonly PlannedReset[],
): Promise<Changes> {
  const refuse =
    ({ plan, record }: PlannedReset, verdict: Verdict): Change =>
    () =>
      end(record, 'failed', { verdict, guestId: plan.guestId }, deps.clock.now());
  const changes = new Map<number, Change>();
  const rowOfAddress = new Map<string, number>();
  const asked: PlannedReset[] = [];
  for (const planned of plans.filter(({ plan }) => plan.emailChange !== undefined)) {
    const { row, address } = planned.plan;
    const earlier = rowOfAddress.get(address.toLowerCase());
    if (earlier === undefined) {
      rowOfAddress.set(address.toLowerCase(), row);
      asked.push(planned);
    } else changes.set(row, refuse(planned, addressWantedTwice(earlier)));
  }
  if (asked.length === 0) return changes;

  // The look-ups of the guests themselves may just have been throttled.
  const dueAt = await takeTurnAfterThrottling(deps, asked.length);
  if (dueAt !== undefined) {
    for (const { plan, record } of asked)
      changes.set(plan.row, () => afterThrottling(record, { dueAt }, momentOf(deps, visit)));
    return changes;
  }
  const { found } = await lookUp(
    deps,
    asked.map(({ plan }) => lookUpOfAddress(plan)),
  );
  for (const [position, planned] of asked.entries()) {
    const { plan, record } = planned;
    const each = found[position];
    if (each?.kind === 'failed') {
      changes.set(plan.row, () => afterFailedLookUp(record, each, momentOf(deps, visit)));
      continue;
    }
    const verdict = each && decideNewAddress(plan, each);
    if (verdict !== undefined) changes.set(plan.row, refuse(planned, verdict));
  }
  return changes;
}
