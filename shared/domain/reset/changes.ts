/**
 * Every change of a reset's status, each with its reason.
 *
 * | from    | to        | by            | reason |
 * |---------|-----------|---------------|--------|
 * | pending | sending   | `startSending`| the claim before a request goes out |
 * | pending | failed, skipped | `end`   | preflight or the guest's claim said no |
 * | sending | pending   | `release`     | certainly nothing was sent, or Graph certainly did nothing |
 * | sending | sending   | `keepInDoubt` | the answer was lost: look before repeating |
 * | sending | sending   | `keepInDoubt` | the answer proves nothing (`oddAnswer`): look, and never repeat |
 * | sending | succeeded | `succeed`     | Graph's answer, or a look-up, says that it happened |
 * | sending | failed, skipped, unknown | `end` | Graph's answer, another reset, or nobody can tell |
 * | pending, sending | the same | `postpone` | its turn, a look-up that failed or throttling is waited for |
 * | pending | succeeded | `rehearse`    | a dry run found nothing against it; nothing was sent |
 * | pending | canceled  | `end`         | canceled before it was sent |
 * | pending | succeeded, unknown | `end`, `succeed` | an earlier request, to be repeated, had happened or may have |
 *
 * What is noted beside that, without a change of status, is in `notes.ts`.
 *
 * Times are milliseconds since the epoch.
 */
import type { Invitation } from '../graph/classify.ts';
import { keptResult } from './kept-result.ts';
import { SEEN_WITHOUT_URL, UNKNOWN } from './lost-answer.ts';
import type { SendPlan } from './send-plan.ts';
import { names } from './notes.ts';
import {
  isTerminal,
  type NextAction,
  type ResetRecord,
  type ResetStatus,
  type TerminalResetStatus,
  type Verdict,
  type Verification,
} from './reset.ts';

const ALLOWED: Record<ResetStatus, readonly ResetStatus[]> = {
  pending: ['pending', 'sending', 'failed', 'skipped', 'canceled'],
  sending: ['sending', 'pending', 'succeeded', 'failed', 'skipped', 'unknown'],
  succeeded: [],
  failed: [],
  skipped: [],
  unknown: [],
  canceled: [],
};

function move(
  record: ResetRecord,
  to: ResetStatus,
  changes: Partial<ResetRecord>,
  from: readonly ResetStatus[] = ['pending', 'sending'],
): ResetRecord {
  const allowed = [
    ...ALLOWED[record.status],
    ...(record.status === 'pending' && (record.earlier !== undefined || record.doubted !== undefined)
      ? ['succeeded', 'unknown']
      : []),
  ];
  if (!from.includes(record.status) || !allowed.includes(to) || (to === 'pending' && record.oddAnswer !== undefined))
    throw new Error(`row ${record.request.row}: a reset cannot go from ${record.status} to ${to}`);
  return keptResult({ ...record, ...changes, status: to });
}

/** An attempt that is about to send. */
export interface NewAttempt {
  readonly id: string;
  readonly quietUntil: number;
  /** Graph's clock at the look-up. */
  readonly graphDate: number;
  /** When it was paid for, for the day's cap. */
  readonly paidOn?: number;
}

/** Writes down what is about to be sent, so that whoever comes after a crash can compare. */
export function startSending(record: ResetRecord, plan: SendPlan, attempt: NewAttempt, now: number): ResetRecord {
  const { unchangedSince: _unchanged, failedLookUps: _failed, hasSlot: _slot, ...rest } = record;
  return move(
    rest,
    'sending',
    {
      guestId: plan.guestId,
      nextAction: 'look',
      dueAt: attempt.quietUntil,
      ...(attempt.paidOn !== undefined && { paidOn: attempt.paidOn }),
      startedAt: record.startedAt ?? now,
      before: record.before ?? names(plan.state),
      warnings: [...new Set([...(record.warnings ?? []), ...plan.warnings])],
      sent: {
        externalUserState: plan.state.externalUserState,
        externalUserStateChangeDateTime: plan.state.externalUserStateChangeDateTime,
        attemptId: attempt.id,
        at: now,
        graphDate: attempt.graphDate,
        address: plan.address,
        asksMail: plan.asksMail,
        ...(plan.messageLanguage !== undefined && { messageLanguage: plan.messageLanguage }),
        addsEmail: plan.emailChange !== undefined,
      },
      ...(plan.emailChange !== undefined && {
        emailAddedAt: plan.isEmailAdded === true ? (record.emailAddedAt ?? now) : now,
      }),
    },
    ['pending'],
  );
}

