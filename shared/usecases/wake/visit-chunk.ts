/**
 * One visit to a chunk: choose whom to work on, turn away, look at the guests and decide, verify, pay, claim the chunk,
 * send (which claims the guests), record. Any of these steps may be the last, of the visit or of the process. What a
 * canary, a trial and a stop are stands in `domain/job/canary.ts`, `domain/job/trial.ts` and `domain/stops/stop.ts`.
 */
import { afterThrottling } from '../../domain/reset/put-off.ts';
import { behindCanary } from '../../domain/job/canary.ts';
import { changeResets, type Change, type Changes, type Chunk } from '../../domain/chunk/chunk.ts';
import type { Job } from '../../domain/job/job.ts';
import type { PlannedReset } from '../../domain/reset/send-plan.ts';
import { startSending } from '../../domain/reset/changes.ts';
import { isInDoubt, isTerminal, type ResetRecord } from '../../domain/reset/reset.ts';
import { waitForRoom } from '../../domain/reset/running-time.ts';
import { guestToTry, wasLostInTrial } from '../../domain/job/trial.ts';
import type { Deps } from '../deps.ts';
import type { Changed, Versioned } from '../ports.ts';
import { writeChunk } from '../write-chunk.ts';
import { inspectGuests } from './inspect-guests.ts';
import { payFor, takeLaterTurn, type Paid, type TurnedAway } from './pay-for.ts';
import { stopTenant } from './react-to-outcomes.ts';
import { recordOutcomes } from './record-outcomes.ts';
import { sendAttempt, type Attempt } from './send-attempt.ts';
import { verifyGuests } from './verify-guests.ts';
import { leave, momentOf, type Visit, type Visited } from './visit.ts';

/**
 * Does what is due in the chunk; in a trial, for one guest.
 * @returns `changed` when somebody else changed the chunk before anything was sent
 */
export async function visitChunk(deps: Deps, visit: Visit, read: Versioned<Chunk>): Promise<Visited | Changed> {
  const chosen = choose(visit, read.value, deps.clock.now());
  const away = await takeLaterTurn(deps, visit.job, read.value, chosen.due);
  if (away !== undefined) return comeBackLater(deps, visit, read, chosen.due, away);

  const looked = await inspectGuests(deps, visit, read.value, chosen.due);
  const changes = new Map([...looked.changes, ...(await verifyGuests(deps, read.value))]);
  if (looked.refusal !== undefined) await stopTenant(deps, looked.refusal);

  const { paid, unpaid } = await payFor(deps, visit.job, read.value, looked.plans.filter(chosen.mayGo));
  putOff(
    changes,
    deps,
    visit,
    looked.plans.filter((each) => !chosen.mayGo(each)),
  );
  if (unpaid !== undefined) putOff(changes, deps, visit, unpaid.plans, unpaid.dueAt);
  const wasSeen = wasSeenToHappen(visit, chosen.due, looked.changes);
  if (paid === undefined) {
    const left = await leave(deps, visit, read, changes, chosen.notBefore);
    return left === 'changed' ? left : { left, provesStopOver: wasSeen, isTurnedAway: unpaid !== undefined };
  }

  const attempt = await claimChunk(deps, visit.job, read, changes, paid, looked.graphDate);
  if (attempt === 'changed') return attempt;
  const attempted = await sendAttempt(deps, visit, attempt);
  const left = await recordOutcomes(deps, visit.job, attempt.sending, attempted.changes);
  const wasAnswered = attempted.invited.some(({ kind }) => kind === 'done' || kind === 'failed');
  return { left, provesStopOver: wasSeen || wasAnswered, isTurnedAway: false };
}

interface Chosen {
  /** Whom the visit works on. */
  readonly due: readonly ResetRecord[];
  /** Who of these may be sent: in a trial only its guest, and nobody who was in doubt and may be sent again. */
  readonly mayGo: (planned: PlannedReset) => boolean;
  /** In a trial: when its guest is due, where that is later. */
  readonly notBefore: number;
}

