/** Looks the guests of the due resets up, in one batch, and decides about each. */
import { afterFailedLookUp, afterLateLook, afterLook } from '../../domain/reset/after-answer.ts';
import type { Chunk } from '../../domain/chunk/chunk.ts';
import { isClaimOf } from '../../domain/guest/claim.ts';
import { escalateLookUp, lookUpOf, readLookUp, type Found } from '../../domain/guest/look-up.ts';
import { decidePreflight, type PreflightSettings, type SendPlan } from '../../domain/reset/preflight.ts';
import { SAME_GUEST_TWICE } from '../../domain/reset/preflight-verdicts.ts';
import { redeemedSince } from '../../domain/reset/doubt.ts';
import { SEEN_WITHOUT_URL, UNKNOWN } from '../../domain/reset/lost-answer.ts';
import { end, succeed } from '../../domain/reset/changes.ts';
import { names } from '../../domain/reset/notes.ts';
import { isInDoubt, type ResetRecord, type Verdict } from '../../domain/reset/reset.ts';
import { checkAddresses } from './check-addresses.ts';
import { checkMeanwhile } from './check-meanwhile.ts';
import { circumstances } from './circumstances.ts';
import { claimSettings } from './claim-guests.ts';
import type { Deps } from '../deps.ts';
import { keepSilence, silentUntil } from './keep-silence.ts';
import type { Visit } from './visit.ts';

/** A guest's requests, and the reset they belong to as the look-up left it. */
export interface PlannedReset {
  readonly plan: SendPlan;
  readonly record: ResetRecord;
}

export interface Inspection {
  /** Resets that are not sent now, by row. */
  readonly changes: ReadonlyMap<number, ResetRecord>;
  readonly plans: readonly PlannedReset[];
  /** Why nobody's reset can succeed now, if that showed. */
  readonly refusal?: Verdict;
  /** Graph's clock at the look-up, in ms. */
  readonly graphDate: number;
}

/** All that an inspection may touch: nothing here can send or write on Graph. */
export type InspectDeps = Pick<
  Deps,
  'guests' | 'chunks' | 'directory' | 'control' | 'policy' | 'clock' | 'random' | 'log' | 'deployment'
>;

export async function inspectGuests(
  deps: InspectDeps,
  visit: Visit,
  chunk: Chunk,
  due: readonly ResetRecord[],
): Promise<Inspection> {
  if (due.length === 0) return { changes: new Map(), plans: [], graphDate: deps.clock.now() };
  const lookUps = due.map(lookUpOf);
  const begunAt = deps.clock.monotonic();
  const [{ batch, at }, roles, unsent] = await Promise.all([
    deps.directory.lookUp(lookUps).then((answer) => ({ batch: answer, at: deps.clock.now() })),
    deps.directory.roles(),
    findUnsent(deps, chunk, due),
  ]);
  const graphDate = batch.kind === 'answered' ? batch.date : at;
  const found = due.map((record, position) =>
    escalateLookUp(readLookUp(lookUpOf(record), batch, String(position)), record.verdict),
  );
  await keepSilence(deps, found);
  const holders = await holdersNow(deps, visit, roles, found, begunAt);
  const settings = settingsOf(deps, visit, holders, { graph: graphDate, own: at });
  const rowOfGuest = new Map(
    chunk.resets.flatMap(({ guestId, request }) => (guestId === undefined ? [] : [[guestId, request.row]])),
  );
  const changes = new Map<number, ResetRecord>();
  const plans: PlannedReset[] = [];
  for (const [position, record] of due.entries()) {
    const each = found[position];
    if (each === undefined) continue;
    const decided = decideOne(deps, visit, record, each, !unsent.has(record.request.row), rowOfGuest, settings);
    if ('plan' in decided) plans.push(decided);
    else changes.set(record.request.row, decided);
  }
  for (const [row, record] of await checkMeanwhile(deps, visit, chunk, plans)) changes.set(row, record);
  const left = plans.filter(({ plan }) => !changes.has(plan.row));
  for (const [row, record] of await checkAddresses(deps, visit, left)) changes.set(row, record);
  const refusal = found.flatMap((each) => (each.kind === 'failed' && each.class === 'tenant' ? [each.verdict] : []))[0];
  return {
    changes,
    plans: left.filter(({ plan }) => !changes.has(plan.row)),
    graphDate,
    ...(refusal !== undefined && { refusal }),
  };
}

