/** What is known of a reset, as pairs of a name and words. */
import type { PastReset, Reset } from '../../../client/types.ts';
import { moment } from './numbers.ts';
import { REDEMPTIONS, RESET_STATES } from './reset-words.ts';

const MAILS = { microsoft: 'Microsoft was asked to send it', none: 'Nobody was mailed' } as const;
const VERIFIED = {
  verified: 'Seen in the directory',
  notSeen: 'Not seen in the directory',
  notPossible: 'Could not be looked at',
} as const;

/** Of one in a history the row, too, may not be there to be read any more. */
export function factsOf(reset: Reset | PastReset): readonly (readonly [string, string])[] {
  const said: (readonly [string, string | undefined])[] = [
    ['Row', String(reset.row)],
    ['State', reset.status && RESET_STATES[reset.status].text],
    ['Code', reset.code],
    ['Reference', reset.reference],
    ['Name in the list', reset.submittedAs?.displayName],
    ['Mail in the list', reset.submittedAs?.mail],
    ['UPN in the list', reset.submittedAs?.userPrincipalName],
    ['Object id', reset.guestId],
    ['Mail', reset.mail && MAILS[reset.mail]],
    ['Mailed to', reset.mailTo],
    ['Language', reset.messageLanguage],
    ['Sent to Graph', sendings(reset)],
    ['Began', reset.startedAt && moment(reset.startedAt)],
    ['Ended', reset.endedAt && moment(reset.endedAt)],
    ['Next try', reset.nextTryAt && moment(reset.nextTryAt)],
    ['A minute later', reset.verification && VERIFIED[reset.verification]],
    ['Redeemed', reset.redemption && REDEMPTIONS[reset.redemption]],
    ['Looked at', reset.checkedAt && moment(reset.checkedAt)],
    ['UPN before', reset.userPrincipalNameBefore],
    ['UPN after', changed(reset.userPrincipalNameBefore, reset.userPrincipalNameAfter)],
    ['Mail before', reset.mailBefore],
    ['Mail after', changed(reset.mailBefore, reset.mailAfter)],
    ['Reset by another job', reset.otherJob?.resetAt && moment(reset.otherJob.resetAt)],
    ['Request id of Graph', reset.graphRequestId],
    ['Invitation', reset.invitationId],
  ];
  return said.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
}

/** Those that have been answered: of one on its way, or with a lost answer, a zero would say too much. */
function sendings({ attempts, status }: Pick<PastReset, 'attempts' | 'status'>): string | undefined {
  if (attempts === undefined) return undefined;
  if (attempts === 0) return status === 'sending' || status === 'unknown' ? undefined : 'Nothing';
  return attempts === 1 ? 'Once' : `${attempts} times`;
}

const changed = (before: string | undefined, after: string | undefined): string | undefined =>
  after !== undefined && after === before ? 'The same' : after;