/** While nothing may be sent, who is in doubt is looked at all the same. */
function choose({ job, maySend, triesSince }: Visit, chunk: Chunk, now: number): Chosen {
  const isBehindCanary = behindCanary(job);
  const isTrial = triesSince !== undefined;
  const tried = isTrial ? guestToTry(job, chunk, now) : undefined;
  const open = chunk.resets.filter((reset) => !isTerminal(reset.status) && !isBehindCanary(reset));
  const chosen = open.filter((reset) => isInDoubt(reset) || (maySend && (!isTrial || reset === tried)));
  const due = chosen.filter((reset) => reset.dueAt <= now);
  return {
    due,
    mayGo: ({ plan }) => maySend && (!isTrial || plan.row === tried?.request.row),
    notBefore: isTrial && due.length === 0 && chosen.length > 0 ? Math.min(...chosen.map(({ dueAt }) => dueAt)) : 0,
  };
}

/** Nobody is looked up: there is no room for any of these, or Graph asks to wait. */
async function comeBackLater(
  deps: Deps,
  visit: Visit,
  read: Versioned<Chunk>,
  due: readonly ResetRecord[],
  away: TurnedAway,
): Promise<Visited | Changed> {
  const moment = momentOf(deps, visit);
  const why = { dueAt: away.dueAt, hasSlot: away.hasSlot && takesSlots(visit.job) };
  const later = due.map((record) =>
    away.isThrottled ? afterThrottling(record, why, moment) : waitForRoom(record, why, moment),
  );
  const first = Math.min(away.dueAt, ...later.map(({ dueAt }) => dueAt));
  const left = await leave(deps, visit, read, new Map(later.map((each) => [each.request.row, () => each])), first);
  return left === 'changed' ? left : { left, provesStopOver: false, isTurnedAway: true };
}

/**
 * Lets these wait without running: until their turn, where one was taken for them; else for the guest who is tried, or
 * for the stop to be lifted.
 */
function putOff(
  changes: Map<number, Change>,
  deps: Deps,
  visit: Visit,
  plans: readonly PlannedReset[],
  turnAt?: number,
): void {
  const moment = momentOf(deps, visit);
  const hasSlot = turnAt !== undefined && takesSlots(visit.job);
  const wait = { dueAt: Math.max(turnAt ?? 0, moment.now), hasSlot };
  for (const { plan, record } of plans) changes.set(plan.row, () => waitForRoom(record, wait, moment));
}

/** Who comes again in a slot of the tenant's timeline. */
const takesSlots = ({ lane, options }: Job): boolean => lane === 'bulk' && options.maxPerMinute === undefined;

/** Writes `sending`: this compare-and-set is the claim on the chunk. */
async function claimChunk(
  deps: Deps,
  job: Job,
  read: Versioned<Chunk>,
  changes: Changes,
  { plans, paidAt, paidOn }: Paid,
  graphDate: number,
): Promise<Attempt | Changed> {
  const { clock, random, policy } = deps;
  const chunk = read.value;
  // Look-ups may take minutes: the quiet time counts from here, as the send window does.
  const startedAt = clock.monotonic();
  const now = clock.now();
  const attempt = { id: random.uuid(), quietUntil: now + policy.quietSeconds * 1000, graphDate, paidOn };
  const all = new Map(changes);
  for (const { plan, record } of plans) all.set(plan.row, () => startSending(record, plan, attempt, now));
  const sending: Chunk = {
    ...chunk,
    attemptId: attempt.id,
    quietUntil: attempt.quietUntil,
    resets: changeResets(chunk.resets, all),
  };
  const written = await writeChunk(deps, job, read, sending);
  if (written === 'changed') return written;
  return {
    sending: { value: sending, version: written.version },
    plans: plans.map(({ plan }) => plan),
    paidAt,
    startedAt,
  };
}

/** Whether a look has found that a request of the trial has happened whose answer was lost. */
function wasSeenToHappen({ triesSince = Infinity }: Visit, due: readonly ResetRecord[], changes: Changes): boolean {
  return due.some(
    (record) => wasLostInTrial(record, triesSince) && changes.get(record.request.row)?.(record).status === 'succeeded',
  );
}
