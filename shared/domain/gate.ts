/** The tenant's stop. Shut by one unmistakable refusal of the tenant or by hand, opened by hand. */

export interface Gate {
  readonly shut: boolean;
  /** Why, in the words of the error table. Present while shut. */
  readonly code?: string;
  readonly message?: string;
  /** Milliseconds since the epoch. */
  readonly since?: number;
}

/** An instance may act on a gate this old, in ms. */
export const GATE_MAX_AGE_MS = 1_000;

export const OPEN_GATE: Gate = { shut: false };

/** Shuts the gate, unless it is: the first reason stays. */
export function shutGate(gate: Gate, why: { readonly code: string; readonly message: string }, now: number): Gate {
  return gate.shut ? gate : { shut: true, code: why.code, message: why.message, since: now };
}
