/** Writes each guest's claim, and finds those whom another reset holds or has just reset. */
import { afterOther } from '../../domain/reset/put-off.ts';
import type { Chunk } from '../../domain/chunk/chunk.ts';
import {
  decideClaim,
  type ClaimSettings,
  type GuestClaim,
  type ResetReference,
  type Success,
} from '../../domain/guest/claim.ts';
import type { JobId } from '../../domain/ids.ts';
import type { Job } from '../../domain/job/job.ts';
import { iso } from '../../domain/instant.ts';
import { hasTooMany } from '../../domain/graph/invitation.ts';
import { isFresh, type AddressMemory } from '../../domain/guest/known-addresses.ts';
import { keepAddresses, type SendPlan } from '../../domain/reset/preflight.ts';
import { TOO_MANY_ADDRESSES } from '../../domain/reset/preflight-verdicts.ts';
import { end } from '../../domain/reset/changes.ts';
import type { Verdict } from '../../domain/reset/reset.ts';
import { circumstances } from './circumstances.ts';
import type { Deps } from '../deps.ts';
import type { Change } from './record-outcomes.ts';
import type { Visit } from './visit.ts';

export interface Claims {
  readonly taken: readonly SendPlan[];
  /** Resets that may not be sent now, by row. */
  readonly refused: ReadonlyMap<number, Change>;
  /** True when the tables failed for any of them: then nothing may be sent. */
  readonly failed: boolean;
}

export async function claimGuests(
  deps: Deps,
  visit: Visit,
  sending: Chunk,
  plans: readonly SendPlan[],
): Promise<Claims> {
  const results = await Promise.allSettled(plans.map(async (plan) => claimGuest(deps, visit, sending, plan)));
  const taken: SendPlan[] = [];
  const refused = new Map<number, Change>();
  let failed = false;
  for (const [position, result] of results.entries()) {
    const plan = plans[position];
    if (plan === undefined) continue;
    if (result.status === 'rejected') {
      failed = true;
      deps.log.error('claimFailed', { jobId: sending.jobId, chunk: sending.index, row: plan.row }, result.reason);
    } else if (typeof result.value === 'function') refused.set(plan.row, result.value);
    else taken.push(result.value);
  }
  return { taken, refused, failed };
}

/** Compare-and-sets on one guest's row before something must be wrong. */
const MAX_TRIES = 10;

/** @returns the plan, with every address that an earlier change knew and the look-up may not show yet; or why not */
async function claimGuest(deps: Deps, visit: Visit, sending: Chunk, plan: SendPlan): Promise<SendPlan | Change> {
  const { job } = visit;
  const mine: ResetReference = { jobId: job.id, chunk: sending.index, row: plan.row };
  const attemptId = sending.attemptId ?? '';
  let keeping = plan;
  let claim: GuestClaim = { ...mine, attemptId, ...memoryOf(plan, undefined, deps.clock.now()) };
  let version: string | undefined;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    if ((await deps.guests.claim(plan.guestId, claim, deps.clock.now(), version)) === 'claimed') return keeping;
    const current = await deps.guests.current(plan.guestId);
    if (current === undefined) {
      version = undefined;
      continue;
    }
    const holder = await deps.chunks.read(current.value.jobId, current.value.chunk);
    const decision = decideClaim(
      { ...mine, attemptId },
      current.value,
      holder?.value,
      claimSettings(job),
      deps.clock.now(),
    );
    // What this attempt makes of the reset counts no more, and is not written.
    if (decision.kind === 'superseded') return (record) => record;
    if (decision.kind === 'wait') {
      const { until, jobId } = decision;
      return (record) => afterOther(record, { until, verdict: heldByOther(jobId) }, circumstances(deps, visit));
    }
    if (decision.kind === 'skip')
      return (record) =>
        end(record, 'skipped', { verdict: resetAlready(job, plan.guestId, decision.success) }, deps.clock.now());
    const memory = isFresh(current.value.memory, deps.policy.replicationLagSeconds, deps.clock.now())
      ? current.value.memory
      : undefined;
    keeping = memory === undefined ? plan : keepAddresses(plan, memory.addresses);
    if (keeping.emailChange !== undefined && hasTooMany(keeping.emailChange))
      return (record) => end(record, 'failed', { verdict: TOO_MANY_ADDRESSES }, deps.clock.now());
    claim = {
      ...mine,
      attemptId,
      ...(decision.lastSuccess !== undefined && { lastSuccess: decision.lastSuccess }),
      ...memoryOf(keeping, memory, deps.clock.now()),
    };
    ({ version } = current);
  }
  throw new Error(`the claim of a guest was changed by others ${MAX_TRIES} times in a row`);
}

/** What the claim remembers: all addresses of a change of emails; else what the one before it knew. */
function memoryOf(
  { emailChange, state, address }: SendPlan,
  before: AddressMemory | undefined,
  now: number,
): { memory?: AddressMemory } {
  if (emailChange === undefined) return before === undefined ? {} : { memory: before };
  return {
    memory: {
      addresses: [...new Set([...emailChange.otherMails, ...(state.mail === null ? [] : [state.mail]), address])],
      at: now,
    },
  };
}

export const claimSettings = ({ createdAt, options }: Job): ClaimSettings => ({
  jobSubmittedAt: createdAt,
  skipIfResetWithinHours: options.skipIfResetWithinHours,
  isDryRun: options.dryRun === true,
});

/** The other job may not be the caller's to see, so no sentence names it. */
export const heldByOther = (jobId: JobId): Verdict => ({
  code: 'heldByOther',
  message: 'Another job is resetting this guest.',
  nextStep: 'Nothing: the service waits for that to end.',
  otherJob: { id: jobId },
});

export function resetAlready(job: Job, guestId: string, success: Success): Verdict {
  const when = iso(success.at) ?? 'an unknown time';
  return success.jobId === job.id
    ? { code: 'sameGuestTwice', message: `Another row of this job has reset the guest at ${when}.` }
    : {
        otherJob: { id: success.jobId, resetAt: success.at },
        code: 'resetRecently',
        message: `Another job has reset the guest at ${when}.`,
        nextStep: `GET /api/guests/${guestId}/resets lists the resets that you may see. To reset once more, ${
          job.options.skipIfResetWithinHours === 0
            ? 'submit again: what came a few seconds before a job counts as since.'
            : 'submit with skipIfResetWithinHours 0.'
        }`,
      };
}
