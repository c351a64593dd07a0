/** What of a visit may be sent now: as much as the tenant's budgets allow. */
import { acquire, type Cost } from '../../domain/pace/budget.ts';
import { DELIVERY_SECONDS } from '../../domain/policy.ts';
import type { Chunk } from '../../domain/chunk/chunk.ts';
import type { Job } from '../../domain/job/job.ts';
import type { Pace } from '../../domain/pace/pace.ts';
import { rateFactor } from '../../domain/pace/throttling.ts';
import { moveOwnPayment, pay } from '../../domain/pace/pay.ts';
import { type PlannedReset, costOf } from '../../domain/reset/send-plan.ts';
import { isInDoubt, type ResetRecord } from '../../domain/reset/reset.ts';
import type { Deps } from '../deps.ts';
import { takeTurnAfterThrottling } from '../throttling.ts';

type PayDeps = Pick<Deps, 'clock' | 'control' | 'policy'>;

/** The least that a reset costs; what it really costs shows when its guest has been looked up. */
const LEAST: Cost = { writes: 1, invitations: 1 };

/** When a visit comes again that was turned away, and whether it waits for room or because Graph asks to. */
export interface TurnedAway {
  readonly dueAt: number;
  readonly isThrottled: boolean;
  /** Whether a slot was taken for each. */
  readonly hasSlot: boolean;
}

/**
 * Before anybody is looked up: takes a later turn for these resets, if none of them could be sent now. While Graph asks
 * to wait nobody is looked at either.
 * @returns undefined where some can be sent, or where there are some to be looked at
 */
export async function takeLaterTurn(
  { clock, control, policy }: PayDeps,
  job: Job,
  chunk: Chunk,
  due: readonly ResetRecord[],
): Promise<TurnedAway | undefined> {
  if (due.length === 0 || due.some(isInDoubt)) {
    const dueAt = await takeTurnAfterThrottling({ clock, control, policy }, Math.max(1, due.length));
    return dueAt === undefined ? undefined : { dueAt, isThrottled: true, hasSlot: false };
  }
  const payer = {
    job,
    costs: due.map((record) => ({ ...LEAST, paidOn: record.paidOn })),
    planned: plannedOf(chunk, due),
  };
  const refusal = (pace: Pace): { readonly pace: Pace; readonly result: TurnedAway } | undefined => {
    const now = clock.now();
    const payment = pay(pace, payer, policy, now);
    return payment.granted > 0
      ? undefined
      : {
          pace: payment.pace,
          result: { dueAt: payment.restDueAt, isThrottled: pace.throttledUntil > now, hasSlot: true },
        };
  };
  // What is known of the pace may be a second old: only the row itself turns anybody away.
  if (refusal((await control.read()).pace) === undefined) return undefined;
  return control.changePace((pace) => refusal(pace) ?? { pace, result: undefined });
}

/** Those who may be sent. */
export interface Paid {
  readonly plans: readonly PlannedReset[];
  /** Monotonic time at which they may go. */
  readonly paidAt: number;
  /** When they were paid for, by the clock: in that hour the day's cap has counted them. */
  readonly paidOn: number;
}

export interface Payments {
  readonly paid?: Paid;
  /** Those who stay as they are until `dueAt`. */
  readonly unpaid?: { readonly plans: readonly PlannedReset[]; readonly dueAt: number };
}

/** Pays for as many as there is room for; where a moment of waiting makes room, waits. */
export async function payFor(
  { clock, control, policy }: PayDeps,
  job: Job,
  chunk: Chunk,
  plans: readonly PlannedReset[],
): Promise<Payments> {
  if (plans.length === 0) return {};
  const costs = plans.map(({ plan, record }) => ({
    writes: costOf(plan),
    invitations: 1,
    paidOn: record.paidOn,
  }));
  const records = plans.map(({ record }) => record);
  const payer = { job, costs, planned: plannedOf(chunk, records) };
  const { granted, goAt, restDueAt, paidOn, toMonotonic } = await control.changePace((pace) => {
    const now = clock.now();
    const payment = pay(pace, payer, policy, now);
    return { pace: payment.pace, result: { ...payment, paidOn: now, toMonotonic: clock.monotonic() - now } };
  });
  if (granted > 0) await clock.sleep(Math.max(0, goAt - clock.now()));
  return {
    ...(granted > 0 && { paid: { plans: plans.slice(0, granted), paidAt: goAt + toMonotonic, paidOn } }),
    ...(granted < plans.length && { unpaid: { plans: plans.slice(granted), dueAt: restDueAt } }),
  };
}

/** Dispatch takes a slot for every reset of a first wake; who was put off for lack of room has taken one anew. */
function plannedOf(chunk: Chunk, records: readonly ResetRecord[]): number {
  return chunk.wake === 1 ? chunk.resets.length : records.filter(({ hasSlot }) => hasSlot === true).length;
}

/**
 * Invitations that were paid for a while ago would meet those that were paid for since, in one window. They are paid
 * for once more, for the moment at which they go; after a moment of waiting if need be.
 * @param paidAt monotonic time of the payment
 * @param until monotonic time after which they may not go any more
 * @returns whether they may go now
 */
export async function payAgain(
  { clock, control, policy }: PayDeps,
  job: Job,
  invitations: number,
  paidAt: number,
  until: number,
): Promise<boolean> {
  if (clock.monotonic() - paidAt <= DELIVERY_SECONDS * 1000) return true;
  const goAt = await control.changePace((pace) => {
    const now = clock.now();
    if (pace.throttledUntil > now) return { pace, result: undefined };
    const budgets = { perSecond: policy.resetsPerSecond, rateFactor: rateFactor(pace, now), lane: job.lane };
    const acquired = acquire(
      pace.spent,
      [{ writes: invitations, invitations }],
      budgets,
      now,
      until - clock.monotonic(),
    );
    if (acquired.granted === 0) return { pace, result: undefined };
    return {
      pace: moveOwnPayment({ ...pace, spent: acquired.spent }, job, invitations, acquired.goAt, now),
      result: acquired.goAt,
    };
  });
  if (goAt === undefined) return false;
  await clock.sleep(Math.max(0, goAt - clock.now()));
  return true;
}
