/** What became of one guest's requests in a batch. Pure: the answers decide. */
import { graphError, quoteOf, type BatchAnswer, type GraphAnswer } from './answer.ts';
import { meaningOf, noToken } from './errors.ts';
import type { SendPlan } from '../reset/send-plan.ts';
import type { Verdict } from '../reset/reset.ts';
import { NOT_SAID, type RetryAfter } from './retry-after.ts';

export type Outcome =
  | { readonly kind: 'done'; readonly invitation: Invitation; readonly requestId?: string }
  /** The reset failed, for this guest only. `said`: Graph's words, which may name somebody. */
  | { readonly kind: 'failed'; readonly verdict: Verdict; readonly said?: string; readonly requestId?: string }
  /** Certainly not done, perhaps for the language that was added to it: to be sent once more without. */
  | { readonly kind: 'languageRefused'; readonly verdict: Verdict; readonly requestId?: string }
  /** Certainly not done; Graph wants a pause, which costs no attempt. */
  | { readonly kind: 'throttled'; readonly wait: RetryAfter }
  /** Certainly not done; worth another try. */
  | { readonly kind: 'notDone'; readonly verdict: Verdict; readonly requestId?: string }
  /** It may have happened: to be looked at, and repeated where the looks prove that it has not. */
  | { readonly kind: 'inDoubt'; readonly verdict: Verdict; readonly wait?: RetryAfter; readonly requestId?: string }
  /** It may have happened, and Graph's answer is one that nobody can read: to be looked at, and never repeated. */
  | {
      readonly kind: 'odd';
      readonly verdict: Verdict;
      /** Status and code, without anything that may name somebody. */
      readonly said: string;
      readonly requestId?: string;
    }
  /** Certainly not done, and the job was stopped because of it. */
  | { readonly kind: 'stopped'; readonly verdict: Verdict; readonly requestId?: string }
  /** The tenant as a whole refuses. */
  | { readonly kind: 'tenant'; readonly verdict: Verdict; readonly requestId?: string };

/** The part of the answer to `POST /invitations` that is kept. */
export interface Invitation {
  readonly id?: string;
  readonly inviteRedeemUrl?: string;
  readonly userPrincipalName?: string;
}

/** The id of a guest's request in a batch. */
export const stepId = (row: number): string => String(row);

/** Source: Graph documentation, "Update user" and "Create invitation". Any other success is none. */
const UPDATED = 204;
const CREATED = 201;

/**
 * What became of adding an email; undefined when it was added. Repeating that does no harm and the invitation was not
 * sent, so no failure of it is ever in doubt.
 */
export function classifyEmail(plan: SendPlan, batch: BatchAnswer): Outcome | undefined {
  if (batch.kind === 'answered') {
    const answer = batch.answers.get(stepId(plan.row));
    if (answer?.status === UPDATED) return undefined;
    return notInDoubt(answer === undefined ? leftOut : classifyError(answer));
  }
  return notInDoubt(classify(plan, batch));
}

const notInDoubt = (outcome: Outcome): Outcome =>
  outcome.kind === 'inDoubt' || outcome.kind === 'odd' ? { ...outcome, kind: 'notDone' } : outcome;

const leftOut: Outcome = {
  kind: 'inDoubt',
  verdict: { code: 'noAnswer', message: 'Graph left the request out of its answer.' },
};

/**
 * What became of one invitation, by the id of its own request.
 * @param plans all that went in the batch
 */
export function classify(plan: SendPlan, batch: BatchAnswer, plans: readonly SendPlan[] = [plan]): Outcome {
  switch (batch.kind) {
    case 'notSent':
      return batch.tokenMissing
        ? { kind: 'tenant', verdict: noToken(batch.message) }
        : {
            kind: 'notDone',
            verdict: {
              code: 'graphUnreachable',
              message: `Graph could not be reached: ${batch.message}`,
            },
          };
    case 'noAnswer':
      return {
        kind: 'inDoubt',
        verdict: { code: 'noAnswer', message: `Graph gave no answer: ${batch.message}` },
      };
    case 'refused':
      return classifyRefusedBatch(batch.answer);
    case 'answered': {
      const outcome = classifyOwn(plan, batch.answers.get(stepId(plan.row)));
      if (outcome.kind === 'done') return outcome;
      const misplaced = misplacedNames(plans, batch.answers);
      const isCertain = outcome.kind !== 'inDoubt' && outcome.kind !== 'odd';
      return misplaced.has(plan.guestId.toLowerCase()) || (isCertain && misplaced.size > 0) ? MIXED_UP : outcome;
    }
  }
}

/** Whom answers name that stand at another's request: then any error there, which names nobody, may be another's. */
function misplacedNames(plans: readonly SendPlan[], answers: ReadonlyMap<string, GraphAnswer>): ReadonlySet<string> {
  const guests = new Map(plans.map(({ row, guestId }) => [stepId(row), guestId.toLowerCase()]));
  const named = [...answers].map(([id, answer]) => [guests.get(id), nameIn(answer)] as const);
  return new Set(named.flatMap(([own, name]) => (name === undefined || name === own ? [] : [name])));
}

