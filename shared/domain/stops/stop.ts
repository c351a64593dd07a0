/**
 * Stops: why nothing is sent. The tenant has one (the gate), and so has each job. Somebody's pause stands before any
 * other stop, which is kept behind it. Each is lifted by hand: a pause, the end of a canary and what awaits approval
 * (`job/approval.ts`) at once, a refusal of Graph only after one chunk, the trial, has tried a single guest. Times are
 * milliseconds since the epoch.
 *
 * | from    | to      | by          | reason |
 * |---------|---------|-------------|--------|
 * | running | stopped | `stop`      | Graph's refusal, or a job's canary has ended |
 * | (none)  | stopped | `commit`    | a job that awaits approval is stopped before it is one |
 * | running, stopped, trying | paused | `pause` | somebody's wish; the stop stays behind it, its trial is over |
 * | paused  | paused  | `stop`      | a stop comes to stand behind the pause |
 * | paused  | paused  | `pause`     | a newer wish that says why takes the place of the older one |
 * | stopped | trying  | `beginTrial`| resumed by hand: one chunk may send for one guest |
 * | trying  | trying  | `beginTrial`| the trial said nothing, or somebody resumes again: perhaps another chunk |
 * | trying  | stopped | `stop`      | refused again; the newer reason counts |
 * | trying  | stopped | `endTrial`  | nobody can be tried while something else is stopped |
 * | paused  | stopped, running | `lift` | what stood behind the pause is for the next resume |
 * | trying, stopped | running | `lift` | the guest was not refused, nobody is there to try, or no trial is needed |
 */
import { isRepeated, SERVICE, withAction, type Logged, type Wish } from '../actions.ts';
import type { JobId } from '../ids.ts';
import type { StopCode } from './codes.ts';

/** The one chunk that may send although there is a stop, one guest at a time. */
export interface Trial {
  readonly jobId: JobId;
  readonly chunk: number;
  /** A trial that has not ended by then was lost with its worker. */
  readonly until: number;
}

export interface StopReason {
  readonly code: StopCode;
  readonly message: string;
}

/** A stop without what is done about it. */
export interface StandingStop extends StopReason {
  readonly since: number;
}

export interface Stop extends StandingStop {
  readonly trial?: Trial;
  /** Only of somebody's pause: the other stop that stands. */
  readonly behind?: StandingStop;
}

/** The code of somebody's wish. */
export const PAUSED_BY_HAND = 'pausedByHand';
/** The code of a job whose canary has ended. */
export const CANARY_ENDED = 'pauseAfter';
/** The code of a job that nobody has approved yet. */
export const AWAITING_APPROVAL = 'awaitingApproval';

/** The tenant or a job. What is done to it is in its actions, written here with the change. */
export interface Stoppable extends Logged {
  /** The one that is shown, and that a resume lifts. */
  readonly stop?: Stop;
  /** When the last stop was lifted. */
  readonly resumedAt?: number;
}

/** The tenant's stop, shared by all instances. */
export type Gate = Stoppable;

export const OPEN_GATE: Gate = {};

const GOES_ON_AT_ONCE: readonly StopCode[] = [PAUSED_BY_HAND, CANARY_ENDED, AWAITING_APPROVAL];

/** Graph may refuse the next guest as well: what becomes of one tells. What waits for people goes on at once. */
export const needsTrial = ({ code }: StopReason): boolean => !GOES_ON_AT_ONCE.includes(code);

/** Stops, or ends a trial with a newer reason. Of two reasons without a trial the first stays. */
export function stop<T extends Stoppable>(target: T, { code, message }: StopReason, now: number): T {
  const { stop: standing } = target;
  const newer = { code, message, since: now };
  const told = (stopped: T): T => withAction(stopped, { action: 'stopped', at: now, by: SERVICE, code });
  if (standing === undefined || standing.trial !== undefined) return told({ ...target, stop: newer });
  const isBehind = standing.code === PAUSED_BY_HAND && standing.behind === undefined;
  return isBehind ? told({ ...target, stop: { ...standing, behind: newer } }) : target;
}

/**
 * Somebody's wish, before whatever else stands. It is a stop of its own, so whoever is lifting an older wish does not
 * lift it.
 * @param saysWhy where it does not, an older wish stays with its words
 * @param wish whose it is; default: the service's own
 */
export function pause<T extends Stoppable>(
  target: T,
  message: string,
  now: number,
  saysWhy = true,
  wish: Wish = { by: SERVICE },
): T {
  const { stop: standing } = target;
  const isPaused = standing?.code === PAUSED_BY_HAND;
  if (isPaused && !saysWhy) return target;
  const behind = isPaused ? standing.behind : standing && withoutTrial(standing);
  const paused = {
    ...target,
    stop: { code: PAUSED_BY_HAND, message, since: now, ...(behind !== undefined && { behind }) },
  };
  return isPaused && isRepeated(target, 'paused', wish)
    ? paused
    : withAction(paused, { action: 'paused', at: now, ...wish });
}

/**
 * @param seen the stop that is tried; where it is not the one shown, or needs no trial, the target comes back
 * @param resumed whose wish that is, where it is not the next chunk of a trial that is on its way
 */
export function beginTrial<T extends Stoppable>(target: T, seen: StandingStop, trial: Trial, resumed?: Resumed): T {
  const { stop: standing } = target;
  if (standing === undefined || !isSameStop(standing, seen) || !needsTrial(standing)) return target;
  const trying = { ...target, stop: { ...standing, trial } };
  return standing.trial === undefined ? withResumed(trying, standing, resumed) : trying;
}

/** Somebody's wish to go on. */
export interface Resumed {
  readonly by: Wish['by'];
  readonly at: number;
}

const withResumed = <T extends Stoppable>(target: T, { code }: StopReason, resumed: Resumed | undefined): T =>
  resumed === undefined
    ? target
    : withAction(target, { action: code === AWAITING_APPROVAL ? 'approved' : 'resumed', code, ...resumed });

/** The stop stays, and nobody may send. */
export function endTrial<T extends Stoppable>(target: T, seen: StandingStop): T {
  return target.stop?.trial !== undefined && isSameStop(target.stop, seen)
    ? { ...target, stop: withoutTrial(target.stop) }
    : target;
}

/**
 * Lifts the stop that is meant, also from behind a pause; one that has come since is for whoever has seen it.
 * @param by whose wish it is, where no trial has told that before
 */
export function lift<T extends Stoppable>(target: T, seen: StandingStop, now: number, by?: Wish['by']): T {
  const lifted = lifting(target, seen, now);
  return lifted === target ? target : withResumed(lifted, seen, by && { by, at: now });
}

function lifting<T extends Stoppable>(target: T, seen: StandingStop, now: number): T {
  if (target.stop === undefined) return target;
  const { behind, ...front } = target.stop;
  if (!isSameStop(front, seen)) return isSameStop(behind, seen) ? { ...target, stop: front, resumedAt: now } : target;
  if (behind !== undefined) return { ...target, stop: behind, resumedAt: now };
  const { stop: _lifted, ...rest } = target;
  // A `T` without a stop is one: `stop` is optional.
  return { ...rest, resumedAt: now } as T;
}

/** Whether the stop is still that one, being tried or not. */
export const isSameStop = (one: StandingStop | undefined, other: StandingStop | undefined): boolean =>
  one?.since === other?.since && one?.code === other?.code;

const withoutTrial = ({ trial: _over, ...rest }: Stop): Stop => rest;

export interface ChunkName {
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
