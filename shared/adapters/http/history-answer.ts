/** A guest's resets in all jobs that the caller may see. */
import type { HttpResponseInit } from '@azure/functions';
import { isGuid } from '../../domain/ids.ts';
import { problem } from '../../domain/problem.ts';
import { iso, resetView } from '../../domain/reset-view.ts';
import { guestHistory } from '../../usecases/guest-history.ts';
import { mayRead, mayNot } from './caller.ts';
import { Refusal, type Call } from './handler.ts';
import { viewFor } from './job-requests.ts';
import { historyPosition, historyToken, nextLink, pageSize } from './paging.ts';
import { jsonResponse } from './respond.ts';
import { apiUrl } from './urls.ts';

export async function answerGuestHistory(call: Call): Promise<HttpResponseInit> {
  const { request, deps, query, caller } = call;
  if (caller.roles.size === 0) throw new Refusal(mayNot('Read'));
  const guestId = request.params['guestId'] ?? '';
  if (!isGuid(guestId)) throw new Refusal(problem('invalidGuestId', 'Name the guest by object id, a GUID. The results of a job have it as guestId.'));
  const { resets, next } = await guestHistory(deps, guestId, historyPosition(query), pageSize(query, 20, 100));
  const value = resets.flatMap(({ entry, job, record }) => {
    if (job === undefined || record === undefined) return caller.roles.has('Read') || caller.roles.has('Manage') ? [{ jobId: entry.jobId, row: entry.row, triedAt: iso(entry.at) }] : [];
    return mayRead(caller, job) ? [{ jobId: entry.jobId, triedAt: iso(entry.at), ...resetView(record, viewFor(call, job)) }] : [];
  });
  return jsonResponse({ value, ...(next !== undefined && { nextLink: nextLink(`${apiUrl(request)}/guests/${guestId}/resets`, query, historyToken(next)) }) });
}
