/** What one answer of Graph means for everybody: a pause, or the gate. */
import type { Outcome } from '../domain/classify.ts';
import { shutGate } from '../domain/gate.ts';
import { hold } from '../domain/pace.ts';
import type { Verdict } from '../domain/reset.ts';
import type { Deps } from './deps.ts';

/**
 * What concerns everybody, not only this chunk: a pause that Graph asks for, a refusal of the tenant. A failure here must
 * not cost the answers that are already known; the next wake meets the same refusal and tries again.
 */
export async function stopTenantIfAsked(deps: Deps, outcomes: readonly Outcome[]): Promise<void> {
  try {
    await holdOrShut(deps, outcomes);
  } catch (error) {
    deps.log.error('tenantNotStopped', { error: String(error) });
  }
}

async function holdOrShut(deps: Deps, outcomes: readonly Outcome[]): Promise<void> {
  const waits = outcomes.flatMap((outcome) => (outcome.kind === 'throttled' ? [outcome.waitSeconds] : []));
  if (waits.length > 0) {
    const until = deps.clock.now() + Math.max(...waits) * 1000;
    deps.log.warn('throttled', { resets: waits.length, seconds: Math.max(...waits) });
    await deps.control.changePace((pace) => ({ pace: hold(pace, until), result: undefined }));
  }
  const refusal = outcomes.find((outcome) => outcome.kind === 'tenant');
  if (refusal !== undefined) await shutGateFor(deps, refusal.verdict);
}

export async function shutGateFor(deps: Deps, verdict: Verdict): Promise<void> {
  deps.log.error('gateShut', { code: verdict.code });
  await deps.control.changeGate((gate) => shutGate(gate, verdict, deps.clock.now()));
}
