/** A reset as programs see it. */
import { iso } from './instant.ts';
import { shownWarnings } from './reset-notes.ts';
import { isRetryable } from './reset-codes.ts';
import { isTerminal, type ResetRecord } from './reset.ts';
import { warningView, type WarningView } from './warnings.ts';

export interface ViewSettings {
  /** The redeem URL is a secret that only whoever may submit gets. */
  readonly showsRedeemUrl: boolean;
  /** Redeem URLs of resets that ended before this time are no longer given out. */
  readonly redeemUrlsSince: number;
}

/** JSON of one reset; absent members were never known. Times are ISO 8601, UTC. */
export function resetView(
  record: ResetRecord,
  { showsRedeemUrl, redeemUrlsSince }: ViewSettings,
): Record<string, unknown> {
  const { request, sent, verdict, before, after } = record;
  const warnings = warningsOf(record);
  return defined({
    row: request.row,
    reference: request.reference,
    user: request.selector.value,
    guestId: record.guestId,
    status: record.status,
    code: verdict?.code,
    message: verdict?.message,
    nextStep: verdict?.nextStep,
    retryable: verdict !== undefined && isTerminal(record.status) ? isRetryable(verdict.code) : undefined,
    warnings: warnings.length > 0 ? warnings : undefined,
    attempts: record.attempts,
    startedAt: wasSent(record) ? iso(record.startedAt) : undefined,
    endedAt: iso(record.endedAt),
    nextTryAt: record.status === 'pending' && record.attempts > 0 ? iso(record.dueAt) : undefined,
    graphRequestId: record.graphRequestId,
    invitationId: record.invitationId,
    mail: mailOf(record),
    mailTo: record.status === 'succeeded' && sent?.asksMail === true ? sent.address : undefined,
    userPrincipalNameBefore: before?.userPrincipalName,
    userPrincipalNameAfter: after?.userPrincipalName,
    mailBefore: before?.mail,
    mailAfter: after?.mail,
    verification: record.verification,
    redemption: record.redemption,
    checkedAt: iso(record.checkedAt),
    would: record.would && { mail: record.would.mailTo === undefined ? 'none' : 'microsoft', ...record.would },
    inviteRedeemUrl: showsRedeemUrl && (record.endedAt ?? 0) >= redeemUrlsSince ? record.inviteRedeemUrl : undefined,
  });
}

/** With its words; those of a dry run where this is one. */
export const warningsOf = (record: ResetRecord): readonly WarningView[] =>
  shownWarnings(record).map((code) => warningView(code, record.would !== undefined));

/** Whether a request was, or may have been, sent for the guest; a rehearsal sends none. */
const wasSent = ({ attempts, status, would }: ResetRecord): boolean =>
  attempts > 0 || status === 'sending' || status === 'unknown' || (status === 'succeeded' && would === undefined);

/** Who mailed the guest: `microsoft` was asked to, `none` did; absent while nobody knows. */
function mailOf({ status, sent }: ResetRecord): 'microsoft' | 'none' | undefined {
  if (status === 'succeeded') return sent?.asksMail === true ? 'microsoft' : 'none';
  return status === 'failed' || status === 'skipped' || status === 'canceled' ? 'none' : undefined;
}

/** Leaves members out that are undefined. */
export function defined(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
