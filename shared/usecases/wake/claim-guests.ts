/**
 * The claims on guests, which two resets of one guest meet in: what a claim says to a reset that only looks, and how a
 * reset that is about to be sent writes its own.
 */
import { afterOther } from '../../domain/reset/put-off.ts';
import type { Change, Chunk } from '../../domain/chunk/chunk.ts';
import { claimSettings, decideClaim, type ClaimDecision, type GuestClaim } from '../../domain/claim/claim.ts';
import { claimedByOther, resetAlready } from '../../domain/claim/verdicts.ts';
import { hasTooMany } from '../../domain/graph/invitation.ts';
import { isFresh, type AddressMemory } from '../../domain/claim/known-addresses.ts';
import { keepAddresses, type SendPlan } from '../../domain/reset/send-plan.ts';
import { TOO_MANY_ADDRESSES } from '../../domain/reset/preflight-verdicts.ts';
import { end } from '../../domain/reset/changes.ts';
import type { ResetRecord } from '../../domain/reset/reset.ts';
import { whileChanged } from '../change-row.ts';
import type { Deps } from '../deps.ts';
import { momentOf, type Visit } from './visit.ts';

/** What the guest's claim says to a reset that has not claimed the guest yet. Only reads. */
export async function readClaim(
  { guests, chunks, clock }: Pick<Deps, 'guests' | 'chunks' | 'clock'>,
  { job }: Visit,
  chunk: Chunk,
  { guestId, row }: SendPlan,
): Promise<ClaimDecision> {
  const current = await guests.current(guestId);
  if (current === undefined) return { kind: 'take' };
  const holder = await chunks.read(current.value.jobId, current.value.chunk);
  const mine = { jobId: job.id, chunk: chunk.index, row };
  return decideClaim(mine, current.value, holder?.value, claimSettings(job), clock.now());
}

export interface Claims {
  readonly taken: readonly SendPlan[];
  /** Resets that may not be sent now, by row. */
  readonly refused: ReadonlyMap<number, Change>;
  /** True when the tables failed for any of them: then nothing may be sent. */
  readonly failed: boolean;
}

/** Writes each guest's claim, and finds those whom another reset has claimed or has just reset. */
export async function claimGuests(
  deps: Deps,
  visit: Visit,
  sending: Chunk,
  plans: readonly SendPlan[],
): Promise<Claims> {
  const results = await Promise.all(
    plans.map(async (plan) => {
      try {
        return { plan, claimed: await claimGuest(deps, visit, sending, plan) };
      } catch (error) {
        deps.log.error('claimFailed', { jobId: sending.jobId, chunk: sending.index, row: plan.row }, error);
        return { plan, claimed: 'failed' as const };
      }
    }),
  );
  const taken: SendPlan[] = [];
  const refused = new Map<number, Change>();
  for (const { plan, claimed } of results)
    if (typeof claimed === 'function') refused.set(plan.row, claimed);
    else if (claimed !== 'failed') taken.push(claimed);
  const failed = results.some(({ claimed }) => claimed === 'failed');
  return { taken, refused, failed };
}

/** @returns the plan, with every address that an earlier change knew and the look-up may not show yet; or why not */
async function claimGuest(deps: Deps, visit: Visit, sending: Chunk, plan: SendPlan): Promise<SendPlan | Change> {
  const { guests, chunks, clock, policy } = deps;
  const mine = { jobId: visit.job.id, chunk: sending.index, row: plan.row, attemptId: sending.attemptId ?? '' };
  let keeping = plan;
  let claim: GuestClaim = { ...mine, ...memoryOf(plan, undefined, clock.now()) };
  let version: string | undefined;
  return whileChanged('the claim of a guest', async () => {
    if ((await guests.claim(plan.guestId, claim, clock.now(), version)) === 'claimed') return keeping;
    const current = await guests.current(plan.guestId);
    version = current?.version;
    if (current === undefined) return 'changed';
    const holder = await chunks.read(current.value.jobId, current.value.chunk);
    const decision = decideClaim(mine, current.value, holder?.value, claimSettings(visit.job), clock.now());
    if (decision.kind !== 'take') return changeOf(deps, visit, plan, decision);
    const isKept = isFresh(current.value.memory, policy.replicationLagSeconds, clock.now());
    const memory = isKept ? current.value.memory : undefined;
    keeping = memory === undefined ? plan : keepAddresses(plan, memory.addresses);
    if (keeping.emailChange !== undefined && hasTooMany(keeping.emailChange))
      return (record: ResetRecord) => end(record, 'failed', { verdict: TOO_MANY_ADDRESSES }, clock.now());
    const { lastSuccess } = decision;
    claim = {
      ...mine,
      ...(lastSuccess !== undefined && { lastSuccess }),
      ...memoryOf(keeping, memory, clock.now()),
    };
    return 'changed';
  });
}

/** What becomes of a reset whose guest another one has. */
export function changeOf(
  deps: Pick<Deps, 'policy' | 'clock' | 'random'>,
  visit: Visit,
  { guestId }: SendPlan,
  decision: Exclude<ClaimDecision, { kind: 'take' }>,
): Change {
  switch (decision.kind) {
    // What this attempt makes of the reset counts no more, and is not written.
    case 'superseded':
      return (record) => record;
    case 'wait': {
      const wait = { until: decision.until, verdict: claimedByOther(decision.jobId) };
      return (record) => afterOther(record, wait, momentOf(deps, visit));
    }
    case 'skip': {
      const verdict = resetAlready(visit.job, guestId, decision.success);
      return (record) => end(record, 'skipped', { verdict, guestId }, deps.clock.now());
    }
  }
}

/** What the claim remembers: all addresses of a change of emails; else what the one before it knew. */
function memoryOf(
  { emailChange, state, address }: SendPlan,
  before: AddressMemory | undefined,
  now: number,
): Pick<GuestClaim, 'memory'> {
  if (emailChange === undefined) return before === undefined ? {} : { memory: before };
  const addresses = [...emailChange.otherMails, ...(state.mail === null ? [] : [state.mail]), address];
  return { memory: { addresses: [...new Set(addresses)], at: now } };
}
