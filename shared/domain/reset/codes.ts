/**
 * Every code that says why a reset is where it is. The words of a single reset (message, next step) are with whoever
 * decides about it; whether the same request can succeed later is said here alone. The table of `docs/results.md` is
 * written from this one.
 */

interface ResetCodeEntry {
  readonly meaning: string;
  /**
   * Whether the unchanged request can succeed later: by itself, or after what `nextStep` names. Absent of a success.
   */
  readonly retryable?: boolean;
}

const success = (meaning: string): ResetCodeEntry => ({ meaning });
/** By itself, or after something beside the request was mended. */
const canSucceed = (meaning: string): ResetCodeEntry => ({ meaning, retryable: true });
/** Only another request can succeed. */
const isFinal = (meaning: string): ResetCodeEntry => ({ meaning, retryable: false });

const CODES = {
  // It happened, or in a dry run would.
  reset: success('Graph has confirmed the reset.'),
  resetSeenInDirectory: success(
    "Graph's answer was lost or proves nothing; the directory shows that the reset happened.",
  ),
  wouldReset: success('Only in a dry run: the guest would be reset.'),
  // Who the guest is.
  guestNotFound: isFinal('No user of the tenant has this id, UPN or address.'),
  guestAmbiguous: isFinal('More than one user of the tenant has this address.'),
  selectorsDisagree: isFinal(
    'The guest is found by another name, and does not have the address that stands beside it.',
  ),
  guestIncomplete: canSucceed('Graph leaves properties out of its answer that must be known before a reset.'),
  notExternal: isFinal('The user is not provably external.'),
  perhapsFounder: isFinal('The user may be the founder of the tenant, and was not named by object id.'),
  directoryRole: canSucceed('The guest holds a directory role.'),
  sameGuestTwice: isFinal('Another row of the job names the same guest.'),
  resetRecently: canSucceed('Another job has reset the guest within the hours that the job asked to leave between.'),
  pendingRecently: canSucceed(
    'Somebody else has invited or reset the guest within those hours, or since the submission.',
  ),
  stateNotWanted: canSucceed('The guest is not in the state that the job asked for.'),
  heldByOther: canSucceed('Another job was resetting the guest, as long as this one could wait.'),
  // The address to invite.
  noAddress: isFinal('The guest has no mail address, or several others of which the request names none.'),
  addressNotValid: isFinal('The address is none that can be invited.'),
  domainNotAllowed: canSucceed('`ALLOWED_EMAIL_DOMAINS` leaves the domain of the address out.'),
  emailNotOnUser: canSucceed(
    'The address is in neither `mail` nor `otherMails` of the guest, and was not to be added.',
  ),
  tooManyAddresses: canSucceed('With the new address the guest would have more than the directory takes.'),
  addressTaken: canSucceed('The new address belongs to another user.'),
  proxyAddressConflict: canSucceed(
    'Graph refused the new address as `mail`: a user, a group or a contact has it among its `proxyAddresses`.',
  ),
  addressWantedTwice: isFinal('Another row of the job asks for the same new address.'),
  otherDomain: isFinal('The mail of the guest is not of the domain that was to be replaced.'),
  // What Graph refused.
  tenantBlocked: canSucceed('Microsoft blocks invitations of the tenant.'),
  invitationsNotAllowed: canSucceed('The tenant does not allow guest invitations.'),
  blockedByCrossTenantAccess: canSucceed('Cross-tenant access settings block invitations to the domain.'),
  crossCloudDisabled: canSucceed("The partner's tenant does not take invitations from another cloud."),
  notAuthorized: canSucceed(
    'Graph refused with 403 and said why. Mostly the guest holds a directory role, or a permission is missing.',
  ),
  restrictedAdministrativeUnit: canSucceed(
    'The guest is in a restricted management administrative unit, which only its own administrators may change.',
  ),
  requestRefused: isFinal('Graph refused the request as not valid, and said why.'),
  tokenRejected: canSucceed("Graph did not accept the service's token."),
  noToken: canSucceed('The service got no token for Graph.'),
  // Where Graph gave no answer that decides, until time or tries were used up.
  throttled: canSucceed('Graph asked to wait, again and again.'),
  dependencyFailed: canSucceed('A request of the batch that this one depends on failed.'),
  graphFailed: canSucceed('Graph failed while it handled the request.'),
  graphUnreachable: canSucceed('Graph could not be reached.'),
  graphRefusedBatch: canSucceed('Graph refused the look-ups of a batch as a whole.'),
  noAnswer: canSucceed('Graph gave no answer, and the directory shows that nothing happened.'),
  invitationError: canSucceed('Graph gave the invitation the status `Error`, and nothing happened.'),
  unexpectedAnswer: canSucceed('Graph gave an answer that it is not known to give, and nothing happened.'),
  outcomeUnknown: canSucceed(
    'Nobody can tell whether the reset happened. Ask the guest first: another may be a second mail.',
  ),
  // What somebody wished.
  canceled: canSucceed('The job was canceled before this reset was sent.'),
  notAfterPassed: canSucceed("The job's time (`notAfter`) was over before this reset was sent; a retry has none."),
} as const satisfies Record<string, ResetCodeEntry>;

export type ResetCode = keyof typeof CODES;

export const RESET_CODES: Readonly<Record<ResetCode, ResetCodeEntry>> = CODES;

/** Undefined of a success. */
export const isRetryable = (code: ResetCode): boolean | undefined => RESET_CODES[code].retryable;
