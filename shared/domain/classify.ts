/** What became of one guest's requests in a batch. Pure: the answers decide. */
import type { BatchAnswer, GraphAnswer } from './graph-answer.ts';
import { meaningOf, noToken } from './graph-errors.ts';
import type { SendPlan } from './preflight.ts';
import type { Verdict } from './reset.ts';

export type Outcome =
  | { readonly kind: 'done'; readonly invitation: Invitation; readonly requestId?: string }
  /** The reset failed, for this guest only. */
  | { readonly kind: 'failed'; readonly verdict: Verdict; readonly requestId?: string }
  /** Certainly not done; Graph wants a pause, which costs no attempt. */
  | { readonly kind: 'throttled'; readonly waitSeconds: number }
  /** Certainly not done; worth another try. */
  | { readonly kind: 'notDone'; readonly verdict: Verdict; readonly requestId?: string }
  /** It may have happened. */
  | { readonly kind: 'inDoubt'; readonly verdict: Verdict; readonly waitSeconds?: number; readonly requestId?: string }
  /** The tenant as a whole refuses. */
  | { readonly kind: 'tenant'; readonly verdict: Verdict; readonly requestId?: string };

/** The part of the answer to `POST /invitations` that is kept. */
export interface Invitation {
  readonly id?: string;
  readonly inviteRedeemUrl?: string;
  readonly userPrincipalName?: string;
}

/** Seconds to wait after a 429 that does not say how long. Source: Graph's own middleware waits 10 s or less. */
const DEFAULT_THROTTLE_SECONDS = 10;

/** Ids of a guest's requests in the batch. */
export const emailStepId = (row: number): string => `email-${row}`;
export const inviteStepId = (row: number): string => `invite-${row}`;

/** What became of one plan, by the ids of its own requests. */
export function classify(plan: SendPlan, batch: BatchAnswer): Outcome {
  switch (batch.kind) {
    case 'notSent': return batch.tokenMissing
      ? { kind: 'tenant', verdict: noToken(batch.message) }
      : { kind: 'notDone', verdict: { code: 'graphUnreachable', message: `Graph could not be reached: ${batch.message}`, retryable: true } };
    case 'noAnswer': return { kind: 'inDoubt', verdict: { code: 'noAnswer', message: `Graph gave no answer: ${batch.message}`, retryable: true } };
    case 'refused': return classifyRefusedBatch(batch.answer);
    case 'answered': return classifySteps(plan, batch.answers.get(emailStepId(plan.row)), batch.answers.get(inviteStepId(plan.row)));
  }
}

/** Outer answers that come before any inner request was looked at. Every other one leaves it open. */
const REFUSED_BEFORE_WORK = new Set([400, 401, 413, 429]);

function classifyRefusedBatch(answer: GraphAnswer): Outcome {
  const { class: errorClass, ...verdict } = meaningOf(answer);
  if (errorClass === 'throttled') return throttled(answer);
  if (errorClass === 'tenant') return { kind: 'tenant', verdict, ...requestId(answer) };
  if (REFUSED_BEFORE_WORK.has(answer.status)) return { kind: 'notDone', verdict, ...requestId(answer) };
  return inDoubt(verdict, answer);
}

function classifySteps(plan: SendPlan, email: GraphAnswer | undefined, invite: GraphAnswer | undefined): Outcome {
  if (invite === undefined) {
    return { kind: 'inDoubt', verdict: { code: 'noAnswer', message: 'Graph left the invitation out of its answer.', retryable: true } };
  }
  // A failed predecessor is the real outcome; 424 only says that the invitation was not tried. Changing an email is
  // repeatable, so no failure of that step is ever in doubt.
  if (invite.status === 424 && email !== undefined && !isSuccess(email)) {
    const outcome = classifyInvite(plan, email);
    return outcome.kind === 'inDoubt' ? { kind: 'notDone', verdict: outcome.verdict, ...requestId(email) } : outcome;
  }
  return classifyInvite(plan, invite);
}

function classifyInvite(plan: SendPlan, answer: GraphAnswer): Outcome {
  if (isSuccess(answer)) return classifyInvitation(plan, answer);
  const { class: errorClass, ...verdict } = meaningOf(answer);
  switch (errorClass) {
    case 'guest': return { kind: 'failed', verdict, ...requestId(answer) };
    case 'retry': return { kind: 'notDone', verdict, ...requestId(answer) };
    case 'throttled': return throttled(answer);
    case 'tenant': return { kind: 'tenant', verdict, ...requestId(answer) };
    case 'inDoubt': return inDoubt(verdict, answer);
  }
}

function classifyInvitation(plan: SendPlan, answer: GraphAnswer): Outcome {
  const { id, inviteRedeemUrl, status, invitedUser } = (typeof answer.body === 'object' && answer.body !== null ? answer.body : {}) as Record<string, unknown>;
  const user = (typeof invitedUser === 'object' && invitedUser !== null ? invitedUser : {}) as { id?: unknown; userPrincipalName?: unknown };
  if (status === 'Error') {
    return { kind: 'failed', verdict: { code: 'invitationError', message: 'Graph took the invitation in and then gave it the status "Error".', nextStep: 'Submit again.', retryable: true }, ...requestId(answer) };
  }
  if (typeof user.id !== 'string') {
    return inDoubt({ code: 'unexpectedAnswer', message: 'Graph\'s answer does not say which user was invited.', retryable: true }, answer);
  }
  if (user.id.toLowerCase() !== plan.guestId.toLowerCase()) {
    return { kind: 'failed', verdict: { code: 'wrongGuest', message: `Graph invited another user (${user.id}) than asked.`, nextStep: 'Look at both users before you submit again.', retryable: false }, ...requestId(answer) };
  }
  const invitation: Invitation = {
    ...(typeof id === 'string' && { id }),
    ...(typeof inviteRedeemUrl === 'string' && { inviteRedeemUrl }),
    ...(typeof user.userPrincipalName === 'string' && { userPrincipalName: user.userPrincipalName }),
  };
  return { kind: 'done', invitation, ...requestId(answer) };
}

const isSuccess = ({ status }: GraphAnswer): boolean => status >= 200 && status < 300;
const requestId = (answer: GraphAnswer): { requestId?: string } => (answer.requestId === undefined ? {} : { requestId: answer.requestId });
const throttled = (answer: GraphAnswer): Outcome => ({ kind: 'throttled', waitSeconds: answer.retryAfterSeconds ?? DEFAULT_THROTTLE_SECONDS });
const inDoubt = (verdict: Verdict, answer: GraphAnswer): Outcome =>
  ({ kind: 'inDoubt', verdict, ...(answer.retryAfterSeconds !== undefined && { waitSeconds: answer.retryAfterSeconds }), ...requestId(answer) });

/** A token refused twice in a row is no passing fault: nobody's reset can succeed. */
export function escalate(outcome: Outcome, before: Verdict | undefined): Outcome {
  return outcome.kind === 'notDone' && outcome.verdict.code === 'tokenRejected' && before?.code === 'tokenRejected'
    ? { ...outcome, kind: 'tenant' } : outcome;
}
