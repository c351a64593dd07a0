/**
 * What the codes of the API mean, for whoever shows a sum of them or a list; the words of a single reset or stop come
 * with it. Written by `node scripts/codes.ts` from the tables of the service, held by a test.
 */
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];
export type ResetCode = Schemas['ResetCode'];
export type WarningCode = Schemas['Warning']['code'];
export type StopCode = Schemas['StopCode'];

export interface ResetCodeWords {
  readonly meaning: string;
  /** Whether the unchanged request can succeed later. Absent of a success. */
  readonly retryable?: boolean;
}

export interface WarningWords {
  readonly meaning: string;
  /** Where it reads otherwise of a dry run, which has done nothing. */
  readonly rehearsed?: string;
}

export interface StopCodeWords {
  readonly meaning: string;
  readonly of: readonly ('tenant' | 'job')[];
  /** What to do before it is lifted, and what a resume does then. */
  readonly remedy: string;
}

export const RESET_CODES: Readonly<Record<ResetCode, ResetCodeWords>> = {
  reset: {
    meaning: 'Graph has confirmed the reset.',
  },
  resetSeenInDirectory: {
    meaning: "Graph's answer was lost or proves nothing; the directory shows that the reset happened.",
  },
  wouldReset: {
    meaning: 'Only in a dry run: the guest would be reset.',
  },
  guestNotFound: {
    meaning: 'No user of the tenant has this id, UPN or address.',
    retryable: false,
  },
  guestAmbiguous: {
    meaning: 'More than one user of the tenant has this address.',
    retryable: false,
  },
  selectorsDisagree: {
    meaning: 'The guest is found by another name, and does not have the address that stands beside it.',
    retryable: false,
  },
  guestIncomplete: {
    meaning: 'Graph leaves properties out of its answer that must be known before a reset.',
    retryable: true,
  },
  notExternal: {
    meaning: 'The user is not provably external.',
    retryable: false,
  },
  perhapsFounder: {
    meaning: 'The user may be the founder of the tenant, and was not named by object id.',
    retryable: false,
  },
  directoryRole: {
    meaning: 'The guest holds a directory role.',
    retryable: true,
  },
  sameGuestTwice: {
    meaning: 'Another row of the job names the same guest.',
    retryable: false,
  },
  resetRecently: {
    meaning: 'Another job has reset the guest within the hours that the job asked to leave between.',
    retryable: true,
  },
  pendingRecently: {
    meaning: 'Somebody else has invited or reset the guest within those hours, or since the submission.',
    retryable: true,
  },
  stateNotWanted: {
    meaning: 'The guest is not in the state that the job asked for.',
    retryable: true,
  },
  heldByOther: {
    meaning: 'Another job was resetting the guest, as long as this one could wait.',
    retryable: true,
  },
  noAddress: {
    meaning: 'The guest has no mail address, or several others of which the request names none.',
    retryable: false,
  },
  addressNotValid: {
    meaning: 'The address is none that can be invited.',
    retryable: false,
  },
  domainNotAllowed: {
    meaning: '`ALLOWED_EMAIL_DOMAINS` leaves the domain of the address out.',
    retryable: true,
  },
  emailNotOnUser: {
    meaning: 'The address is in neither `mail` nor `otherMails` of the guest, and was not to be added.',
    retryable: true,
  },
  tooManyAddresses: {
    meaning: 'With the new address the guest would have more than the directory takes.',
    retryable: true,
  },
  addressTaken: {
    meaning: 'The new address belongs to another user.',
    retryable: true,
  },
  proxyAddressConflict: {
    meaning: 'Graph refused the new address as `mail`: a user, a group or a contact has it among its `proxyAddresses`.',
    retryable: true,
  },
  addressWantedTwice: {
    meaning: 'Another row of the job asks for the same new address.',
    retryable: false,
  },
  otherDomain: {
    meaning: 'The mail of the guest is not of the domain that was to be replaced.',
    retryable: false,
  },
  tenantBlocked: {
    meaning: 'Microsoft blocks invitations of the tenant.',
    retryable: true,
  },
  invitationsNotAllowed: {
    meaning: 'The tenant does not allow guest invitations.',
    retryable: true,
  },
  blockedByCrossTenantAccess: {
    meaning: 'Cross-tenant access settings block invitations to the domain.',
    retryable: true,
  },
  crossCloudDisabled: {
    meaning: "The partner's tenant does not take invitations from another cloud.",
    retryable: true,
  },
  notAuthorized: {
    meaning:
      'Graph refused with 403 and said why. Mostly the guest holds a directory role, or a permission is missing.',
    retryable: true,
  },
  restrictedAdministrativeUnit: {
    meaning:
      'The guest is in a restricted management administrative unit, which only its own administrators may change.',
    retryable: true,
  },
  requestRefused: {
    meaning: 'Graph refused the request as not valid, and said why.',
    retryable: false,
  },
  tokenRejected: {
    meaning: "Graph did not accept the service's token.",
    retryable: true,
  },
  noToken: {
    meaning: 'The service got no token for Graph.',
    retryable: true,
  },
  throttled: {
    meaning: 'Graph asked to wait, again and again.',
    retryable: true,
  },
  dependencyFailed: {
    meaning: 'A request of the batch that this one depends on failed.',
    retryable: true,
  },
  graphFailed: {
    meaning: 'Graph failed while it handled the request.',
    retryable: true,
  },
  graphUnreachable: {
    meaning: 'Graph could not be reached.',
    retryable: true,
  },
  graphRefusedBatch: {
    meaning: 'Graph refused the look-ups of a batch as a whole.',
    retryable: true,
  },
  noAnswer: {
    meaning: 'Graph gave no answer, and the directory shows that nothing happened.',
    retryable: true,
  },
  invitationError: {
    meaning: 'Graph gave the invitation the status `Error`, and nothing happened.',
    retryable: true,
  },
  unexpectedAnswer: {
    meaning: 'Graph gave an answer that it is not known to give, and nothing happened.',
    retryable: true,
  },
  outcomeUnknown: {
    meaning: 'Nobody can tell whether the reset happened. Ask the guest first: another may be a second mail.',
    retryable: true,
  },
  canceled: {
    meaning: 'The job was canceled before this reset was sent.',
    retryable: true,
  },
  notAfterPassed: {
    meaning: "The job's time (`notAfter`) was over before this reset was sent; a retry has none.",
    retryable: true,
  },
};

