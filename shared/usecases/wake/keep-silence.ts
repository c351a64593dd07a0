/** While Graph wants silence nobody is looked up either, whoever asks. */
import type { BatchAnswer } from '../../domain/graph/answer.ts';
import { readLookUp, type Found, type LookUp } from '../../domain/guest/look-up.ts';
import { reserveRead } from '../../domain/pace/pace.ts';
import type { Deps } from '../deps.ts';
import { holdPaceFor } from './react-to-outcomes.ts';

type SilenceDeps = Pick<Deps, 'clock' | 'control' | 'policy' | 'log'>;

/** Until when Graph has asked for silence, as it was known at most a second ago; undefined where that is over. */
export async function silentUntil({
  clock,
  control,
}: Pick<SilenceDeps, 'clock' | 'control'>): Promise<number | undefined> {
  const { heldUntil } = (await control.read()).pace;
  return heldUntil > clock.now() ? heldUntil : undefined;
}

/**
 * For whoever only reads.
 * @param count of guests
 * @returns when they may be looked up, a turn of their own after the silence; undefined for at once
 */
export async function turnAfterSilence(
  { clock, control, policy }: Pick<SilenceDeps, 'clock' | 'control' | 'policy'>,
  count: number,
): Promise<number | undefined> {
  if ((await silentUntil({ clock, control })) === undefined) return undefined;
  return control.changePace((pace) => {
    const now = clock.now();
    if (pace.heldUntil <= now) return { pace, result: undefined };
    const turn = reserveRead(pace, count, policy.readsPerSecond, now);
    return { pace: turn.pace, result: Math.ceil(turn.slotAt) };
  });
}

/**
 * Who is throttled on reading would be throttled on writing: everybody keeps the silence that one of these was asked
 * for.
 * @returns seconds; 0 where there is none
 */
export async function keepSilence(deps: SilenceDeps, found: readonly Found[]): Promise<number> {
  const waits = found.flatMap((each) => (each.kind === 'failed' && each.class === 'throttled' ? [each.wait] : []));
  if (waits.length > 0) await holdPaceFor(deps, waits);
  return Math.max(0, ...waits.map(({ seconds }) => seconds));
}

export interface LookedUp {
  readonly batch: BatchAnswer;
  /** In the order of the look-ups. */
  readonly found: readonly Found[];
  /** As in `keepSilence`. */
  readonly waitSeconds: number;
}

/** Looks these up; what Graph then asks for everybody keeps. */
export async function lookUp(
  deps: SilenceDeps & Pick<Deps, 'directory'>,
  lookUps: readonly LookUp[],
): Promise<LookedUp> {
  const batch = await deps.directory.lookUp(lookUps);
  const found = lookUps.map((each, position) => readLookUp(each, batch, String(position)));
  return { batch, found, waitSeconds: await keepSilence(deps, found) };
}
