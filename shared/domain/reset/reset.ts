/**
 * A reset: one guest's request, its attempts and its outcome.
 * Times are milliseconds since the epoch unless the name says otherwise.
 */
import type { RedemptionState } from '../guest/guest.ts';
import type { JobId } from '../ids.ts';
import type { ResetCode } from './codes.ts';
import type { WarningCode } from './warnings.ts';

/** Every reset of a committed job ends in one of the terminal ones; terminal stays terminal. */
export const RESET_STATUSES = ['pending', 'sending', 'succeeded', 'failed', 'skipped', 'unknown', 'canceled'] as const;
export type ResetStatus = (typeof RESET_STATUSES)[number];

export const TERMINAL_RESET_STATUSES = ['succeeded', 'failed', 'skipped', 'unknown', 'canceled'] as const;
export type TerminalResetStatus = (typeof TERMINAL_RESET_STATUSES)[number];

/** Of which a retry can be. */
export const RETRIED_STATUSES = TERMINAL_RESET_STATUSES.filter((status) => status !== 'succeeded');
export type RetriedStatus = (typeof RETRIED_STATUSES)[number];

export function isTerminal(status: ResetStatus): status is TerminalResetStatus {
  return status !== 'pending' && status !== 'sending';
}

/** How the submitter named the guest. */
export interface Selector {
  readonly by: 'id' | 'userPrincipalName' | 'mail';
  readonly value: string;
}

/** Where a new address is added when the guest does not have it yet. */
export const ADD_EMAIL_TO = ['mail', 'otherMails', 'none'] as const;
export type AddEmailTo = (typeof ADD_EMAIL_TO)[number];

/** What a reset, the job's defaults or a setting may say about the invitation. The more particular wins. */
export interface InvitationChoices {
  /** Whether Microsoft shall mail the guest. Has no built-in default. */
  readonly sendInvitationMessage?: boolean;
  /** An absolute https URL; default My Apps of the tenant. */
  readonly inviteRedirectUrl?: string;
  /** A BCP 47 language tag. */
  readonly messageLanguage?: string;
  readonly customizedMessageBody?: string;
  /** One recipient in copy; the service takes no more. */
  readonly ccRecipient?: { readonly address: string; readonly name?: string };
  readonly addEmailTo?: AddEmailTo;
}

/** One guest as submitted, validated. */
export interface ResetRequest extends InvitationChoices {
  /** 1-based position among the resets of the job. */
  readonly row: number;
  readonly selector: Selector;
  /** Addresses said of the guest beside the selector; each must be the guest's own. */
  readonly alsoSaid?: readonly string[];
  /** The caller's own words for this reset; given back untouched. */
  readonly reference?: string;
  /** Address to invite; default the guest's `mail`. */
  readonly invitedUserEmailAddress?: string;
  readonly invitedUserDisplayName?: string;
  /** It retries a reset that ended as unknown: that one may be why the guest is pending. */
  readonly repeatsUnknown?: true;
  /** The CSV row as it came, column by column, in the job's column order; given back in the results. */
  readonly input?: readonly string[];
}

/** What was true of the guest, and what was asked, right before a request was sent. */
export interface SentRecord extends RedemptionState {
  readonly attemptId: string;
  readonly at: number;
  /** Graph's own clock (`Date` header of the look-up), to compare with the change time it reports. */
  readonly graphDate: number;
  readonly address: string;
  /** Whether Microsoft was asked to mail the guest. */
  readonly asksMail: boolean;
  /** The language that it was asked to mail in. */
  readonly messageLanguage?: string;
  /** True when the same batch changes `mail` or `otherMails`. */
  readonly addsEmail: boolean;
}

/** What the next wake does with a reset that has not ended. `look`: a request is in doubt, look before repeating. */
export type NextAction = 'send' | 'look';

