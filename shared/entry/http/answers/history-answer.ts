/** A guest's resets in all jobs that the caller may see. */
import type { HttpResponseInit } from '@azure/functions';
import { problem } from '../../../domain/api/problem.ts';
import { iso } from '../../../domain/instant.ts';
import { actionView, actorView, concerns } from '../../../domain/api/action-view.ts';
import type { ResetRecord, Selector } from '../../../domain/reset/reset.ts';
import { defined, resetView } from '../../../domain/api/reset-view.ts';
import { checkSelector } from '../../../domain/submission/selector.ts';
import { findGuest } from '../../../usecases/jobs/find-guest.ts';
import { guestHistory, type PastReset } from '../../../usecases/jobs/guest-history.ts';
import { mayRead, seesAll } from '../requests/caller.ts';
import type { Call, CallOf } from '../handler.ts';
import { Refusal } from '../refusal.ts';
import { seesNewJobs, viewFor } from './job-requests.ts';
import { otherJobs, type OtherJobs } from './other-jobs.ts';
import { historyToken, nextLink } from './paging.ts';
import { jsonResponse } from './respond.ts';

export async function answerGuestHistory(call: CallOf<'listGuestResets'>): Promise<HttpResponseInit> {
  const { deps, query, caller } = call;
  const guestId = await guestOf(call);
  // Whose a job was nobody knows any more when its row is gone.
  const isVisible = ({ job }: PastReset): boolean => (job === undefined ? seesAll(caller) : mayRead(caller, job));
  const { resets, next } = await guestHistory(deps, guestId, query.continuationToken, query.pageSize, isVisible);
  const others = otherJobs(call);
  await others.learn(resets.flatMap(({ record }) => record ?? []));
  return jsonResponse({
    value: resets.map((past) => pastResetView(call, past, others)),
    ...(next !== undefined && {
      nextLink: nextLink(`${call.api}/guests/${guestId}/resets`, call.request.query, historyToken(next)),
    }),
  });
}

/** One reset with what its job says of it. Of a deleted job there are neither addresses nor Graph's words. */
function pastResetView(
  call: Call,
  { entry, job, record, isJobDeleted }: PastReset,
  others: OtherJobs,
): Record<string, unknown> {
  return defined({
    jobId: entry.jobId,
    jobDeleted: isJobDeleted ? true : undefined,
    triedAt: iso(entry.at),
    submittedBy: job && actorView(job.submitter),
    reason: job?.options.reason,
    actions: job?.actions?.list
      .filter((action) => concerns(action, record))
      .map((action) => actionView(action, seesNewJobs(call))),
    row: entry.row,
    ...(record !== undefined &&
      (isJobDeleted || job === undefined ? keptView(record) : resetView(record, viewFor(call, job, others)))),
  });
}

/** What a deleted job keeps of a reset; the other members of a view would be made up from what is gone. */
function keptView(record: ResetRecord): Record<string, unknown> {
  const { reference, guestId, status, code, attempts, startedAt, endedAt } = resetView(record, {
    showsRedeemUrl: false,
    redeemUrlsSince: 0,
  });
  return { reference, guestId, status, code, attempts, startedAt, endedAt };
}

/** The guest of the path: object id, UPN or mail, as for a reset. */
export function guestSelector({ request }: Pick<Call, 'request'>): Selector {
  const selector = checkSelector('user', (request.params['guestId'] ?? '').trim());
  if (!selector.ok)
    throw new Refusal(
      problem(
        'invalidGuestId',
        `${selector.message} In a path write # as %23. The results of a job have the object id as guestId.`,
      ),
    );
  return selector.value;
}

async function guestOf(call: Call): Promise<string> {
  const found = await findGuest(call.deps, guestSelector(call));
  if ('problem' in found) throw new Refusal(found.problem);
  return found.id;
}
