/** Of a job that has mailed not everybody: that there are links to be handed out, where they stand, and who sees them. */
import type { Job } from '../../../../client/types.ts';
import { counted } from '../../parts/numbers.ts';
import type { Caller } from './permissions.ts';

interface LinksWords {
  readonly title: string;
  readonly text: string;
}

/** @param me undefined while the service has not told @returns undefined where nobody needs a link */
export function linksWords({ counts, summary, submittedBy }: Job, me: Caller | undefined): LinksWords | undefined {
  const guests = 'mailed' in summary ? counts.succeeded - summary.mailed : 0;
  if (guests <= 0) return undefined;
  const title = `${counted(guests, 'guest')} ${guests === 1 ? 'was' : 'were'} reset without a mail.`;
  const whose = guests === 1 ? 'the redeem link' : 'the redeem links';
  const isMine = me === undefined || me.id === submittedBy.id;
  const text = isMine
    ? `Hand out ${whose}: in “Results as CSV”, or in each row of “All guests”. Only you see them, as you submitted this job, and only for some days.`
    : `Who submitted this job hands out ${whose}: nobody else sees them, and they are shown only for some days.`;
  return { title, text };
}
