/** How sending stands for the whole tenant, in one word. Pure. */
import { needsTrial, type Gate } from '../stops/stop.ts';
import type { Pace } from './pace.ts';

/** `stopped`: Graph refuses the tenant, and somebody must look. A pause is somebody's wish, and throttling passes. */
export const STANDINGS = ['healthy', 'throttled', 'paused', 'stopped'] as const;
export type Standing = (typeof STANDINGS)[number];

export function standingOf(gate: Gate, pace: Pick<Pace, 'throttledUntil'>, now: number): Standing {
  const { stop } = gate;
  // Somebody's pause in front silences no alarm.
  if (stop !== undefined) return needsTrial(stop.behind ?? stop) ? 'stopped' : 'paused';
  return pace.throttledUntil > now ? 'throttled' : 'healthy';
}
