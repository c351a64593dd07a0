/** How a guest stands in the directory now, and whether they could be reset: for people, beside all jobs. */
import { guestView } from '../../domain/api/guest-view.ts';
import { problem, type Problem } from '../../domain/api/problem.ts';
import { takeLook } from '../../domain/pace/looks.ts';
import type { Selector } from '../../domain/reset/reset.ts';
import type { Directory } from '../ports.ts';
import { readThrottledUntil } from '../throttling.ts';
import type { InspectDeps } from '../wake/inspect-guests.ts';
import { rehearseGuest } from '../wake/rehearse-chunk.ts';
import { problemOfLookUp, throttledProblem } from './find-guest.ts';

/**
 * Asks Graph once, unless it asks to wait or too many others have looked of late.
 * @returns JSON of the guest, or why nobody could be looked at
 */
export async function lookAtGuest(
  deps: InspectDeps,
  selector: Selector,
): Promise<{ readonly view: Record<string, unknown> } | { readonly problem: Problem }> {
  const until = await readThrottledUntil(deps);
  if (until !== undefined) return { problem: throttledProblem((until - deps.clock.now()) / 1000) };
  const waitMs = await takeTurn(deps);
  if (waitMs > 0) return { problem: tooManyLooks(waitMs / 1000) };
  const { found, record } = await rehearseGuest({ ...deps, directory: showing(deps.directory) }, selector);
  if (found.kind !== 'user') return { problem: problemOfLookUp(found, selector) };
  return { view: guestView(found.user, record, deps.clock.now()) };
}

/** Refused from what is known already, where that is enough: whoever asks too often costs no calls of the tables. */
async function takeTurn({ control, policy, clock }: InspectDeps): Promise<number> {
  const { waitMs } = takeLook((await control.read()).pace, policy.readsPerSecond, clock.now());
  if (waitMs > 0) return waitMs;
  return control.changePace((pace) => {
    const taken = takeLook(pace, policy.readsPerSecond, clock.now());
    return { pace: taken.pace, result: taken.waitMs };
  });
}

/** The same directory, with what only people read. */
const showing = (directory: Directory): Directory => ({
  ...directory,
  lookUp: (lookUps) => directory.lookUp(lookUps.map((each) => ({ ...each, isShown: true as const }))),
});

const tooManyLooks = (seconds: number): Problem => ({
  ...problem('tooManyLooks', 'Guests are being looked at as fast as jobs leave room for. Repeat the request then.'),
  retryAfterSeconds: Math.ceil(seconds),
});