/**
 * A list of roles that may be minutes old ends no reset: where it names one of these guests, Graph is asked anew, once. A
 * real run then goes without a list that it does not get: Graph's refusal tells.
 */
async function holdersNow(
  deps: InspectDeps,
  { job }: Visit,
  roles: PreflightSettings['roles'],
  found: readonly Found[],
  since: number,
): Promise<PreflightSettings['roles']> {
  const isNamed = found.some((each) => each.kind === 'user' && roles?.has(each.user.id.toLowerCase()) === true);
  if (!isNamed) return roles;
  const fresh = (await silentUntil(deps)) === undefined ? await deps.directory.roles(since) : undefined;
  return fresh ?? (job.options.dryRun === true ? roles : undefined);
}

function settingsOf(
  { deployment }: InspectDeps,
  { job }: Visit,
  roles: PreflightSettings['roles'],
  lookedAt: PreflightSettings['window']['lookedAt'],
): PreflightSettings {
  const { changeEmailDomain, onlyIf, defaults } = job.options;
  return {
    ...deployment,
    jobDefaults: defaults,
    window: { ...claimSettings(job), lookedAt },
    ...(onlyIf !== undefined && { onlyIf }),
    ...(changeEmailDomain !== undefined && { changeEmailDomain }),
    ...(roles !== undefined && { roles }),
  };
}

/**
 * Rows in doubt, or to be repeated after a doubt, whose guest somebody else has claimed since, or their attempt never
 * has. Without this, another job's reset would look like theirs.
 */
async function findUnsent({ guests }: InspectDeps, chunk: Chunk, due: readonly ResetRecord[]): Promise<Set<number>> {
  const inDoubt = due.filter(
    (record) => (isInDoubt(record) || record.doubted !== undefined) && record.guestId !== undefined,
  );
  const claims = await Promise.all(inDoubt.map(async ({ guestId = '' }) => guests.current(guestId)));
  const isUnsent = (record: ResetRecord, position: number): boolean => {
    const claim = claims[position]?.value;
    // A repeat may have claimed the guest anew: then any claim of this reset will do.
    const attemptId = isInDoubt(record) ? record.sent?.attemptId : claim?.attemptId;
    return !isClaimOf(claim, { jobId: chunk.jobId, chunk: chunk.index, row: record.request.row }, attemptId);
  };
  return new Set(inDoubt.filter(isUnsent).map(({ request }) => request.row));
}

/** `rowOfGuest` learns the guests as they become known: the first row of a guest keeps it. */
function decideOne(
  deps: InspectDeps,
  visit: Visit,
  due: ResetRecord,
  found: Found,
  mayBeSent: boolean,
  rowOfGuest: Map<string, number>,
  settings: PreflightSettings,
): PlannedReset | ResetRecord {
  const around = circumstances(deps, visit);
  const { row } = due.request;
  if (found.kind === 'failed') {
    // No refusal stops a dry run, so its time ends it.
    const isEndless = found.class === 'tenant' && visit.job.options.dryRun === true;
    return afterFailedLookUp(due, isEndless ? { ...found, class: 'retry' } : found, around);
  }
  const record =
    due.nextAction === 'look' ? afterLook(due, found.kind === 'user' ? found.user : undefined, mayBeSent, around) : due;
  if (record.status !== 'pending') return record;
  const late = found.kind === 'user' && mayBeSent ? afterLateLook(record, found.user, around.now) : undefined;
  if (late !== undefined) return late;
  const redeemed = found.kind === 'user' ? redeemedSince(record, found.user) : 'no';
  if (redeemed === 'perhapsAnother') return end(record, 'unknown', { verdict: UNKNOWN }, around.now);
  if (found.kind === 'user' && redeemed === 'this')
    return succeed(
      record,
      { verdict: SEEN_WITHOUT_URL, verification: 'verified', attempts: record.attempts, after: names(found.user) },
      around.now,
    );

  const preflight = decidePreflight(record, found, settings);
  const guestId = preflight.kind === 'send' ? preflight.plan.guestId : preflight.guestId;
  if (guestId !== undefined && (rowOfGuest.get(guestId) ?? row) !== row)
    return end(record, 'failed', { verdict: SAME_GUEST_TWICE, guestId }, around.now);
  if (guestId !== undefined) rowOfGuest.set(guestId, row);
  if (preflight.kind === 'end') return end(record, preflight.status, preflight, around.now);
  return { plan: preflight.plan, record };
}
