/** What a look-up of its guest makes of a reset: what is in doubt is decided, and the rest planned. Pure. */
import type { GraphUser } from '../guest/guest.ts';
import type { Found } from '../guest/look-up.ts';
import { afterFailedLookUp, afterLateLook, afterLook } from './after-answer.ts';
import type { Moment } from './running-time.ts';
import { end, succeed } from './changes.ts';
import { redeemedSince } from './doubt.ts';
import { SEEN_WITHOUT_URL, UNKNOWN } from './lost-answer.ts';
import { names } from './notes.ts';
import { decidePreflight, type PreflightSettings } from './preflight.ts';
import type { PlannedReset } from './send-plan.ts';
import { SAME_GUEST_TWICE } from './preflight-verdicts.ts';
import type { ResetRecord } from './reset.ts';

export interface LookedUp {
  readonly found: Found;
  /** False where an earlier attempt never came as far as claiming the guest, or somebody else has claimed it since. */
  readonly wasClaimed: boolean;
}

/**
 * @param rowOfGuest learns the guests as they become known: the first row of a guest keeps it
 * @returns the reset where it is not to be sent now
 */
export function afterLookUp(
  due: ResetRecord,
  { found, wasClaimed }: LookedUp,
  rowOfGuest: Map<string, number>,
  settings: PreflightSettings,
  moment: Moment,
): PlannedReset | ResetRecord {
  if (found.kind === 'failed') {
    // No refusal stops a dry run, so its time ends it.
    const isEndless = found.class === 'tenant' && settings.window.isDryRun === true;
    return afterFailedLookUp(due, isEndless ? { ...found, class: 'retry' } : found, moment);
  }
  const user = found.kind === 'user' ? found.user : undefined;
  const record = due.nextAction === 'look' ? afterLook(due, user, wasClaimed, moment) : due;
  if (record.status !== 'pending') return record;
  const ended = user === undefined ? undefined : afterEarlierRequest(record, user, wasClaimed, moment.now);
  if (ended !== undefined) return ended;

  const preflight = decidePreflight(record, found, settings);
  const guestId = preflight.kind === 'send' ? preflight.plan.guestId : preflight.guestId;
  const { row } = due.request;
  if (guestId !== undefined && (rowOfGuest.get(guestId) ?? row) !== row)
    return end(record, 'failed', { verdict: SAME_GUEST_TWICE, guestId }, moment.now);
  if (guestId !== undefined) rowOfGuest.set(guestId, row);
  return preflight.kind === 'end'
    ? end(record, preflight.status, preflight, moment.now)
    : { plan: preflight.plan, record };
}

/** A reset that is about to be sent again, where an earlier request of it shows after all, or may. */
function afterEarlierRequest(
  record: ResetRecord,
  user: GraphUser,
  wasClaimed: boolean,
  now: number,
): ResetRecord | undefined {
  const late = wasClaimed ? afterLateLook(record, user, now) : undefined;
  if (late !== undefined) return late;
  switch (redeemedSince(record, user)) {
    case 'no':
      return undefined;
    case 'perhapsAnother':
      return end(record, 'unknown', { verdict: UNKNOWN }, now);
    case 'this': {
      const { attempts } = record;
      const how = { verdict: SEEN_WITHOUT_URL, verification: 'verified', attempts, after: names(user) } as const;
      return succeed(record, how, now);
    }
  }
}
