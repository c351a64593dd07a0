/** Makes sure that the new addresses of a visit belong to nobody else. */
import { afterFailedLookUp } from '../../domain/reset/after-answer.ts';
import { decideNewAddress, lookUpOfAddress } from '../../domain/guest/new-address.ts';
import { addressWantedTwice } from '../../domain/reset/preflight-verdicts.ts';
import { afterSilence } from '../../domain/reset/put-off.ts';
import { end } from '../../domain/reset/changes.ts';
import type { ResetRecord, Verdict } from '../../domain/reset/reset.ts';
import { circumstances } from './circumstances.ts';
import type { Deps } from '../deps.ts';
import type { PlannedReset } from './inspect-guests.ts';
import { lookUp, turnAfterSilence } from './keep-silence.ts';
import type { Visit } from './visit.ts';

/** @returns what becomes of the resets that cannot have their new address (now), by row */
export async function checkAddresses(
  deps: Pick<Deps, 'directory' | 'control' | 'policy' | 'clock' | 'random' | 'log'>,
  visit: Visit,
  plans: readonly PlannedReset[],
): Promise<Map<number, ResetRecord>> {
  const changes = new Map<number, ResetRecord>();
  const rowOfAddress = new Map<string, number>();
  const asked: PlannedReset[] = [];
  for (const planned of plans) {
    const { plan, record } = planned;
    if (plan.emailChange === undefined) continue;
    const earlier = rowOfAddress.get(plan.address.toLowerCase());
    if (earlier !== undefined) {
      changes.set(plan.row, refuse(record, addressWantedTwice(earlier), plan.guestId, deps.clock.now()));
      continue;
    }
    rowOfAddress.set(plan.address.toLowerCase(), plan.row);
    asked.push(planned);
  }
  if (asked.length === 0) return changes;

  // The look-ups of the guests themselves may just have been throttled.
  const comesAgainAt = await turnAfterSilence(deps, asked.length);
  if (comesAgainAt !== undefined)
    return new Map([
      ...changes,
      ...asked.map(
        ({ plan, record }) =>
          [plan.row, afterSilence(record, { dueAt: comesAgainAt }, circumstances(deps, visit))] as const,
      ),
    ]);
  const { found } = await lookUp(
    deps,
    asked.map(({ plan }) => lookUpOfAddress(plan)),
  );
  for (const [position, { plan, record }] of asked.entries()) {
    const each = found[position];
    if (each === undefined) continue;
    const around = circumstances(deps, visit);
    if (each.kind === 'failed') {
      changes.set(plan.row, afterFailedLookUp(record, each, around));
      continue;
    }
    const verdict = decideNewAddress(plan, each);
    if (verdict !== undefined) changes.set(plan.row, refuse(record, verdict, plan.guestId, around.now));
  }
  return changes;
}

const refuse = (record: ResetRecord, verdict: Verdict, guestId: string, now: number): ResetRecord =>
  end(record, 'failed', { verdict, guestId }, now);
