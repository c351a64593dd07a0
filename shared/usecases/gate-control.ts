/** Stopping and resuming the tenant by hand. */
import { GATE_MAX_AGE_MS, shutGate, type Gate } from '../domain/gate.ts';
import { EARLY_MS } from '../domain/wake.ts';
import type { Deps } from './deps.ts';
import { dispatch } from './dispatch.ts';
import { wakeOverdue } from './reconcile.ts';

/** Shuts the gate: nothing more is sent, everything stays as it is. */
export async function pauseTenant(deps: Deps, message: string): Promise<Gate> {
  return deps.control.changeGate((gate) => shutGate(gate, { code: 'pausedByHand', message }, deps.clock.now()));
}

/** Chunks woken at once by a resume; the timer wakes the rest. */
const MAX_WOKEN = 1_000;

/** For a read that was on its way when the gate opened, and for wakes that were handled early. */
const GATE_MARGIN_MS = 500 + EARLY_MS;

/** Opens the gate, and wakes the chunks whose wakes came while it was shut. */
export async function resumeTenant(deps: Deps): Promise<Gate> {
  const gate = await deps.control.changeGate(() => ({ shut: false }));
  // Other instances may still see the gate shut and park wakes, also those a moment early: wake what they parked.
  await deps.clock.sleep(GATE_MAX_AGE_MS + GATE_MARGIN_MS);
  let left = MAX_WOKEN;
  for await (const { value: job } of deps.jobs.open()) {
    if (job.status !== 'receiving' && left > 0) left -= await wakeOverdue(deps, job, 0, left);
  }
  await dispatch(deps);
  return gate;
}