export const WARNING_CODES: Readonly<Record<WarningCode, WarningWords>> = {
  accountDisabled: {
    meaning: 'The account is disabled: the guest can redeem, but not sign in until it is enabled.',
  },
  externalMember: {
    meaning: 'The user is external, but of type Member, not Guest.',
  },
  perhapsFounder: {
    meaning: 'The user has no invitation state and is of type Member, as the founder of a tenant is.',
  },
  alreadyPending: {
    meaning: 'The guest had not redeemed an earlier invitation: this is one more.',
    rehearsed: 'The guest has not redeemed an earlier invitation: this would be one more.',
  },
  namedByOtherAddress: {
    meaning:
      'The request has an address of the guest that is not its mail; the mail is invited. If the other one is meant, ' +
      'give it as invitedUserEmailAddress.',
  },
  internationalDomain: {
    meaning:
      'The domain of the address has letters beyond ASCII: it is invited in its ASCII form, which begins with xn--.',
  },
  redeemedRecently: {
    meaning:
      'The guest redeemed an invitation since the job was submitted, or within skipIfResetWithinHours before: this ' +
      'undoes it.',
  },
  addressAdded: {
    meaning: 'The new address was added to the guest before this ended, and stays. The guest was not seen to be reset.',
  },
  redeemUrlTooLong: {
    meaning: "Graph's redeem URL was too long to be kept: the guest can redeem through the link of an app.",
  },
  customMessageDropped: {
    meaning: 'Microsoft leaves the custom message out of its mail, because the service itself is the sender.',
  },
};

export const STOP_CODES: Readonly<Record<StopCode, StopCodeWords>> = {
  pausedByHand: {
    of: ['tenant', 'job'],
    meaning: 'Somebody wished so, and may have said why.',
    remedy: 'Resume when the reason is gone: all goes on at once.',
  },
  pauseAfter: {
    of: ['job'],
    meaning: 'The first resets of the job have ended, as was asked for.',
    remedy: 'Look at how they ended, then resume: the rest goes on at once. Whoever submitted the job may do so, too.',
  },
  awaitingApproval: {
    of: ['job'],
    meaning:
      'The job has more resets than `HOLD_JOBS_ABOVE`: somebody with `Manage` who did not submit it must approve it.',
    remedy: 'They look at what was submitted, then resume: that approves it.',
  },
  refusedRepeatedly: {
    of: ['job'],
    meaning: 'Graph refused guest after guest for a reason that nobody knows.',
    remedy: 'Mend what Graph’s words name, then resume: one guest is tried first.',
  },
  unexpectedAnswers: {
    of: ['job'],
    meaning: 'Graph gave answers that do not tell what became of the invitations.',
    remedy: 'Look at those guests, then resume: one guest is tried first.',
  },
  tenantBlocked: {
    of: ['tenant'],
    meaning: 'Microsoft blocks invitations of the tenant.',
    remedy:
      'It does not lift by itself: open a support request with Microsoft, wait for the answer, then resume: one ' +
      'guest is tried first.',
  },
  invitationsNotAllowed: {
    of: ['tenant'],
    meaning: 'The tenant does not allow guest invitations.',
    remedy:
      'Allow guest invitations in the external collaboration settings of Entra, then resume: one guest is tried ' +
      'first.',
  },
  noToken: {
    of: ['tenant'],
    meaning: 'The service got no token for Graph.',
    remedy: 'Mend the managed identity or its permissions, then resume: one guest is tried first.',
  },
  tokenRejected: {
    of: ['tenant'],
    meaning: "Graph did not accept the service's token, twice in a row.",
    remedy: 'Mend the managed identity or its permissions, then resume: one guest is tried first.',
  },
};
