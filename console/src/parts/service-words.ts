/**
 * What the service says, in the words of the page. It speaks to whoever calls the API, by parameters and requests; here
 * are buttons, columns and pages. Whatever is shown of it (message, next step, detail, meaning) goes through this.
 */
import { moment } from './numbers.ts';

type Words = readonly (readonly [theirs: RegExp, ours: string])[];

/** As people write the name of the column by which a list says whom to invite. */
const TO_INVITE = 'a column “Email address to invite”';
const THERE = 'on the page of the guest';

/** What can be done about it: sentences, or parts of some. */
const STEPS: Words = [
  [/retry the job with status=unknown/g, 'try once more'],
  [/Retry the job: what was canceled becomes a new job, without notAfter/g, 'Try again: the new job has no such time'],
  [/To retry others name their statuses, such as [^(]*(?=\()/g, 'Try others by their cause '],
  [/Submit without dryRun to do it/g, 'To do it, run the rehearsal'],
  [/submit without (?:changeEmailDomain|onlyIf)/g, `do it ${THERE}`],
  [/submit with onlyIf "pending"(?:, or with skipIfResetWithinHours 0)?/g, `do it ${THERE}`],
  [/GET \/api\/guests\/[^\s/]+\/resets lists the resets that you may see/g, 'The page of the guest lists other resets'],
  [/submit with skipIfResetWithinHours 0/g, 'do it there'],
  [/submit again with skipIfResetWithinHours 0/g, `reset once more ${THERE}`],
  [/submit again with addEmailTo "mail" or "otherMails"/g, `reset the guest ${THERE}, where it can be added`],
  [/addEmailTo "otherMails"/g, `add it to the other mails ${THERE}`],
  [/Give invitedUserEmailAddress/g, `Give the address to invite in ${TO_INVITE}`],
  [/Give another invitedUserEmailAddress/g, `Give another address in ${TO_INVITE}`],
  [/(give it|give the new one) as invitedUserEmailAddress/g, `$1 in ${TO_INVITE}`],
  [/belongs into invitedUserEmailAddress/g, `belongs in ${TO_INVITE}`],
  [/Call the column with the addresses to invite \w+/g, 'Call the one to invite “Email address to invite”'],
  [/repeat the request with \?allowDuplicate=true/g, 'do it all the same'],
  [/set sendInvitationMessage to false, and mail the redeem URL/g, 'choose “No mail”, and mail the redeem link'],
];

const FACTS: Words = [
  [/ \(externalUserState is \w+\), and the job says onlyIf "pending"/g, ', and the job is for who has an open one'],
  [/ \(externalUserState is \w+\), and the job says onlyIf "\w+"/g, ', and the job is for who has redeemed one'],
  [/, and addEmailTo is "none"/g, ', and was not to be added'],
  [/within skipIfResetWithinHours before/g, 'a short while before'],
  [/ ?\(skipIfResetWithinHours is \w+\)/g, ''],
  [/The time that the job gives in notAfter came/g, 'The time after which the job sends nothing came'],
  [/ \(notAfter\)/g, ''],
  [/\bdry run/g, 'rehearsal'],
  [/\bDry run/g, 'Rehearsal'],
  [/^pauseAfter: the/g, 'The'],
  [/; the results of a job have it as guestId/g, '; the results of a job have it'],
  [/\b(It is paused|Another stop) \([a-z]\w+\)/g, '$1'],
];

/** Pages and buttons, where the service names a request. */
const PLACES: Words = [
  [/POST \/api\/(?:jobs\/[^\s/]+\/)?(pause|resume|cancel|check|retry)/g, '“$1”'],
  [/GET \/api\/jobs\/[^\s/]+\/resets(?:\?format=csv)?/g, '“Results as CSV”'],
  [/GET \/api\/jobs(?![/\w])/g, 'the page “Jobs”'],
  [/GET \/api\/(?:diagnostics|tenant)/g, 'The page “Tenant”'],
];

/** Of the directory, as the admin center calls them. */
const PROPERTIES: Words = [
  [/\bexternalUserState\b/g, 'invitation state'],
  [/\bexternalUserStateChangeDateTime\b/g, 'the time of the invitation state'],
  [/\botherMails\b/g, 'other mails'],
  [/\bproxyAddresses\b/g, 'proxy addresses'],
  [/\buserPrincipalName\b/g, 'user principal name'],
  [/\buserType\b/g, 'user type'],
  [/\bcreationType\b/g, 'creation type'],
  [/\baccountEnabled\b/g, 'account enabled'],
];

/** Texts of tables have the marks of the docs, which no page shows. */
const plain = (text: string): string => text.replaceAll('`', '');

const withMoments = (text: string): string => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (iso) => moment(iso));

const replaced = (text: string, words: Words): string =>
  words.reduce((said, [theirs, ours]) => said.replaceAll(theirs, ours), text);

/** What is said of a list: a name in it is that of a column. */
export const saidOfList = (text: string): string => replaced(withMoments(plain(text)), [...STEPS, ...FACTS, ...PLACES]);

export const inPageWords = (text: string): string => replaced(saidOfList(text), PROPERTIES);
