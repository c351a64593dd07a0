/** For what changes by itself, and has a dialog. */
import { useState } from 'react';

/** Told by a dialog when it has opened, and when it is gone. */
export type OnShown = (isShown: boolean) => void;

/**
 * A value as it was when a dialog opened, for as long as that is there: what changes meanwhile is not what somebody
 * agrees to, and does not take the dialog away under their hands.
 * @returns the value, and what `onShown` of the dialog is to be
 */
export function useKept<T>(now: T): readonly [T, OnShown] {
  const [kept, keep] = useState<{ readonly value: T }>();
  return [kept === undefined ? now : kept.value, (isShown) => keep(isShown ? { value: now } : undefined)];
}