function classifyOwn(plan: SendPlan, answer: GraphAnswer | undefined): Outcome {
  if (answer === undefined) return leftOut;
  const outcome = answer.status === CREATED ? classifyInvitation(plan, answer) : classifyError(answer);
  return mayBeForLanguage(plan, outcome) ? { ...outcome, kind: 'languageRefused' } : outcome;
}

/** What Graph says to a language that it does not know is not documented: so any refusal without a better reason. */
const mayBeForLanguage = (plan: SendPlan, outcome: Outcome): outcome is Extract<Outcome, { kind: 'failed' }> =>
  plan.isGuestLanguage === true && outcome.kind === 'failed' && outcome.verdict.code === 'requestRefused';

/** Graph takes no body that large; of a single request it says nothing. */
const BODY_TOO_LARGE = 413;

/** A batch that is refused as a whole: no single guest has failed by that. */
function classifyRefusedBatch(answer: GraphAnswer): Outcome {
  const { class: errorClass, ...verdict } = meaningOf(answer);
  return errorClass === 'guest' || answer.status === BODY_TOO_LARGE
    ? { kind: 'notDone', verdict, ...requestId(answer) }
    : classifyError(answer);
}

function classifyError(answer: GraphAnswer): Outcome {
  const { class: errorClass, ...verdict } = meaningOf(answer);
  switch (errorClass) {
    case 'guest':
      return { kind: 'failed', verdict, said: quoteOf(answer), ...requestId(answer) };
    case 'retry':
      return { kind: 'notDone', verdict, ...requestId(answer) };
    case 'throttled':
      return throttled(answer);
    case 'tenant':
      return { kind: 'tenant', verdict, ...requestId(answer) };
    case 'inDoubt':
      return inDoubt(verdict, answer);
    case 'odd':
      return odd(verdict, answer, graphError(answer.body).code.replace(NO_CODE, ''));
  }
}

function classifyInvitation(plan: SendPlan, answer: GraphAnswer): Outcome {
  const { id, inviteRedeemUrl, status, invitedUser } = membersOf(answer.body);
  const user = membersOf(invitedUser);
  if (status === 'Error') return odd(INVITATION_ERROR, answer, 'with the status "Error"');
  if (typeof user['id'] !== 'string') return odd(ABOUT_NOBODY, answer, 'about no user');
  if (nameIn(answer) !== plan.guestId.toLowerCase()) return odd(ABOUT_ANOTHER, answer, 'about another user');
  const invitation: Invitation = {
    ...(typeof id === 'string' && { id }),
    ...(typeof inviteRedeemUrl === 'string' && { inviteRedeemUrl }),
    ...(typeof user['userPrincipalName'] === 'string' && { userPrincipalName: user['userPrincipalName'] }),
  };
  return { kind: 'done', invitation, ...requestId(answer) };
}

const membersOf = (value: unknown): Record<string, unknown> =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;

/** The user whom an answer names, in lower case; an error names nobody. */
function nameIn({ body }: GraphAnswer): string | undefined {
  const { id } = membersOf(membersOf(body)['invitedUser']);
  return typeof id === 'string' ? id.toLowerCase() : undefined;
}

const LOOK_FIRST = 'Look the guest up before you submit again.';
const INVITATION_ERROR: Verdict = {
  code: 'invitationError',
  message: 'Graph took the invitation in (201) and gave it the status "Error".',
  nextStep: LOOK_FIRST,
};
const ABOUT_NOBODY: Verdict = {
  code: 'unexpectedAnswer',
  message: "Graph's answer (201) does not say which user was invited.",
  nextStep: LOOK_FIRST,
};
const ABOUT_ANOTHER: Verdict = {
  ...ABOUT_NOBODY,
  message: "Graph's answer (201) is about another user than was asked for.",
};

/** An answer of the batch stands at another's request, so what stands here may be another guest's. */
const MIXED_UP: Outcome = {
  kind: 'odd',
  verdict: {
    ...ABOUT_NOBODY,
    message: "Graph gave an answer to another request of the batch than its own, so this one may not be the guest's.",
  },
  said: 'answers of one batch mixed up',
};

/** What stands where Graph has its error code, and is none: it might name somebody. */
const NO_CODE = /^(?![A-Za-z]\w{0,63}$).*$/s;

const odd = (verdict: Verdict, answer: GraphAnswer, what: string): Outcome => ({
  kind: 'odd',
  verdict,
  said: `${answer.status} ${what}`.trim(),
  ...requestId(answer),
});
const requestId = (answer: GraphAnswer): { requestId?: string } =>
  answer.requestId === undefined ? {} : { requestId: answer.requestId };
const throttled = (answer: GraphAnswer): Outcome => ({
  kind: 'throttled',
  wait: answer.retryAfter ?? NOT_SAID,
});
const inDoubt = (verdict: Verdict, answer: GraphAnswer): Outcome => ({
  kind: 'inDoubt',
  verdict,
  ...(answer.retryAfter !== undefined && { wait: answer.retryAfter }),
  ...requestId(answer),
});

/** A token refused twice in a row is no passing fault: nobody's reset can succeed. */
export function escalate(outcome: Outcome, before: Verdict | undefined): Outcome {
  return outcome.kind === 'notDone' && outcome.verdict.code === 'tokenRejected' && before?.code === 'tokenRejected'
    ? { ...outcome, kind: 'tenant' }
    : outcome;
}
