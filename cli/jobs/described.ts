/** How a job stands, in lines. */
import { RESET_CODES, type ResetCode } from '../../client/codes.ts';
import type { AuditEntry, Guest, Job, PastReset, Reset } from '../../client/types.ts';
import { askedFor } from './asked.ts';
import { plain, table } from './plain.ts';
import { inOurWords } from './words.ts';

/** What is no cause to look into. */
const GOOD_CODES = ['reset', 'resetSeenInDirectory', 'wouldReset'];
const ENDS = ['succeeded', 'skipped', 'failed', 'unknown', 'canceled'] as const;

/** A rehearsal has done nothing. */
const REHEARSED: Readonly<Partial<Record<(typeof ENDS)[number], string>>> = {
  succeeded: 'would be reset',
  skipped: 'would be skipped',
  failed: 'would fail',
};

/** `succeeded 470, failed 2`: of those that have ended, what there is. */
export const countsText = ({ counts, dryRun }: Job): string =>
  ENDS.filter((status) => counts[status] > 0)
    .map((status) => `${(dryRun === true && REHEARSED[status]) || status} ${counts[status]}`)
    .join(', ');

/**
 * Whether a retry finds something where it is not told what: some were canceled, or more have failed than for a cause
 * that stays. Of `otherDomain` a guest is skipped.
 */
export function canBeRetried({ counts, byCode, dryRun }: Job): boolean {
  const stays = (code: string): boolean =>
    code !== 'otherDomain' && (RESET_CODES as Partial<typeof RESET_CODES>)[code as ResetCode]?.retryable === false;
  const final = Object.entries(byCode).reduce((sum, [code, count]) => sum + (stays(code) ? count : 0), 0);
  return dryRun !== true && (counts.canceled > 0 || counts.failed > final);
}

/** `addressTaken 2, directoryRole 1`: why resets did not succeed, the most frequent first; empty where all did. */
export const causesText = ({ byCode }: Job): string =>
  Object.entries(byCode)
    .filter(([code, count]) => count > 0 && !GOOD_CODES.includes(code))
    .toSorted(([, one], [, other]) => other - one)
    .map(([code, count]) => `${code} ${count}`)
    .join(', ');

export function describeJob(job: Job): string[] {
  const { id, status, dryRun, reason, submittedBy, createdAt, done, total, pausedReason, check, retryOf } = job;
  const facts: (readonly [string, string | undefined])[] = [
    ['reason', reason],
    ['submitted', `${createdAt} by ${submittedBy.name ?? submittedBy.id}`],
    ['retry of', retryOf],
    ['done', [`${done} of ${total}`, countsText(job)].filter(Boolean).join(': ')],
    ['because', causesText(job)],
    ['mail', mailText(job)],
    // Whoever approves it, or goes on with the rest, has not typed it.
    ...(status === 'paused' ? askedFor(job) : []),
    ['paused', pausedReason && `${inOurWords(pausedReason.message)} (${pausedReason.scope}: ${pausedReason.code})`],
    // What to do after the first few stands in the reason.
    ['to do', pausedReason?.code === 'pauseAfter' ? undefined : pausedReason && inOurWords(pausedReason.nextStep)],
    ['throttled', job.throttledUntil && `Graph asked to wait until ${job.throttledUntil}`],
    ['ends', job.estimatedCompletion && `about ${job.estimatedCompletion}`],
    ['redeemed', check && `${check.counts.accepted}; not yet ${check.counts.pending}, unknown ${check.counts.unknown}`],
    ...(job.warnings ?? []).map(({ message, code }) => ['warning', `${inOurWords(message)} (${code})`] as const),
  ];
  const said = facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined && fact[1] !== '');
  return [
    `Job ${plain(id)}: ${status}${dryRun === true ? ' (dry run: nothing is sent)' : ''}`,
    ...table(said.map(([name, value]) => [`  ${name}`, value])),
  ];
}

function mailText({ summary }: Job): string {
  return 'mailed' in summary
    ? `${summary.mailed} by Microsoft, new addresses ${summary.emailsAdded}`
    : `${summary.wouldMail} would be mailed, ${summary.wouldAddEmail} would get a new address`;
}

/** People know nobody by an object id. */
const knownAs = (user: string, other: string | undefined): string =>
  user.includes('@') || other === undefined ? user : `${user} (${other})`;

/** One line each. The redeem URL is a secret, and not among them. */
export const resetTable = (resets: readonly Reset[]): string[] =>
  table(
    resets.map(({ row, user, submittedAs, mailBefore, status, code = '', message = '', nextStep = '' }) => [
      `${row}`,
      knownAs(user, mailBefore ?? submittedAs?.mail ?? submittedAs?.displayName ?? submittedAs?.userPrincipalName),
      status,
      code === status ? '' : code,
      status === 'succeeded' ? '' : inOurWords([message, nextStep].filter(Boolean).join(' ')),
    ]),
  );

export const jobTable = (jobs: readonly Job[]): string[] =>
  table(
    jobs.map(({ id, createdAt, status, dryRun, done, total, submittedBy, reason = '' }) => [
      id,
      createdAt,
      dryRun === true ? `${status} (dry run)` : status,
      `${done}/${total}`,
      submittedBy.name ?? submittedBy.id,
      reason,
    ]),
  );

export const historyTable = (resets: readonly PastReset[]): string[] =>
  table(
    resets.map(({ triedAt, status = '', code = '', jobId, submittedBy, reason = '', reference = '' }) => [
      triedAt,
      status,
      code,
      jobId,
      submittedBy?.name ?? submittedBy?.id ?? '',
      [reference, reason].filter(Boolean).join(', '),
    ]),
  );

/** Each line says to what: a job by its id, with how many guests; the tenant; or what is kept of one guest. */
export const auditTable = (entries: readonly AuditEntry[]): string[] =>
  table(
    entries.map(({ at, action, of, jobId = '', total, dryRun, by, code, reason }) => [
      at,
      dryRun === true ? `${action} (dry run)` : action,
      of === 'job' ? jobId : of,
      of === 'job' && total !== undefined ? `${total}` : '',
      by.name ?? by.id,
      [code, reason].filter(Boolean).join(', '),
    ]),
  );

export function describeGuest(guest: Guest): string[] {
  const { id, displayName, userPrincipalName, mail, otherMails = [], externalUserState: state, accountEnabled } = guest;
  const since = guest.externalUserStateChangeDateTime;
  const facts: (readonly [string, string | undefined])[] = [
    ['UPN', userPrincipalName],
    ['mail', mail],
    ['other mails', otherMails.join(', ')],
    ['type', guest.userType],
    ['invitation', state && (since === undefined ? state : `${state} since ${since}`)],
    ['account', accountEnabled === false ? 'disabled' : undefined],
    ['created', guest.createdDateTime],
    ['reset', guest.resettable ? 'would be done' : `would not be done (${guest.code})`],
    ['because', guest.message && inOurWords(guest.message)],
    ['to do', guest.nextStep && inOurWords(guest.nextStep)],
    ...(guest.warnings ?? []).map(({ message, code }) => ['warning', `${inOurWords(message)} (${code})`] as const),
  ];
  return [
    `${plain([displayName, id].filter(Boolean).join(', '))}: as of ${guest.readAt}`,
    ...table(facts.flatMap(([name, value]) => (value ? [[`  ${name}`, value]] : []))),
  ];
}
