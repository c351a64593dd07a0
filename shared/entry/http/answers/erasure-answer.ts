/** The answer to whoever erases a guest: what went, what stays, and what is lost with it. */
import type { HttpResponseInit } from '@azure/functions';
import { problem } from '../../../domain/api/problem.ts';
import { namesOfUser } from '../../../domain/guest/erasure-words.ts';
import type { Erasure } from '../../../domain/job/erasure.ts';
import { openErasure } from '../../../usecases/erasure/begin-erasure.ts';
import { stepErasure, STEP_MS } from '../../../usecases/erasure/erase-guest.ts';
import { lookUpGuest } from '../../../usecases/jobs/find-guest.ts';
import { actorOf, type CallOf } from '../handler.ts';
import { Refusal } from '../refusal.ts';
import { preferredWaitSeconds } from '../requests/prefer-wait.ts';
import { guestSelector } from './history-answer.ts';
import { jsonResponse } from './respond.ts';

const KEPT = [
  'How many resets of each job ended how, without whose they were.',
  'That a guest was erased, by whom and when, without which one (GET /api/audit).',
  'What was submitted for the guest since this began.',
];
const LOST = [
  'When the guest was last reset. The directory tells it while the invitation is open; who has redeemed it is reset ' +
    'by whoever submits them again, also within skipIfResetWithinHours.',
];
const AGAIN_SECONDS = 5;
/** Of those that have not ended. */
const NAMED_JOBS = 20;

export async function answerErasure(call: CallOf<'eraseGuest'>): Promise<HttpResponseInit> {
  const { deps } = call;
  // All names that the directory knows are looked for, so it is asked for those of an object id as well.
  const found = await lookUpGuest(deps, guestSelector(call));
  if ('problem' in found) throw new Refusal(found.problem);
  const names = found.user === undefined ? [] : namesOfUser(found.user);
  const begun = await openErasure(deps, found.id, names, actorOf(call));
  if (begun.kind === 'open')
    throw new Refusal(
      problem(
        'guestInOpenJobs',
        `The guest is in ${begun.jobs.length === 1 ? 'a job that has' : 'jobs that have'} not ended: ` +
          `${begun.jobs.slice(0, NAMED_JOBS).join(', ')}. Nothing was erased. Wait for the end, or cancel; then ` +
          'repeat the request.',
      ),
    );
  const { erasure, isDone } = await stepErasure(deps, begun.erasure, stepMsOf(call));
  return isDone
    ? jsonResponse({ ...erasureView(erasure), status: 'erased' })
    : jsonResponse({ ...erasureView(erasure), status: 'erasing' }, 202, { 'Retry-After': String(AGAIN_SECONDS) });
}

/** Whoever would rather not wait for it gets its progress. */
function stepMsOf({ request }: CallOf<'eraseGuest'>): number | undefined {
  const seconds = preferredWaitSeconds(request.headers.get('prefer'));
  return seconds === undefined ? undefined : Math.min(seconds * 1000, STEP_MS);
}

const erasureView = ({ erased }: Erasure): Record<string, unknown> => ({ erased, kept: KEPT, lost: LOST });
