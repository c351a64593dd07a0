/** The object id of a guest whom somebody names otherwise. */
import { problem, type Problem } from '../../domain/api/problem.ts';
import { MOST_SECONDS } from '../../domain/graph/retry-after.ts';
import type { GraphUser } from '../../domain/guest/guest.ts';
import type { Found } from '../../domain/guest/look-up.ts';
import { listed } from '../../domain/reset/preflight-verdicts.ts';
import type { Selector } from '../../domain/reset/reset.ts';
import type { Deps } from '../deps.ts';
import { lookUp, readThrottledUntil } from '../throttling.ts';

export type GuestFound = { readonly id: string } | { readonly problem: Problem };

type FindDeps = Pick<Deps, 'directory' | 'clock' | 'control' | 'policy' | 'log' | 'measure'>;

/**
 * Asks Graph only where it must, and not while it asks to wait: an object id is known to be one without it, also when
 * the user is gone.
 */
export async function findGuest(deps: FindDeps, selector: Selector): Promise<GuestFound> {
  if (selector.by === 'id') return { id: selector.value };
  const found = await lookUpGuest(deps, selector);
  return 'problem' in found ? { problem: withAdvice(found.problem) } : { id: found.id };
}

/** Only the id was wanted, which somebody may know. */
const withAdvice = (found: Problem): Problem =>
  found.code === 'graphUnavailable' || found.code === 'graphRefused'
    ? { ...found, detail: `${found.detail} ${BY_ID}` }
    : found;

const BY_ID = 'The object id needs no look-up; the results of a job have it as guestId.';

/** Asks Graph in any case. Of an object id that the directory does not have there is no user. */
export async function lookUpGuest(
  deps: FindDeps,
  selector: Selector,
): Promise<{ readonly id: string; readonly user?: GraphUser } | { readonly problem: Problem }> {
  const until = await readThrottledUntil(deps);
  if (until !== undefined) return { problem: throttledProblem((until - deps.clock.now()) / 1000) };
  const {
    found: [found = { kind: 'none' as const }],
  } = await lookUp(deps, [selector]);
  if (found.kind === 'user') return { id: found.user.id, user: found.user };
  if (found.kind === 'none' && selector.by === 'id') return { id: selector.value };
  return { problem: problemOfLookUp(found, selector) };
}

/** @param seconds until whoever asks again gets an answer; a wait longer than an hour counts as one */
export const throttledProblem = (seconds: number): Problem => ({
  ...problem('graphUnavailable', 'Graph asked to wait, so nobody is looked up now. Repeat the request then.'),
  retryAfterSeconds: Math.min(Math.ceil(seconds), MOST_SECONDS),
});

/** Why a look-up has found nobody, or not one. */
export function problemOfLookUp(found: Exclude<Found, { kind: 'user' }>, { by }: Selector): Problem {
  switch (found.kind) {
    case 'none':
      return problem(
        'guestNotFound',
        by === 'id'
          ? 'The directory has no user with this object id: whoever it was is deleted, or never was there.'
          : 'The directory has no user with this UPN or mail. Correct it; of a guest who was deleted or renamed, ' +
              'name the object id.',
      );
    case 'several':
      return problem(
        'guestAmbiguous',
        `Several users have this address: ${listed(found.users.map(({ id }) => id))}. Name one of them by object id.`,
      );
    case 'failed':
      if (found.class === 'throttled') return throttledProblem(found.wait.seconds);
      // Of reading nothing is in doubt: what Graph could not do now it can do later.
      return found.class === 'retry' || found.class === 'inDoubt'
        ? problem('graphUnavailable', `${found.verdict.message} Repeat the request in a while.`)
        : problem('graphRefused', `${found.verdict.message} GET /api/diagnostics says what Graph refuses.`);
  }
}
