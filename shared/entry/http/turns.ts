/** Long work in turns with everybody else's: what is there already would be read, or written, without a break. */
import { setImmediate as othersTurn } from 'node:timers/promises';

/** A request of somebody else needs about ten turns of the event loop until it is answered. */
const TURN_MS = 5;

/** @returns to be called between two pieces of the work: waits for the others, once the turn has lasted long enough */
export function turns(): () => Promise<void> {
  let beganAt = performance.now();
  return async () => {
    if (performance.now() - beganAt < TURN_MS) return;
    await othersTurn();
    beganAt = performance.now();
  };
}
