/** How a job stands, in lines. */
import type { Job, PastReset, Reset } from '../../client/types.ts';
import { plain, table } from './plain.ts';

/** What is no cause to look into. */
const GOOD_CODES = ['reset', 'resetSeenInDirectory', 'wouldReset'];
const ENDS = ['succeeded', 'skipped', 'failed', 'unknown', 'canceled'] as const;

/** `succeeded 470, failed 2`: of those that have ended, what there is. */
export const countsText = ({ counts }: Job): string =>
  ENDS.filter((status) => counts[status] > 0)
    .map((status) => `${status} ${counts[status]}`)
    .join(', ');

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
    ['paused', pausedReason && `${pausedReason.message} (${pausedReason.scope}: ${pausedReason.code})`],
    ['to do', pausedReason?.nextStep],
    ['throttled', job.throttledUntil && `Graph asked to wait until ${job.throttledUntil}`],
    ['ends', job.estimatedCompletion && `about ${job.estimatedCompletion}`],
    ['redeemed', check && `${check.counts.accepted}; not yet ${check.counts.pending}, unknown ${check.counts.unknown}`],
    ...(job.warnings ?? []).map(({ message, code }) => ['warning', `${message} (${code})`] as const),
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

/** One line each. The redeem URL is a secret, and not among them. */
export const resetTable = (resets: readonly Reset[]): string[] =>
  table(
    resets.map(({ row, user, status, code = '', message = '', nextStep = '' }) => [
      `${row}`,
      user,
      status,
      code === status ? '' : code,
      status === 'succeeded' ? '' : [message, nextStep].filter(Boolean).join(' '),
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
