/** One visit to a chunk: look the guests up, decide, write `sending`, have it sent, write down what became of it. */
import { afterSilence } from '../../domain/reset/put-off.ts';
import { heldBy } from '../../domain/job/canary.ts';
import { cancelPending, cancelVerdict } from '../../domain/job/cancel.ts';
import { changeResets, withNextWake, type Chunk } from '../../domain/chunk/chunk.ts';
import type { Job } from '../../domain/job/job.ts';
import { startSending } from '../../domain/reset/changes.ts';
import { isInDoubt, isTerminal, type ResetRecord } from '../../domain/reset/reset.ts';
import { waitForRoom } from '../../domain/reset/running-time.ts';
import { guestToTry, wasLostInTrial } from '../../domain/stops/trial.ts';
import { circumstances } from './circumstances.ts';
import type { Deps } from '../deps.ts';
import { inspectGuests, type PlannedReset } from './inspect-guests.ts';
import { payFor, turnAway, type TurnedAway } from './pay-for.ts';
import type { Changed, Versioned } from '../ports.ts';
import { recordOutcomes } from './record-outcomes.ts';
import { sendAttempt } from './send-attempt.ts';
import { stopTenant } from './react-to-outcomes.ts';
import { verifyGuests } from './verify-guests.ts';
import type { Visit } from './visit.ts';

export interface Visited {
  /** The chunk as it was left. */
  readonly left: Chunk;
  /** Whether an invitation was answered in this visit, or seen to have happened, and not refused for everybody. */
  readonly isProof: boolean;
  /** Whether there was no room, or Graph wanted silence: another chunk would have to wait as well. */
  readonly isTurnedAway: boolean;
}

/**
 * Does what is due in the chunk; in a trial, for one guest.
 * @returns `changed` when somebody else changed the chunk before anything was sent
 */
export async function visitChunk(deps: Deps, visit: Visit, read: Versioned<Chunk>): Promise<Visited | Changed> {
  const { clock, chunks } = deps;
  const chunk = read.value;
  const now = clock.now();
  const isHeld = heldBy(visit.job);
  const open = chunk.resets.filter((reset) => !isTerminal(reset.status) && !isHeld(reset));
  const isTrial = visit.triesSince !== undefined;
  const tried = isTrial ? guestToTry(visit.job, chunk, now) : undefined;
  const isChosen = (reset: ResetRecord): boolean =>
    isInDoubt(reset) || (visit.maySend && (!isTrial || reset === tried));
  const chosen = open.filter(isChosen);
  const due = chosen.filter((reset) => reset.dueAt <= now);
  const away = await turnAway(deps, visit.job, chunk, due);
  if (away !== undefined) return turnedAway(deps, visit, read, due, away);
  const inspection = await inspectGuests(deps, visit, chunk, due);
  const changes = new Map([...inspection.changes, ...(await verifyGuests(deps, chunk))]);
  if (inspection.refusal !== undefined) await stopTenant(deps, inspection.refusal);

  // Who was in doubt, and may be sent again, is not the one who is tried.
  const maySend = ({ plan }: PlannedReset): boolean => visit.maySend && (!isTrial || plan.row === tried?.request.row);
  const paid = await payFor(deps, visit.job, chunk, inspection.plans.filter(maySend));
  const putOff = ({ plan, record }: PlannedReset, dueAt: number, hasSlot: boolean): void =>
    void changes.set(plan.row, waitForRoom(record, { dueAt, hasSlot }, circumstances(deps, visit)));
  for (const each of paid.unpaid) putOff(each, Math.max(paid.unpaidDueAt, now), takesSlots(visit.job));
  for (const each of inspection.plans) if (!maySend(each)) putOff(each, now, false);
  if (paid.plans.length === 0) {
    const next = withNextWake(
      chunk,
      changeResets(chunk.resets, changes),
      isTrial && due.length === 0 && chosen.length > 0 ? Math.min(...chosen.map(({ dueAt }) => dueAt)) : 0,
      isHeld,
    );
    return writeAndLeave(
      deps,
      read,
      visit.job.cancel === undefined ? next : cancelPending(next, now, cancelVerdict(visit.job)),
      { isProof: hasProof(visit, due, inspection.changes), isTurnedAway: paid.unpaid.length > 0 },
    );
  }

  // Look-ups may take minutes: the quiet time counts from here, as the send window does.
  const startedAt = clock.monotonic();
  const sendingAt = clock.now();
  const attempt = {
    id: deps.random.uuid(),
    quietUntil: sendingAt + deps.policy.quietSeconds * 1000,
    graphDate: inspection.graphDate,
  };
  for (const { plan, record } of paid.plans) changes.set(plan.row, startSending(record, plan, attempt, sendingAt));
  const sending: Chunk = {
    ...chunk,
    attemptId: attempt.id,
    quietUntil: attempt.quietUntil,
    resets: changeResets(chunk.resets, changes),
  };
  const written = await chunks.replace(sending, read.version);
  const claimed =
    written === 'changed' ? await findOwnWrite(deps, sending) : { value: sending, version: written.version };
  if (claimed === 'changed') return 'changed';

  const attempted = await sendAttempt(
    deps,
    visit,
    sending,
    paid.plans.map(({ plan }) => plan),
    { paidAt: paid.paidAt, startedAt },
  );
  const isProof =
    attempted.invited.some(({ kind }) => kind === 'done' || kind === 'failed') ||
    hasProof(visit, due, inspection.changes);
  return { left: await recordOutcomes(deps, claimed, attempted.changes, isHeld), isProof, isTurnedAway: false };
}

