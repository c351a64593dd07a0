/** The options of a job that reminds who has not redeemed; its rows are those of the results. */
import type { Job, SubmitQuery } from '../../../../client/types.ts';
import { titleOf } from '../../parts/job-words.ts';

/** Characters that the service takes. */
const REASON_MAX = 200;
const HOUR_MS = 3_600_000;
/** The service's own default. */
const HOURS_MAX = 24;

/** What a reminder is called where nobody says otherwise. */
export const usualReason = (job: Job): string => `Reminder: ${titleOf(job)}`.slice(0, REASON_MAX);

/** @param now milliseconds since 1970: the same for each try of one reminder */
export function reminderOf(job: Job, reason: string | undefined, now: number): SubmitQuery {
  const { messageLanguage, inviteRedirectUrl } = job.options;
  return {
    onlyIf: 'pending',
    // Who was reminded since is not mailed again; that the job itself has reset them does not count.
    skipIfResetWithinHours: hoursSince(job, now),
    sendInvitationMessage: true,
    inviteRedirectUrl,
    ...(messageLanguage !== undefined && { messageLanguage }),
    ...(reason !== undefined && { reason }),
  };
}

/** Who is skipped for having been reminded already. */
export function remindedWords(job: Job, now: number): string {
  const hours = hoursSince(job, now);
  if (hours === 0) return 'Whoever was reminded already is mailed once more: this job ended less than an hour ago.';
  const lately = hours === 1 ? 'hour' : `${hours} hours`;
  return `Whoever was reminded in the last ${lately} is skipped; whoever was reminded before that is mailed once more.`;
}

const hoursSince = ({ endedAt }: Job, now: number): number =>
  endedAt === undefined ? 0 : Math.min(HOURS_MAX, Math.max(0, Math.floor((now - Date.parse(endedAt)) / HOUR_MS)));
