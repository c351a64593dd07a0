/** While Graph wants silence nobody is looked up either, whoever asks. */
import type { Found } from '../domain/look-up.ts';
import { reserveRead } from '../domain/pace.ts';
import type { Deps } from './deps.ts';
import { holdPaceFor } from './react-to-outcomes.ts';

type SilenceDeps = Pick<Deps, 'clock' | 'control' | 'policy' | 'log'>;

/** Whether Graph has asked for silence that is not over, as it was known at most a second ago. */
export async function isSilent({ clock, control }: Pick<SilenceDeps, 'clock' | 'control'>): Promise<boolean> {
  return (await control.read()).pace.heldUntil > clock.now();
}

/**
 * For whoever only reads.
 * @param count of guests
 * @returns when they may be looked up, a turn of their own after the silence; undefined for at once
 */
export async function turnAfterSilence({ clock, control, policy }: SilenceDeps, count: number): Promise<number | undefined> {
  if (!await isSilent({ clock, control })) return undefined;
  return control.changePace((pace) => {
    const now = clock.now();
    if (pace.heldUntil <= now) return { pace, result: undefined };
    const turn = reserveRead(pace, count, policy.readsPerSecond, now);
    return { pace: turn.pace, result: Math.ceil(turn.slotAt) };
  });
}

/**
 * Who is throttled on reading would be throttled on writing: everybody keeps the silence that one of these was asked for.
 * @returns seconds; 0 where there is none
 */
export async function keepSilence(deps: SilenceDeps, found: readonly Found[]): Promise<number> {
  const waits = found.flatMap((each) => (each.kind === 'failed' && each.class === 'throttled' ? [Math.max(1, each.waitSeconds ?? deps.policy.backoff.firstSeconds)] : []));
  if (waits.length === 0) return 0;
  await holdPaceFor(deps, Math.max(...waits), waits.length);
  return Math.max(...waits);
}
