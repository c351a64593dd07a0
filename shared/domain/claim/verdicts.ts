/** What a reset is told whose guest another reset has. Pure. */
import type { JobId } from '../ids.ts';
import { iso } from '../instant.ts';
import type { Job } from '../job/job.ts';
import type { Verdict } from '../reset/reset.ts';
import type { Success } from '../reset/recent-state.ts';

/** The other job may not be the caller's to see, so no sentence names it. */
export const claimedByOther = (jobId: JobId): Verdict => ({
  code: 'heldByOther',
  message: 'Another job is resetting this guest.',
  nextStep: 'Nothing: the service waits for that to end.',
  otherJob: { id: jobId },
});

export function resetAlready(job: Job, guestId: string, success: Success): Verdict {
  const when = iso(success.at) ?? 'an unknown time';
  return success.jobId === job.id
    ? { code: 'sameGuestTwice', message: `Another row of this job has reset the guest at ${when}.` }
    : {
        otherJob: { id: success.jobId, resetAt: success.at },
        code: 'resetRecently',
        message: `Another job has reset the guest at ${when}.`,
        nextStep: `GET /api/guests/${guestId}/resets lists the resets that you may see. To reset once more, ${
          job.options.skipIfResetWithinHours === 0
            ? 'submit again: what came a few seconds before a job counts as since.'
            : 'submit with skipIfResetWithinHours 0.'
        }`,
      };
}
