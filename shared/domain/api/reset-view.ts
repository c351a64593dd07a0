/** A reset as programs see it. */
import { iso } from '../instant.ts';
import { shownWarnings } from '../reset/notes.ts';
import { isRetryable } from '../reset/codes.ts';
import type { JobId } from '../ids.ts';
import { isTerminal, type ResetRecord, type ResetRequest, type Verdict } from '../reset/reset.ts';
import type { SubmittedAs } from '../submission/submitted-as.ts';
import { warningView, type WarningView } from '../reset/warnings.ts';

export interface ViewSettings {
  /** The redeem URL is a secret that only whoever may submit gets. */
  readonly showsRedeemUrl: boolean;
  /** Redeem URLs of resets that ended before this time are no longer given out. */
  readonly redeemUrlsSince: number;
  /** What of a job that a reset names beside its own is to be told; default: no such job is the caller's to see. */
  readonly otherJob?: (id: JobId) => OtherJobState | undefined;
  /** What the submission says of a guest beside `user`; default: nothing. */
  readonly submittedAs?: (request: ResetRequest) => SubmittedAs | undefined;
}

export type OtherJobState = 'there' | 'deleted';

/** As JSON: `id` and `deleted` only for those who may see the job, `resetAt` once it has reset the guest. */
export interface OtherJobView {
  readonly id?: string;
  readonly deleted?: boolean;
  readonly resetAt?: string;
}

/** JSON of one reset; absent members were never known. Times are ISO 8601, UTC. */
export function resetView(
  record: ResetRecord,
  { showsRedeemUrl, redeemUrlsSince, otherJob, submittedAs }: ViewSettings,
): Record<string, unknown> {
  const { request, sent, verdict, before, after } = record;
  const warnings = warningsOf(record);
  const mailed = record.status === 'succeeded' && sent?.asksMail === true ? sent : undefined;
  return defined({
    row: request.row,
    reference: request.reference,
    user: request.selector.value,
    submittedAs: submittedAs?.(request),
    guestId: record.guestId,
    status: record.status,
    code: verdict?.code,
    message: verdict?.message,
    nextStep: verdict?.nextStep,
    retryable: verdict !== undefined && isTerminal(record.status) ? isRetryable(verdict.code) : undefined,
    otherJob: otherJobView(verdict, otherJob),
    warnings: warnings.length > 0 ? warnings : undefined,
    attempts: record.attempts,
    startedAt: wasSent(record) ? iso(record.startedAt) : undefined,
    endedAt: iso(record.endedAt),
    nextTryAt: record.status === 'pending' && record.attempts > 0 ? iso(record.dueAt) : undefined,
    graphRequestId: record.graphRequestId,
    invitationId: record.invitationId,
    mail: mailOf(record),
    mailTo: record.erased === true ? undefined : mailed?.address,
    messageLanguage: mailed?.messageLanguage,
    userPrincipalNameBefore: before?.userPrincipalName,
    userPrincipalNameAfter: after?.userPrincipalName,
    mailBefore: before?.mail,
    mailAfter: after?.mail,
    verification: record.verification,
    redemption: record.redemption,
    checkedAt: iso(record.checkedAt),
    erased: record.erased,
    would: record.would && { mail: record.would.mailTo === undefined ? 'none' : 'microsoft', ...record.would },
    inviteRedeemUrl: showsRedeemUrl && (record.endedAt ?? 0) >= redeemUrlsSince ? record.inviteRedeemUrl : undefined,
  });
}

function otherJobView(verdict: Verdict | undefined, stateOf: ViewSettings['otherJob']): OtherJobView | undefined {
  if (verdict?.otherJob === undefined) return undefined;
  const { id, resetAt } = verdict.otherJob;
  const state = stateOf?.(id);
  if (state === undefined && resetAt === undefined) return undefined;
  return defined({
    id: state && id,
    deleted: state === 'deleted' ? true : undefined,
    resetAt: iso(resetAt),
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