/** Why a reset is where it is. `code` is stable (`codes.ts`); the sentences are for people. */
export interface Verdict {
  readonly code: ResetCode;
  readonly message: string;
  readonly nextStep?: string;
  /** The job that has reset the guest, and when; or that is doing so. Shown to those only who may see that job. */
  readonly otherJob?: { readonly id: JobId; readonly resetAt?: number };
}

/** Whether a confirmed reset shows in the directory some time later. */
export const VERIFICATIONS = ['verified', 'notSeen', 'notPossible'] as const;
export type Verification = (typeof VERIFICATIONS)[number];

/** Whether a guest has redeemed since the reset. */
export const REDEMPTIONS = ['pending', 'accepted', 'unknown'] as const;
export type Redemption = (typeof REDEMPTIONS)[number];

/** What a dry run found that a real run would do. */
export interface Rehearsal {
  /** Where Microsoft would mail; absent where it would not be asked to. */
  readonly mailTo?: string;
  /** The address that the guest would get. */
  readonly addEmail?: string;
  /** The language that Microsoft would be asked to mail in; absent where that is its choice. */
  readonly messageLanguage?: string;
}

/** One reset as its chunk row holds it. */
export interface ResetRecord {
  readonly request: ResetRequest;
  readonly status: ResetStatus;
  readonly nextAction?: NextAction;
  readonly dueAt: number;
  /** Requests sent whose answer was not "throttled". */
  readonly attempts: number;
  readonly guestId?: string;
  readonly sent?: SentRecord;
  /** An attempt before went to Graph, whatever was answered: the guest's state may show its effect. */
  readonly wasSent?: true;
  /** Look-ups that failed since the last request; they only lengthen the wait. */
  readonly failedLookUps?: number;
  /** When it was paid for, and nothing of it has gone out since then. */
  readonly paidOn?: number;
  /** It was put off for lack of room in the budgets, and has taken a slot of the pace anew. */
  readonly hasSlot?: true;
  /** When a look-up first found the guest unchanged after a request in doubt. */
  readonly unchangedSince?: number;
  /**
   * What became of an earlier request whose answer was lost, where the reset is sent again all the same (for its redeem
   * URL).
   */
  readonly earlier?: 'happened' | 'unclear';
  /**
   * A request with mail of which looks said that it did not happen. Should its effect show after all, it is not sent
   * again.
   */
  readonly doubted?: SentRecord;
  /** What came of the request in doubt, where Graph answered and the answer proves nothing. It is never sent again. */
  readonly oddAnswer?: Verdict;
  /** Graph has refused an invitation to which the guest's language was added: it is not added again. */
  readonly withoutLanguage?: true;
  /** When we last asked Graph to add the address; the directory may lag behind for a while. */
  readonly emailAddedAt?: number;
  /** Graph has said that it added the address. It stays, whatever becomes of the invitation. */
  readonly emailAdded?: true;
  readonly startedAt?: number;
  /** The same, later by what it waited for room in the budgets. */
  readonly runningSince?: number;
  readonly endedAt?: number;
  readonly verdict?: Verdict;
  /** When to look whether the reset shows; absent once that is known, or nobody wants to know. */
  readonly verifyAt?: number;
  readonly verification?: Verification;
  /** What the last check found, and when. */
  readonly redemption?: Redemption;
  readonly checkedAt?: number;
  /** In a dry run, what would have been done. */
  readonly would?: Rehearsal;
  /** The guest was erased: nothing tells any more who that was. */
  readonly erased?: true;
  readonly warnings?: readonly WarningCode[];
  readonly graphRequestId?: string;
  readonly invitationId?: string;
  /** A secret. Kept only where no mail was sent. */
  readonly inviteRedeemUrl?: string;
  readonly before?: { readonly userPrincipalName?: string; readonly mail?: string };
  readonly after?: { readonly userPrincipalName?: string; readonly mail?: string };
}

/** Sent, and the answer is not known: to be looked at before anything else. */
export const isInDoubt = ({ status, nextAction }: ResetRecord): boolean =>
  status === 'sending' && nextAction === 'look';