/** Why a reset is pending again. */
export interface Release {
  readonly dueAt: number;
  readonly verdict?: Verdict;
  readonly attempts?: number;
  readonly requestId?: string;
  readonly earlier?: NonNullable<ResetRecord['earlier']>;
  readonly keepsDoubt?: boolean;
  readonly withoutLanguage?: true;
  /** The attempt ended before anything of it went to Graph. */
  readonly nothingSent?: true;
  /** Graph has certainly done nothing with it. */
  readonly notDone?: true;
}

/** Back to pending: the next wake looks the guest up and tries again. */
export function release(record: ResetRecord, why: Release): ResetRecord {
  const doubted = record.doubted ?? (why.keepsDoubt === true ? record.sent : undefined);
  const { paidOn, ...rest } = record;
  const isUnused = why.nothingSent === true || why.notDone === true;
  const earlier = record.earlier === 'happened' ? record.earlier : (why.earlier ?? record.earlier);
  return move(rest, 'pending', {
    ...(isUnused && paidOn !== undefined && { paidOn }),
    ...(earlier !== undefined && { earlier }),
    ...(doubted !== undefined && { doubted }),
    ...(why.nothingSent !== true && { wasSent: true }),
    nextAction: 'send',
    dueAt: why.dueAt,
    attempts: why.attempts ?? record.attempts,
    ...(why.verdict !== undefined && { verdict: why.verdict }),
    ...(why.requestId !== undefined && { graphRequestId: why.requestId }),
    ...(why.withoutLanguage === true && { withoutLanguage: true }),
  });
}

/** A pending reset that waits, for a slot or for a look-up that failed; or one in doubt whose look-up failed. */
export function postpone(
  record: ResetRecord,
  why: { readonly dueAt: number; readonly verdict?: Verdict; readonly attempts?: number; readonly hasSlot?: boolean },
): ResetRecord {
  return move(record, record.status, {
    dueAt: why.dueAt,
    ...(why.hasSlot === true && { hasSlot: true }),
    attempts: why.attempts ?? record.attempts,
    ...(why.verdict !== undefined && { verdict: why.verdict }),
  });
}

/** Why a request may have happened. */
export interface Doubt {
  readonly dueAt: number;
  readonly verdict?: Verdict;
  readonly attempts?: number;
  readonly unchangedSince?: number;
  readonly requestId?: string;
  readonly oddAnswer?: Verdict;
}

/** The request may have happened: the next wake looks. */
export function keepInDoubt(record: ResetRecord, why: Doubt): ResetRecord {
  const nextAction: NextAction = 'look';
  const { paidOn: _paid, ...rest } = record;
  return move(
    rest,
    'sending',
    {
      nextAction,
      dueAt: why.dueAt,
      attempts: why.attempts ?? record.attempts,
      ...(why.verdict !== undefined && { verdict: why.verdict }),
      ...(why.unchangedSince !== undefined && { unchangedSince: why.unchangedSince }),
      ...(why.oddAnswer !== undefined && { oddAnswer: why.oddAnswer }),
      ...(why.requestId !== undefined && { graphRequestId: why.requestId }),
    },
    ['sending'],
  );
}

/** How it is known that the reset happened. */
export interface Success {
  readonly verdict: Verdict;
  /** When to look whether it shows; absent for never. */
  readonly verifyAt?: number | undefined;
  readonly verification?: Verification;
  readonly invitation?: Invitation;
  readonly after?: NonNullable<ResetRecord['after']>;
  readonly requestId?: string;
  readonly attempts: number;
}

