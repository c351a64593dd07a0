/**
 * A sprinkle of what goes wrong on an ordinary day: the same guests are struck, in the same way, whichever tool works.
 */
import { seededRandom } from '../../local/graph/random.ts';

/**
 * Of a thousand guests so many; each strikes the guest's invitation once. `done`: the reset happens, and the answer
 * does not say so.
 */
const SPRINKLE = [
  { perThousand: 6, fault: { status: 429, retryAfter: 5 } },
  { perThousand: 4, fault: { status: 503 } },
  { perThousand: 4, fault: { status: 503, effect: 'done' } },
  { perThousand: 3, fault: { status: 504, effect: 'done' } },
  // In a batch the one answer is missing; a single call is cut off.
  { perThousand: 3, fault: { act: 'omit', effect: 'done' } },
] as const;

export const FAULTS_IN_WORDS = SPRINKLE.map(
  ({ perThousand, fault }) =>
    `${perThousand} × ${'status' in fault ? fault.status : 'lost answer'}${'effect' in fault ? ' (done)' : ''}`,
).join(', ');

/** @returns bodies for `POST /_sim/faults` */
export function ordinaryFaults(guests: readonly string[], seed: number): object[] {
  const struck = seededRandom(seed, 'faults').shuffle([...guests]);
  return SPRINKLE.flatMap(({ perThousand, fault }) =>
    struck
      .splice(0, Math.ceil((guests.length * perThousand) / 1000))
      .map((userId) => ({ kind: 'invite', match: { userId }, ...fault })),
  );
}
