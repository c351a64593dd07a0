/** What a job was asked for, in the words of its options: whoever approves it must see all that will happen. */
import type { Job } from '../../client/types.ts';

/** Name and words, of what says something. */
export function askedFor(job: Job): readonly (readonly [string, string])[] {
  const { options, rowsSay = {}, notBefore, notAfter, pauseAfter } = job;
  const { sendInvitationMessage: mails, changeEmailDomain: change } = options;
  const said: readonly (readonly [name: string, words: string | undefined, rows?: number | undefined])[] = [
    ['mails', mails === undefined ? 'as each row says' : mails ? 'by Microsoft' : 'none', rowsSay.mailed],
    ['no mail', undefined, rowsSay.notMailed],
    ['language', options.messageLanguage, rowsSay.messageLanguage],
    ['message', options.hasCustomizedMessageBody ? 'given' : undefined, rowsSay.customizedMessageBody],
    ['copy', options.hasCcRecipient ? 'to one address' : undefined, rowsSay.ccRecipient],
    ['domain', change && `${change.from} to ${change.to}`],
    ['address', undefined, rowsSay.invitedUserEmailAddress],
    ['added to', options.addEmailTo === 'mail' ? undefined : options.addEmailTo, rowsSay.addEmailTo],
    ['only if', options.onlyIf === 'any' ? undefined : options.onlyIf],
    ['skips', `who was reset within ${options.skipIfResetWithinHours} hours`],
    ['stops at', pauseAfter === undefined ? undefined : `${pauseAfter}`],
    ['pace', options.maxPerMinute === undefined ? undefined : `at most ${options.maxPerMinute} a minute`],
    ['from', notBefore],
    ['until', notAfter],
    ['lands at', options.inviteRedirectUrl, rowsSay.inviteRedirectUrl],
  ];
  return said.flatMap(([name, words, rows]) => {
    const all = [words, rows === undefined ? undefined : `${rows} ${rows === 1 ? 'row' : 'rows'}`].filter(Boolean);
    return all.length === 0 ? [] : [[name, all.join('; ')] as const];
  });
}
