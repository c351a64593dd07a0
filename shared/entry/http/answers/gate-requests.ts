/** Stops in requests and answers: the tenant's gate, and a job's own. */
import { stopView } from '../../../domain/api/job-view.ts';
import type { ScopedStop } from '../../../domain/job/job-stops.ts';
import type { Gate } from '../../../domain/stops/stop.ts';
import type { Wish } from '../../../domain/actions.ts';
import { actorOf, type Call } from '../handler.ts';
import type { Caller } from '../requests/caller.ts';

const PAUSED = { tenant: 'Everything is paused, for the whole tenant', job: 'This job is paused' } as const;

/** One sentence for everybody who waits: what is paused, by whom, and why where that was said. */
export function pauseReason(scope: ScopedStop['scope'], reason: string | undefined, caller: Caller): string {
  const why = reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`;
  return `${PAUSED[scope]}, by ${caller.name ?? caller.id}${why}.`;
}

/** Whose pause it is, in their own words. */
export function pauseWish(call: Call & { readonly query: { readonly reason: string | undefined } }): Wish {
  const { reason } = call.query;
  return { by: actorOf(call), ...(reason !== undefined && { reason }) };
}

export function gateView(gate: Gate): Record<string, unknown> {
  if (gate.stop === undefined) return { status: 'running' };
  return {
    status: gate.stop.trial === undefined ? 'paused' : 'resuming',
    ...stopView({ ...gate.stop, scope: 'tenant' }),
  };
}
