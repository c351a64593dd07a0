/** The tenant's gate in requests and answers. */
import type { Gate } from '../../domain/gate.ts';
import { defined, iso } from '../../domain/reset-view.ts';
import type { Caller } from './caller.ts';

const MAX_REASON_CHARS = 500;

export function pauseReason(query: URLSearchParams, caller: Caller): string {
  const reason = query.get('reason')?.slice(0, MAX_REASON_CHARS);
  return `Paused by ${caller.name ?? caller.id}${reason === undefined ? '.' : `: ${reason}`}`;
}

export function gateView(gate: Gate): Record<string, unknown> {
  return defined({ status: gate.shut ? 'paused' : 'running', code: gate.code, message: gate.message, since: iso(gate.since) });
}
