/**
 * Looks the guests of the due resets up, in one batch, and decides about each. Only asks: nothing is written or sent.
 */
import { afterLookUp, type LookedUp } from '../../domain/reset/after-look-up.ts';
import type { PlannedReset } from '../../domain/reset/send-plan.ts';
import type { Change, Changes, Chunk } from '../../domain/chunk/chunk.ts';
import { claimSettings, isClaimOf } from '../../domain/claim/claim.ts';
import { escalateLookUp, lookUpOf, readLookUp, type Found } from '../../domain/guest/look-up.ts';
import type { PreflightSettings } from '../../domain/reset/preflight.ts';
import { isInDoubt, type ResetRecord, type Verdict } from '../../domain/reset/reset.ts';
import type { Deps } from '../deps.ts';
import { checkAddresses } from './check-addresses.ts';
import { checkMeanwhile } from './check-meanwhile.ts';
import { throttleAfterLookUps, readThrottledUntil } from '../throttling.ts';
import { momentOf, type Visit } from './visit.ts';

export interface Inspection {
  /** What becomes of the resets that are not sent now. */
  readonly changes: Changes;
  readonly plans: readonly PlannedReset[];
  /** What the directory says of each who is due, in their order. */
  readonly found: readonly Found[];
  /** Why nobody's reset can succeed now, if that showed. */
  readonly refusal?: Verdict;
  /** Graph's clock at the look-up, in ms. */
  readonly graphDate: number;
}

/** All that an inspection may touch: nothing here can send or write on Graph. */
export type InspectDeps = Pick<
  Deps,
  'guests' | 'chunks' | 'directory' | 'control' | 'policy' | 'clock' | 'random' | 'log' | 'measure' | 'deployment'
>;

export async function inspectGuests(
  deps: InspectDeps,
  visit: Visit,
  chunk: Chunk,
  due: readonly ResetRecord[],
): Promise<Inspection> {
  if (due.length === 0) return { changes: new Map(), plans: [], found: [], graphDate: deps.clock.now() };
  const { guests, settings, graphDate } = await lookUpGuests(deps, visit, chunk, due);
  const rowOfGuest = new Map(
    chunk.resets.flatMap(({ guestId, request }) => (guestId === undefined ? [] : [[guestId, request.row]])),
  );
  const changes = new Map<number, Change>();
  let plans: PlannedReset[] = [];
  for (const { record, ...each } of guests) {
    const decided = afterLookUp(record, each, rowOfGuest, settings, momentOf(deps, visit));
    if ('plan' in decided) plans.push(decided);
    else changes.set(record.request.row, () => decided);
  }
  for (const check of [checkMeanwhile, checkAddresses]) {
    for (const [row, change] of await check(deps, visit, plans, chunk)) changes.set(row, change);
    plans = plans.filter(({ plan }) => !changes.has(plan.row));
  }
  const found = guests.map((each) => each.found);
  const refusal = found.flatMap((each) => (each.kind === 'failed' && each.class === 'tenant' ? [each.verdict] : []))[0];
  return { changes, plans, found, graphDate, ...(refusal !== undefined && { refusal }) };
}

interface LookedUpGuests {
  readonly guests: readonly (LookedUp & { readonly record: ResetRecord })[];
  readonly settings: PreflightSettings;
  readonly graphDate: number;
}

async function lookUpGuests(
  deps: InspectDeps,
  visit: Visit,
  chunk: Chunk,
  due: readonly ResetRecord[],
): Promise<LookedUpGuests> {
  const begunAt = deps.clock.monotonic();
  const [{ batch, at }, roles, unclaimed] = await Promise.all([
    deps.directory.lookUp(due.map(lookUpOf)).then((answer) => ({ batch: answer, at: deps.clock.now() })),
    deps.directory.roles(),
    findUnclaimed(deps, chunk, due),
  ]);
  const graphDate = batch.kind === 'answered' ? batch.date : at;
  const guests = due.map((record, position) => ({
    record,
    found: escalateLookUp(readLookUp(lookUpOf(record), batch, String(position)), record.verdict),
    wasClaimed: !unclaimed.has(record.request.row),
  }));
  const found = guests.map((each) => each.found);
  await throttleAfterLookUps(deps, found);
  const holders = await holdersNow(deps, visit, roles, found, begunAt);
  return { guests, settings: settingsOf(deps, visit, holders, { graph: graphDate, own: at }), graphDate };
}

/**
 * A list of roles that may be minutes old ends no reset: where it names one of these guests, Graph is asked anew, once.
 * A real run then goes without a list that it does not get: Graph's refusal tells.
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
  const fresh = (await readThrottledUntil(deps)) === undefined ? await deps.directory.roles(since) : undefined;
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
async function findUnclaimed({ guests }: InspectDeps, chunk: Chunk, due: readonly ResetRecord[]): Promise<Set<number>> {
  const inDoubt = due.filter(
    (record) => (isInDoubt(record) || record.doubted !== undefined) && record.guestId !== undefined,
  );
  const claims = await Promise.all(inDoubt.map(async ({ guestId = '' }) => guests.current(guestId)));
  const isUnclaimed = (record: ResetRecord, position: number): boolean => {
    const claim = claims[position]?.value;
    // A repeat may have claimed the guest anew: then any claim of this reset will do.
    const attemptId = isInDoubt(record) ? record.sent?.attemptId : claim?.attemptId;
    return !isClaimOf(claim, { jobId: chunk.jobId, chunk: chunk.index, row: record.request.row }, attemptId);
  };
  return new Set(inDoubt.filter(isUnclaimed).map(({ request }) => request.row));
}