/** It happened. The redeem URL is kept only where no mail carries it. */
export function succeed(record: ResetRecord, how: Success, now: number): ResetRecord {
  const { invitation } = how;
  const keepsUrl = record.sent?.asksMail === false && invitation?.inviteRedeemUrl !== undefined;
  return ended(
    move(record, 'succeeded', {
      endedAt: now,
      attempts: how.attempts,
      verdict: how.verdict,
      ...(how.verifyAt !== undefined && { verifyAt: how.verifyAt }),
      ...(how.verification !== undefined && { verification: how.verification }),
      ...(how.after !== undefined && { after: how.after }),
      ...(invitation?.id !== undefined && { invitationId: invitation.id }),
      ...(keepsUrl && { inviteRedeemUrl: invitation.inviteRedeemUrl }),
      ...(how.requestId !== undefined && { graphRequestId: how.requestId }),
    }),
  );
}

/** Nothing was sent; a real run would have done this. */
export function rehearse(record: ResetRecord, plan: SendPlan, now: number): ResetRecord {
  const would = {
    ...(plan.asksMail && { mailTo: plan.address }),
    ...(plan.emailChange !== undefined && { addEmail: plan.address }),
    ...(plan.messageLanguage !== undefined && { messageLanguage: plan.messageLanguage }),
  };
  if (record.status !== 'pending')
    throw new Error(`row ${record.request.row}: a reset that is ${record.status} is no dry run`);
  const { nextAction: _done, ...rest } = record;
  return keptResult({
    ...rest,
    status: 'succeeded',
    endedAt: now,
    guestId: plan.guestId,
    before: names(plan.state),
    warnings: plan.warnings,
    would,
    verdict: plan.asksMail ? WOULD_RESET_WITH_MAIL : WOULD_RESET_WITHOUT_MAIL,
  });
}

const WOULD_RESET_WITH_MAIL: Verdict = {
  code: 'wouldReset',
  message: 'Dry run: the guest would have to redeem again, and would be mailed by Microsoft. Nothing was sent.',
  nextStep: 'Submit without dryRun to do it.',
};
const WOULD_RESET_WITHOUT_MAIL: Verdict = {
  ...WOULD_RESET_WITH_MAIL,
  message: 'Dry run: the guest would have to redeem again; no mail would be sent. Nothing was sent.',
};

/** Why a reset ended without success. */
export interface Ending {
  readonly verdict: Verdict;
  readonly guestId?: string;
  readonly requestId?: string;
  readonly attempts?: number;
}

/** Ends a reset without success; unless an earlier request, whose answer was lost, had happened or may have. */
export function end(
  record: ResetRecord,
  status: Exclude<TerminalResetStatus, 'succeeded'>,
  why: Ending,
  now: number,
): ResetRecord {
  if (record.earlier === 'happened')
    return succeed(
      record,
      { verdict: SEEN_WITHOUT_URL, verification: 'verified', attempts: why.attempts ?? record.attempts },
      now,
    );
  if (record.earlier === 'unclear' && status !== 'skipped' && status !== 'unknown')
    return end(record, 'unknown', { ...why, verdict: UNKNOWN }, now);
  return ended(
    move(record, status, {
      endedAt: now,
      verdict: why.verdict,
      attempts: why.attempts ?? record.attempts,
      ...(why.guestId !== undefined && { guestId: why.guestId }),
      ...(why.requestId !== undefined && { graphRequestId: why.requestId }),
    }),
  );
}

function ended(record: ResetRecord): ResetRecord {
  if (!isTerminal(record.status)) throw new Error(`row ${record.request.row}: ${record.status} is not an end`);
  const {
    nextAction: _done,
    earlier: _told,
    doubted: _doubted,
    oddAnswer: _odd,
    hasSlot: _slot,
    paidOn: _paid,
    runningSince: _since,
    withoutLanguage: _language,
    wasSent: _sent,
    ...rest
  } = record;
  return rest;
}
