/** The options of a job that reminds who has not redeemed; its rows are those of the results. */
import type { Job, SubmitQuery } from '../../../../client/types.ts';
import { titleOf } from '../../parts/job-words.ts';

export function reminderOf(job: Job, reason: string | undefined): SubmitQuery {
  const { messageLanguage, inviteRedirectUrl } = job.options;
  return {
    onlyIf: 'pending',
    // They were reset a short while ago, by the very job that they are reminded of.
    skipIfResetWithinHours: 0,
    sendInvitationMessage: true,
    inviteRedirectUrl,
    ...(messageLanguage !== undefined && { messageLanguage }),
    reason: (reason ?? `Reminder: ${titleOf(job)}`).slice(0, REASON_MAX),
  };
}

/** Characters that the service takes. */
const REASON_MAX = 200;
