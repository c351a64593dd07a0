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
  const { options, rowsSay = {}, notBefore, notAfter, pauseAfter, approval } = job;
  const { changeEmailDomain: change, maxPerMinute } = options;
  const said: (readonly [string, string | undefined])[] = [
    ['Mail', mailWords(job)],
    ['Language', and(options.messageLanguage, inRows('named', rowsSay.messageLanguage))],
    [
      'Message',
      and(
        options.hasCustomizedMessageBody ? 'Given, but Microsoft leaves it out' : undefined,
        inRows('given', rowsSay.customizedMessageBody),
      ),
    ],
    ['Copy to', and(options.hasCcRecipient ? 'One address' : undefined, inRows('named', rowsSay.ccRecipient))],
    ['New domain', change === undefined ? undefined : `${change.from} → ${change.to}`],
    ['New address', newAddressWords(job)],
    ['Whom', ONLY[options.onlyIf]],
    ['To be skipped', skippedFor(options)],
    ['Canary', pauseAfter === undefined ? undefined : `The first ${counted(pauseAfter, 'guest')}`],
    ['Pace', maxPerMinute === undefined ? undefined : `At most ${count(maxPerMinute)} a minute`],
    ['Not before', notBefore && moment(notBefore)],
    ['Not after', notAfter && moment(notAfter)],
    ['Approved', approval && `${approval.by.name ?? approval.by.id}, ${moment(approval.at)}`],
    ['Verified', options.verify ? undefined : 'Nobody is looked at once more'],
    ['Landing page', and(options.inviteRedirectUrl, inRows('another', rowsSay.inviteRedirectUrl))],
  ];
  return said.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
}

/** What the options say, and what rows say in their place. */
function and(options: string | undefined, rows: string | undefined): string | undefined {
  if (options === undefined) return rows && rows.charAt(0).toUpperCase() + rows.slice(1);
  return rows === undefined ? options : `${options}; ${rows}`;
}

const inRows = (words: string, many: number | undefined): string | undefined =>
  many === undefined ? undefined : `${words} in ${counted(many, 'row')}`;

/** What becomes of a new address, where anybody gets one, or rows say so. */
function newAddressWords({ options, rowsSay = {} }: Job): string | undefined {
  const { invitedUserEmailAddress: many, addEmailTo } = rowsSay;
  const isUsual = options.changeEmailDomain === undefined && many === undefined && options.addEmailTo === 'mail';
  const place = isUsual ? undefined : ADDRESSES[options.addEmailTo];
  return and(and(place, inRows('named', many)), inRows('its place', addEmailTo));
}

function mailWords({ options: { sendInvitationMessage: sends }, rowsSay = {} }: Job): string | undefined {
  const words = sends === undefined ? 'As each row says' : sends ? 'Microsoft sends it' : 'Nobody is mailed';
  return and(and(words, inRows('sent', rowsSay.mailed)), inRows('none', rowsSay.notMailed));
}
