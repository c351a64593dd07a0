/** Stops in requests and answers: the tenant's gate, and a job's own. */
import { stopView } from '../../domain/job-view.ts';
import type { Gate } from '../../domain/stop.ts';
import type { Caller } from './caller.ts';

const MAX_REASON_CHARS = 500;

export function pauseReason(query: URLSearchParams, caller: Caller): string {
  const reason = query.get('reason')?.slice(0, MAX_REASON_CHARS);
  return `Paused by ${caller.name ?? caller.id}${reason === undefined ? '.' : `: ${reason}`}`;
}

export function gateView(gate: Gate): Record<string, unknown> {
  if (gate.stop === undefined) return { status: 'running' };
  return { status: gate.stop.trial === undefined ? 'paused' : 'resuming', ...stopView(gate.stop) };
}
