/**
 * What Graph's errors mean: one table from an answer to a code, a class and words for people.
 * Source: Graph documentation of `invitation` and `user`, and answers reported in public threads.
 */
import type { GraphAnswer } from './answer.ts';
import { graphError, quoteOf } from './answer.ts';
import type { Verdict } from '../reset/reset.ts';

/**
 * What follows from an answer that is no success. Only those of 400, 401, 403, 404, 424 and 429 prove that nothing
 * happened.
 * - `guest`: this guest's reset has failed; the others go on.
 * - `retry`: certainly not done; try again after a while.
 * - `throttled`: certainly not done; wait as long as asked, it costs no attempt.
 * - `inDoubt`: it may have happened; look before repeating.
 * - `odd`: it may have happened, by an answer that Graph has not for this request; look, and never repeat.
 * - `tenant`: nobody's invitation can succeed; the gate shuts.
 */
export type ErrorClass = 'guest' | 'retry' | 'throttled' | 'inDoubt' | 'odd' | 'tenant';

export interface GraphErrorMeaning extends Verdict {
  readonly class: ErrorClass;
}

interface ErrorRow extends GraphErrorMeaning {
  readonly nextStep: string;
  readonly status: (status: number) => boolean;
  readonly graphMessage?: RegExp;
}

const is =
  (...wanted: number[]) =>
  (status: number): boolean =>
    wanted.includes(status);

/** What a reset is told whose address the guest does not have. */
export const ADD_THE_ADDRESS =
  'Add the address to the user and submit again, or submit again with addEmailTo "mail" or "otherMails".';

/** First match wins. */
export const GRAPH_ERRORS: readonly ErrorRow[] = [
  {
    status: is(400),
    graphMessage: /doesn.t match any emails on the user object/i,
    class: 'guest',
    code: 'emailNotOnUser',
    message: 'The address is in neither mail nor otherMails of the guest.',
    nextStep: ADD_THE_ADDRESS,
  },
  {
    status: is(400),
    graphMessage: /same value for property proxyAddresses already exists/i,
    class: 'guest',
    code: 'proxyAddressConflict',
    message:
      'Another object of the tenant (a user, a group or a contact) has the address among its proxyAddresses, so ' +
      'it cannot become the mail of the guest.',
    nextStep:
      'Give another address, or addEmailTo "otherMails", or have the address removed from the other object. Then ' +
      'submit again.',
  },
  {
    status: is(403),
    graphMessage: /suspicious activity/i,
    class: 'tenant',
    code: 'tenantBlocked',
    message: 'Microsoft blocks invitations of this tenant because of suspicious activity.',
    nextStep: 'Ask Microsoft support to lift the block, then resume. It does not lift by itself.',
  },
  {
    status: is(403),
    graphMessage: /invitations not allowed for your company/i,
    class: 'tenant',
    code: 'invitationsNotAllowed',
    message: 'The tenant does not allow guest invitations.',
    nextStep: 'Allow guest invitations in the external collaboration settings, then resume.',
  },
  {
    status: is(400, 403),
    graphMessage: /cross-tenant access settings/i,
    class: 'guest',
    code: 'blockedByCrossTenantAccess',
    message: 'Cross-tenant access settings block invitations to this domain.',
    nextStep: 'Allow the partner in the cross-tenant access settings, then submit again.',
  },
  {
    status: is(400, 403),
    graphMessage: /Cross Cloud Worker application has been disabled/i,
    class: 'guest',
    code: 'crossCloudDisabled',
    message: "The partner's tenant has disabled the B2B Cross Cloud Worker application.",
    nextStep: "Ask the partner's administrator to enable it, then submit again.",
  },
  {
    status: is(403),
    graphMessage: /restricted management administrative unit/i,
    class: 'guest',
    code: 'restrictedAdministrativeUnit',
    message: 'The guest is in a restricted management administrative unit, so the service may not change the guest.',
    nextStep: 'Remove the guest from the unit and submit again, or have an administrator of the unit do the reset.',
  },
  {
    status: is(403),
    class: 'guest',
    code: 'notAuthorized',
    message:
      'Graph refused the reset. It does so where the guest holds a directory role, or the service lacks a permission.',
    nextStep:
      "Mend what Graph names, if anything; else remove the guest's directory roles, or grant the service " +
      'User.ReadWrite.All and User.Invite.All. Then submit again.',
  },
  {
    status: is(404),
    class: 'guest',
    code: 'guestNotFound',
    message: 'There is no such user in the tenant.',
    nextStep: 'Check the object id, UPN or mail. A guest whose address changed is found by the old one.',
  },
  {
    status: is(429),
    class: 'throttled',
    code: 'throttled',
    message: 'Graph asked to wait.',
    nextStep: 'Nothing: the service waits and goes on.',
  },
  {
    status: is(424),
    class: 'retry',
    code: 'dependencyFailed',
    message: 'A request that this one depends on failed.',
    nextStep: 'Nothing: the service tries again.',
  },
  {
    status: (status) => status >= 500 || status === 408,
    class: 'inDoubt',
    code: 'graphFailed',
    message: 'Graph failed while it handled the reset.',
    nextStep: 'Nothing: the service looks what happened.',
  },
  {
    status: is(400),
    class: 'guest',
    code: 'requestRefused',
    message: 'Graph refused the request as not valid.',
    nextStep: 'Correct what Graph names and submit again.',
  },
  {
    status: is(401),
    class: 'retry',
    code: 'tokenRejected',
    message: "Graph did not accept the service's token.",
    nextStep: 'Check the managed identity and its permissions.',
  },
  {
    status: () => true,
    class: 'odd',
    code: 'unexpectedAnswer',
    message: 'Graph gave an answer that the service does not know.',
    nextStep: 'Look the guest up before you submit again.',
  },
];

/** Graph's own words are kept in the message for these, because ours cannot be more precise. */
const QUOTED = new Set(['requestRefused', 'notAuthorized', 'restrictedAdministrativeUnit']);

/**
 * What an error answer means. Not for answers of 200 to 299.
 * Graph's message is quoted only where the table says too little.
 */
export function meaningOf(answer: GraphAnswer): GraphErrorMeaning {
  const error = graphError(answer.body);
  const row = GRAPH_ERRORS.find(
    (candidate) => candidate.status(answer.status) && (candidate.graphMessage?.test(error.message) ?? true),
  );
  if (row === undefined)
    throw new Error(`no row of the error table matches status ${answer.status}; its last row must match all`);
  const { class: errorClass, code, nextStep } = row;
  const isQuoted = errorClass === 'odd' || (QUOTED.has(code) && error.message !== '');
  const quote = isQuoted ? ` Graph said: ${quoteOf(answer)}` : '';
  return { class: errorClass, code, message: row.message + quote, nextStep };
}

/** The verdict when the service's identity gives no token: nobody's reset can succeed. */
export const noToken = (why: string): Verdict => ({
  code: 'noToken',
  message: `The service got no token for Graph: ${why}`,
  nextStep: 'Check the managed identity, then resume.',
});
