/**
 * Stops: why nothing is sent. The tenant has one (the gate), and so has each job. A stop is lifted by hand, and only
 * after one
 * chunk, the trial, has tried a single guest. Times are milliseconds since the epoch.
 *
 * | from    | to      | by          | reason |
 * |---------|---------|-------------|--------|
 * | running | stopped | `stop`      | a refusal, somebody's wish, or a job's canary has ended |
 * | stopped | trying  | `beginTrial`| resumed by hand: one chunk may send for one guest |
 * | trying  | stopped | `stop`      | refused again; the newer reason counts |
 * | trying  | trying  | `beginTrial`| the trial said nothing: the next chunk |
 * | trying, stopped | running | `lift` | the guest was not refused, or nobody is there to try |
 */
import type { JobId } from './ids.ts';

/** The one chunk that may send although there is a stop, one guest at a time. */
export interface Trial {
  readonly jobId: JobId;
  readonly chunk: number;
  /** A trial that has not ended by then was lost with its worker. */
  readonly until: number;
}

export interface Stop {
  readonly code: string;
  readonly message: string;
  readonly since: number;
  readonly trial?: Trial;
}

/** The code of somebody's wish; every other one is a refusal. */
export const PAUSED_BY_HAND = 'pausedByHand';

/** The tenant or a job. */
export interface Stoppable {
  readonly stop?: Stop;
  /** When the last stop was lifted. */
  readonly resumedAt?: number;
}

/** The tenant's stop, shared by all instances. */
export type Gate = Stoppable;

export const OPEN_GATE: Gate = {};

/** An instance may act on a gate this old, in ms. */
export const GATE_MAX_AGE_MS = 1_000;

/** Stops, or ends a trial with a newer reason. Of two reasons without a trial the first stays. */
export function stop<T extends Stoppable>(
  target: T,
  why: { readonly code: string; readonly message: string },
  now: number,
): T {
  if (target.stop !== undefined && target.stop.trial === undefined) return target;
  return { ...target, stop: { code: why.code, message: why.message, since: now } };
}

export function beginTrial<T extends Stoppable>(target: T, trial: Trial): T {
  return target.stop === undefined ? target : { ...target, stop: { ...target.stop, trial } };
}

export function lift<T extends Stoppable>(target: T, now: number): T {
  if (target.stop === undefined) return target;
  const { stop: _lifted, ...rest } = target;
  return { ...rest, resumedAt: now } as T;
}

/** Whether the stop is still that one, being tried or not. */
export const isSameStop = (one: Stop | undefined, other: Stop | undefined): boolean =>
  one?.since === other?.since && one?.code === other?.code;

interface ChunkName {
  readonly jobId: JobId;
  readonly index: number;
}

export function isTrialOf({ stop: current }: Stoppable, { jobId, index }: ChunkName): boolean {
  return current?.trial?.jobId === jobId && current.trial.chunk === index;
}

/** Whether the chunk must rest: for any stop that does not try it. */
export function isParked(stops: readonly Stoppable[], chunk: ChunkName): boolean {
  return stops.some((target) => target.stop !== undefined && !isTrialOf(target, chunk));
}
