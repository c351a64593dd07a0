/** A guest's resets in all jobs that the caller may see. */
import type { HttpResponseInit } from '@azure/functions';
import { problem } from '../../domain/problem.ts';
import { iso } from '../../domain/instant.ts';
import { resetView } from '../../domain/reset-view.ts';
import { checkSelector } from '../../domain/submission/selector.ts';
import { findGuest } from '../../usecases/find-guest.ts';
import { guestHistory, type PastReset } from '../../usecases/guest-history.ts';
import { mayRead, seesAll } from './caller.ts';
import type { Call, CallOf } from './handler.ts';
import { Refusal } from './refusal.ts';
import { viewFor } from './job-requests.ts';
import { historyToken, nextLink } from './paging.ts';
import { jsonResponse } from './respond.ts';

export async function answerGuestHistory(call: CallOf<'listGuestResets'>): Promise<HttpResponseInit> {
  const { deps, query, caller } = call;
  const guestId = await guestOf(call);
  // Whose a deleted job was nobody knows any more.
  const isVisible = ({ job, record }: PastReset): boolean =>
    job === undefined || record === undefined ? seesAll(caller) : mayRead(caller, job);
  const { resets, next } = await guestHistory(deps, guestId, query.continuationToken, query.pageSize, isVisible);
  const value = resets.map(({ entry, job, record }) =>
    job === undefined || record === undefined
      ? { jobId: entry.jobId, row: entry.row, triedAt: iso(entry.at) }
      : { jobId: entry.jobId, triedAt: iso(entry.at), ...resetView(record, viewFor(call, job)) },
  );
  return jsonResponse({
    value,
    ...(next !== undefined && {
      nextLink: nextLink(`${call.api}/guests/${guestId}/resets`, call.request.query, historyToken(next)),
    }),
  });
}

/** The guest of the path: object id, UPN or mail, as for a reset. */
async function guestOf({ request, deps }: Call): Promise<string> {
  const selector = checkSelector('user', (request.params['guestId'] ?? '').trim());
  if (!selector.ok)
    throw new Refusal(
      problem(
        'invalidGuestId',
        `${selector.message} In a path write # as %23. The results of a job have the object id as guestId.`,
      ),
    );
  const found = await findGuest(deps, selector.value);
  if ('problem' in found) throw new Refusal(found.problem);
  return found.id;
}
