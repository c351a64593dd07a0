/** The lanes: small jobs do not wait behind large ones. */
export const LANES = ['priority', 'bulk'] as const;
export type Lane = (typeof LANES)[number];

/** Jobs of at most this many resets take the priority lane. */
export const PRIORITY_MAX_RESETS = 20;

/** Lanes are derived from the size, never chosen. */
export function laneOf(total: number): Lane {
  return total <= PRIORITY_MAX_RESETS ? 'priority' : 'bulk';
}