/** A write that came too late may be our own, repeated by the SDK after a lost answer. */
async function findOwnWrite(deps: Deps, mine: Chunk): Promise<Versioned<Chunk> | Changed> {
  const current = await deps.chunks.read(mine.jobId, mine.index);
  return current !== undefined && current.value.attemptId === mine.attemptId ? current : 'changed';
}

/** A request of a trial, its answer lost, that a look has found to have happened. */
function hasProof(
  { triesSince = Infinity }: Visit,
  due: readonly ResetRecord[],
  changes: ReadonlyMap<number, ResetRecord>,
): boolean {
  return due.some(
    (record) => wasLostInTrial(record, triesSince) && changes.get(record.request.row)?.status === 'succeeded',
  );
}

/** Nobody is looked up: there is no room for any of these, or Graph wants silence. */
async function turnedAway(
  deps: Deps,
  visit: Visit,
  read: Versioned<Chunk>,
  due: readonly ResetRecord[],
  { dueAt, isSilence, hasSlot }: TurnedAway,
): Promise<Visited | Changed> {
  const { job } = visit;
  const around = circumstances(deps, visit);
  const putOff = (record: ResetRecord): ResetRecord => {
    const why = { dueAt, hasSlot: hasSlot && takesSlots(job) };
    return isSilence ? afterSilence(record, why, around) : waitForRoom(record, why, around);
  };
  const changes = new Map(due.map((record) => [record.request.row, putOff(record)]));
  const first = Math.min(dueAt, ...[...changes.values()].map((record) => record.dueAt));
  const next = withNextWake(read.value, changeResets(read.value.resets, changes), first);
  return writeAndLeave(
    deps,
    read,
    job.cancel === undefined ? next : cancelPending(next, deps.clock.now(), cancelVerdict(job)),
    { isProof: false, isTurnedAway: true },
  );
}

/** Who comes again in a slot of the tenant's timeline. */
const takesSlots = ({ lane, options }: Job): boolean => lane === 'bulk' && options.maxPerMinute === undefined;

async function writeAndLeave(
  deps: Deps,
  read: Versioned<Chunk>,
  next: Chunk,
  what: Omit<Visited, 'left'>,
): Promise<Visited | Changed> {
  return (await deps.chunks.replace(next, read.version)) === 'changed' ? 'changed' : { left: next, ...what };
}
