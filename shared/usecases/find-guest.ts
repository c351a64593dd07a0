/** The object id of a guest whom somebody names otherwise. */
import { problem, type Problem } from '../domain/problem.ts';
import { readLookUp, type Found } from '../domain/look-up.ts';
import type { Selector } from '../domain/reset.ts';
import type { Deps } from './deps.ts';

export type GuestFound = { readonly id: string } | { readonly problem: Problem };

/** Asks Graph only where it must: an object id is known to be one without it, also when the user is gone. */
export async function findGuest({ directory }: Pick<Deps, 'directory'>, selector: Selector): Promise<GuestFound> {
  if (selector.by === 'id') return { id: selector.value };
  const found = readLookUp(selector, await directory.lookUp([selector]), '0');
  return found.kind === 'user' ? { id: found.user.id } : { problem: problemOf(found) };
}

const BY_ID = 'The object id needs no look-up; the results of a job have it as guestId.';

function problemOf(found: Exclude<Found, { kind: 'user' }>): Problem {
  switch (found.kind) {
    case 'none':
      return problem(
        'guestNotFound',
        'The directory has no user with this UPN or mail. Correct it; of a guest who was deleted or renamed, name the object id.',
      );
    case 'several':
      return problem(
        'guestAmbiguous',
        `Several users have this address: ${found.ids.join(', ')}. Name one of them by object id.`,
      );
    case 'failed':
      return found.class === 'retry' || found.class === 'throttled'
        ? problem('graphUnavailable', `${found.verdict.message} Repeat the request in a while. ${BY_ID}`)
        : problem('graphRefused', `${found.verdict.message} GET /api/health says what Graph refuses. ${BY_ID}`);
  }
}
