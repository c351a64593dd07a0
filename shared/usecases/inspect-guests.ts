/** Looks the guests of the due resets up, in one batch, and decides about each. */
import { afterFailedLookUp, afterLook } from '../domain/after-answer.ts';
import type { Chunk } from '../domain/chunk.ts';
import { escalateLookUp, lookUpOf, readLookUp, type Found } from '../domain/look-up.ts';
import { decidePreflight, SAME_GUEST_TWICE, type SendPlan } from '../domain/preflight.ts';
import { end } from '../domain/reset-changes.ts';
import type { ResetRecord, Verdict } from '../domain/reset.ts';
import { circumstances } from './circumstances.ts';
import type { Deps } from './deps.ts';
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

export async function inspectGuests(deps: Deps, visit: Visit, chunk: Chunk, due: readonly ResetRecord[]): Promise<Inspection> {
  if (due.length === 0) return { changes: new Map(), plans: [], graphDate: deps.clock.now() };
  const lookUps = due.map(lookUpOf);
  const batch = await deps.graph.lookUp(lookUps);
  const changes = new Map<number, ResetRecord>();
  const plans: PlannedReset[] = [];
  const rowOfGuest = new Map(chunk.resets.flatMap(({ guestId, request }) => (guestId === undefined ? [] : [[guestId, request.row]])));
  let refusal: Verdict | undefined;

  for (const [position, lookUp] of lookUps.entries()) {
    const record = due[position];
    if (record === undefined) continue;
    const found = escalateLookUp(readLookUp(lookUp, batch, String(position)), record.verdict);
    if (found.kind === 'failed' && found.class === 'tenant') refusal = found.verdict;
    const decided = decideOne(deps, visit, record, found, rowOfGuest);
    if ('plan' in decided) plans.push(decided);
    else changes.set(record.request.row, decided);
  }
  return { changes, plans, graphDate: batch.kind === 'answered' ? batch.date : deps.clock.now(), ...(refusal !== undefined && { refusal }) };
}

/** `rowOfGuest` learns the guests as they become known: the first row of a guest keeps it. */
function decideOne(deps: Deps, visit: Visit, due: ResetRecord, found: Found, rowOfGuest: Map<string, number>): PlannedReset | ResetRecord {
  const around = circumstances(deps, visit);
  const { row } = due.request;
  if (found.kind === 'failed') return afterFailedLookUp(due, found, around);
  const record = due.nextAction === 'look' ? afterLook(due, found.kind === 'user' ? found.user : undefined, around) : due;
  if (record.status !== 'pending') return record;

  const preflight = decidePreflight(record, found, { jobDefaults: visit.job.options.defaults, tenantId: deps.tenantId });
  const guestId = preflight.kind === 'send' ? preflight.plan.guestId : preflight.guestId;
  if (guestId !== undefined && (rowOfGuest.get(guestId) ?? row) !== row) return end(record, 'failed', { verdict: SAME_GUEST_TWICE, guestId }, around.now);
  if (guestId !== undefined) rowOfGuest.set(guestId, row);
  if (preflight.kind === 'end') return end(record, 'failed', preflight, around.now);
  return { plan: preflight.plan, record };
}
