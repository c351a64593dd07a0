/** What a job was asked for, in words. */
import type { Job } from '../../../../client/types.ts';
import { count, counted, moment } from '../../parts/numbers.ts';
import { skippedFor } from '../../parts/reset-words.ts';

const ADDRESSES = {
  mail: 'Becomes the guest’s mail',
  otherMails: 'Is added to the other mails',
  none: 'Is not added',
} as const;
const ONLY = { any: undefined, pending: 'Only who has not redeemed', accepted: 'Only who has redeemed' } as const;

/** Name and words, in the order in which somebody wants to know them. */
export function askedFor(job: Job): readonly (readonly [string, string])[] {
  const { options, notBefore, notAfter, pauseAfter, approval } = job;
  const { changeEmailDomain: change, maxPerMinute } = options;
  const said: (readonly [string, string | undefined])[] = [
    ['Mail', mailWords(options.sendInvitationMessage)],
    ['Language', options.messageLanguage],
    ['Message', options.hasCustomizedMessageBody ? 'Given, but Microsoft leaves it out' : undefined],
    ['Copy to', options.hasCcRecipient ? 'One address' : undefined],
    ['New domain', change === undefined ? undefined : `${change.from} → ${change.to}`],
    ['New address', change === undefined && options.addEmailTo === 'mail' ? undefined : ADDRESSES[options.addEmailTo]],
    ['Whom', ONLY[options.onlyIf]],
    ['To be skipped', skippedFor(options)],
    ['Canary', pauseAfter === undefined ? undefined : `The first ${counted(pauseAfter, 'guest')}`],
    ['Pace', maxPerMinute === undefined ? undefined : `At most ${count(maxPerMinute)} a minute`],
    ['Not before', notBefore && moment(notBefore)],
    ['Not after', notAfter && moment(notAfter)],
    ['Approved', approval && `${approval.by.name ?? approval.by.id}, ${moment(approval.at)}`],
    ['Landing page', options.inviteRedirectUrl],
  ];
  return said.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
}

function mailWords(sends: boolean | undefined): string {
  if (sends === undefined) return 'As each row says';
  return sends ? 'Microsoft sends it' : 'Nobody is mailed';
}
