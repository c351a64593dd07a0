/** One visit to a chunk: look the guests up, decide, write `sending`, have it sent, write down what became of it. */
import { afterSilence } from '../domain/put-off.ts';
import { heldBy } from '../domain/canary.ts';
import { cancelPending, cancelVerdict } from '../domain/cancel.ts';
import { changeResets, withNextWake, type Chunk } from '../domain/chunk.ts';
import type { Job } from '../domain/job.ts';
import { wasRefused } from '../domain/refusals.ts';
import { startSending } from '../domain/reset-changes.ts';
import { isInDoubt, isTerminal, type ResetRecord } from '../domain/reset.ts';
import { waitForRoom } from '../domain/running-time.ts';
import { circumstances } from './circumstances.ts';
import type { Deps } from './deps.ts';
import { inspectGuests } from './inspect-guests.ts';
import { giveBack, payFor, turnAway, type TurnedAway } from './pay-for.ts';
import type { Changed, Versioned } from './ports.ts';
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
  const chosen = !visit.maySend ? open.filter(isInDoubt) : visit.isTrial ? toTry(open, now) : open;
  const due = chosen.filter((reset) => reset.dueAt <= now);
  const away = await turnAway(deps, visit.job, chunk, due);
  if (away !== undefined) return turnedAway(deps, visit, read, due, away);
  const inspection = await inspectGuests(deps, visit, chunk, due);
  const changes = new Map([...inspection.changes, ...(await verifyGuests(deps, chunk))]);
  if (inspection.refusal !== undefined) await stopTenant(deps, inspection.refusal);

  const paid = visit.maySend
    ? await payFor(deps, visit.job, chunk, inspection.plans)
    : { plans: [], unpaid: inspection.plans, unpaidDueAt: now, paidAt: 0, paidOn: 0 };
  for (const { plan, record } of paid.unpaid)
    changes.set(
      plan.row,
      waitForRoom(
        record,
        { dueAt: Math.max(paid.unpaidDueAt, now), hasSlot: visit.maySend && takesSlots(visit.job) },
        circumstances(deps, visit),
      ),
    );
  if (paid.plans.length === 0) {
    const next = withNextWake(
      chunk,
      changeResets(chunk.resets, changes),
      visit.isTrial && due.length === 0 ? chosen[0]?.dueAt : 0,
      isHeld,
    );
    return writeAndLeave(
      deps,
      read,
      visit.job.cancel === undefined ? next : cancelPending(next, now, cancelVerdict(visit.job)),
      hasProof(due, inspection.changes),
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
  if (claimed === 'changed') {
    await giveBack(deps, { attemptId: attempt.id, count: paid.plans.length, paidOn: paid.paidOn });
    return 'changed';
  }

  const attempted = await sendAttempt(
    deps,
    visit,
    sending,
    paid.plans.map(({ plan }) => plan),
    { paidAt: paid.paidAt, paidOn: paid.paidOn, startedAt },
  );
  const isProof =
    attempted.invited.some(({ kind }) => kind === 'done' || kind === 'failed') || hasProof(due, inspection.changes);
  return { left: await recordOutcomes(deps, claimed, attempted.changes, isHeld), isProof };
}

/** Whom a trial is about, and those with an odd answer: they are only looked at, and hold nobody up. */
function toTry(open: readonly ResetRecord[], now: number): ResetRecord[] {
  const isOdd = ({ oddAnswer }: ResetRecord): boolean => oddAnswer !== undefined;
  return [
    ...oneToTry(
      open.filter((record) => !isOdd(record)),
      now,
    ),
    ...open.filter(isOdd),
  ];
}

/**
 * The guest of a trial: one whose request Graph wants to wait, or that was begun with, rather than a fresh one; one
 * that was
 * refused before only at last. Guests that wait for something else, a look-up or another job, hold nobody up.
 */
function oneToTry(open: readonly ResetRecord[], now: number): ResetRecord[] {
  const rank = ({ verdict, startedAt, dueAt, failedLookUps = 0 }: ResetRecord): number => {
    if (dueAt > now && (failedLookUps > 0 || startedAt === undefined || verdict?.code === 'heldByOther')) return 3;
    return wasRefused(verdict) ? 2 : startedAt === undefined ? 1 : 0;
  };
  return open.toSorted((one, other) => rank(one) - rank(other)).slice(0, 1);
}

/** A write that came too late may be our own, repeated by the SDK after a lost answer. */
async function findOwnWrite(deps: Deps, mine: Chunk): Promise<Versioned<Chunk> | Changed> {
  const current = await deps.chunks.read(mine.jobId, mine.index);
  return current !== undefined && current.value.attemptId === mine.attemptId ? current : 'changed';
}

/** A request in doubt that a look has found to have happened. */
function hasProof(due: readonly ResetRecord[], changes: ReadonlyMap<number, ResetRecord>): boolean {
  return due.some((record) => isInDoubt(record) && changes.get(record.request.row)?.status === 'succeeded');
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
  const next = withNextWake(read.value, changeResets(read.value.resets, changes), dueAt);
  return writeAndLeave(
    deps,
    read,
    job.cancel === undefined ? next : cancelPending(next, deps.clock.now(), cancelVerdict(job)),
    false,
  );
}

/** Who comes again in a slot of the tenant's timeline. */
const takesSlots = ({ lane, options }: Job): boolean => lane === 'bulk' && options.maxPerMinute === undefined;

async function writeAndLeave(
  deps: Deps,
  read: Versioned<Chunk>,
  next: Chunk,
  isProof: boolean,
): Promise<Visited | Changed> {
  return (await deps.chunks.replace(next, read.version)) === 'changed' ? 'changed' : { left: next, isProof };
}
