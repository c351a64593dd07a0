/** While Graph throttles the tenant nothing is sent, and nobody is looked up either, whoever asks. */
import type { BatchAnswer } from '../domain/graph/answer.ts';
import { readLookUp, type Found, type LookUp } from '../domain/guest/look-up.ts';
import type { RetryAfter } from '../domain/graph/retry-after.ts';
import { reserveRead } from '../domain/pace/pace.ts';
import { throttle } from '../domain/pace/throttling.ts';
import type { Deps } from './deps.ts';

type ThrottlingDeps = Pick<Deps, 'clock' | 'control' | 'policy' | 'log' | 'measure'>;

/** Until when Graph has asked to wait, as it was known at most a second ago; undefined where that is over. */
export async function readThrottledUntil({
  clock,
  control,
}: Pick<ThrottlingDeps, 'clock' | 'control'>): Promise<number | undefined> {
  const { throttledUntil } = (await control.read()).pace;
  return throttledUntil > clock.now() ? throttledUntil : undefined;
}

/**
 * For whoever only reads.
 * @param count of guests
 * @returns when they may be looked up, a turn of their own after that wait; undefined for at once
 */
export async function takeTurnAfterThrottling(
  { clock, control, policy }: Pick<ThrottlingDeps, 'clock' | 'control' | 'policy'>,
  count: number,
): Promise<number | undefined> {
  if ((await readThrottledUntil({ clock, control })) === undefined) return undefined;
  return control.changePace((pace) => {
    const now = clock.now();
    if (pace.throttledUntil <= now) return { pace, result: undefined };
    const turn = reserveRead(pace, count, policy.readsPerSecond, now);
    return { pace: turn.pace, result: Math.ceil(turn.slotAt) };
  });
}

/**
 * Who is throttled on reading would be throttled on writing: everybody keeps the wait that one of these was asked for.
 * @returns seconds; 0 where there is none
 */
export async function throttleAfterLookUps(deps: ThrottlingDeps, found: readonly Found[]): Promise<number> {
  const waits = found.flatMap((each) => (each.kind === 'failed' && each.class === 'throttled' ? [each.wait] : []));
  await throttlePaceFor(deps, waits);
  return Math.max(0, ...waits.map(({ seconds }) => seconds));
}

export interface LookedUp {
  readonly batch: BatchAnswer;
  /** In the order of the look-ups. */
  readonly found: readonly Found[];
  /** As in `throttleAfterLookUps`. */
  readonly waitSeconds: number;
}

/** Looks these up; what Graph then asks for everybody keeps. */
export async function lookUp(
  deps: ThrottlingDeps & Pick<Deps, 'directory'>,
  lookUps: readonly LookUp[],
): Promise<LookedUp> {
  const batch = await deps.directory.lookUp(lookUps);
  const found = lookUps.map((each, position) => readLookUp(each, batch, String(position)));
  return { batch, found, waitSeconds: await throttleAfterLookUps(deps, found) };
}

/**
 * Nothing more is sent for as long as the longest of these, and after that more slowly for a while.
 * @param waits that the answers to as many requests ask for; none changes nothing
 */
export async function throttlePaceFor(
  deps: Pick<Deps, 'clock' | 'control' | 'log' | 'measure'>,
  waits: readonly RetryAfter[],
): Promise<void> {
  if (waits.length === 0) return;
  const now = deps.clock.now();
  const longest = Math.max(...waits.map(({ seconds }) => seconds));
  deps.measure('throttled', waits.length);
  deps.measure('throttleDuration', longest);
  deps.log.warn('throttled', {
    requests: waits.length,
    seconds: longest,
    asked: Math.max(...waits.map(({ seconds, asked = seconds }) => asked)),
  });
  await deps.control.changePace((pace) => ({
    pace: waits.reduce((throttled, { seconds, asked }) => throttle(throttled, now + seconds * 1000, now, asked), pace),
    result: undefined,
  }));
}
