/** Whether a guest just looked up may be reset, and with which requests. Pure. */
import { domainOf, isAllowedDomain, type DomainChange } from './email-domain.ts';
import { proofOf, type Proof } from './external.ts';
import { guestState, type GraphUser, type GuestState } from './guest.ts';
import {
  emailChange,
  hasAddress,
  hasTooMany,
  invitationBody,
  sameAddress,
  settleChoices,
  withMore,
  type EmailChange,
  type SettledChoices,
} from './invitation.ts';
import { chooseAddress } from './invited-address.ts';
import type { WantedState } from './job.ts';
import type { Found } from './look-up.ts';
import { languageOfGuest } from './mail-language.ts';
import * as verdicts from './preflight-verdicts.ts';
import { recentChange, type RecentWindow } from './recent-state.ts';
import type { InvitationChoices, ResetRecord, Verdict } from './reset.ts';
import { checkInvitedAddress } from './submission/address.ts';
import type { WarningCode } from './warnings.ts';

/** One guest's requests, ready to send. */
export interface SendPlan {
  readonly row: number;
  readonly guestId: string;
  readonly state: GuestState;
  readonly address: string;
  readonly asksMail: boolean;
  /** The language that Microsoft is asked to mail in; absent where that is its choice, or it is not to mail. */
  readonly messageLanguage?: string;
  /** True where nobody has said that language: the guest prefers it. */
  readonly isGuestLanguage?: boolean;
  /** Body of `PATCH /users/{id}`, when the address is new to the guest. */
  readonly emailChange?: EmailChange;
  /** True where an earlier attempt made that change, and the directory only lags behind: it is not made again. */
  readonly isEmailAdded?: boolean;
  /** Body of `POST /invitations`. */
  readonly invitation: Record<string, unknown>;
  /**
   * Since when the guest's invitation is open, where that is recent and no request of this reset can be why: somebody
   * else may have reset the guest.
   */
  readonly pendingSince?: number;
  readonly warnings: readonly WarningCode[];
}

/** Directory writes that a plan needs. */
export function costOf(plan: SendPlan): number {
  return addsEmail(plan) ? 2 : 1;
}

/** Whether sending the plan changes the guest's emails first. */
export const addsEmail = ({ emailChange: change, isEmailAdded }: SendPlan): boolean =>
  change !== undefined && isEmailAdded !== true;

export type Preflight =
  | { readonly kind: 'send'; readonly plan: SendPlan }
  | {
      readonly kind: 'end';
      readonly status: 'failed' | 'skipped';
      readonly verdict: Verdict;
      readonly guestId?: string;
    };

/** What the job, the deployment and the tenant say beside the request. */
export interface PreflightSettings {
  readonly jobDefaults: InvitationChoices;
  readonly changeEmailDomain?: DomainChange;
  readonly defaultRedirectUrl: string;
  /** Domains that may be invited; undefined for all. */
  readonly allowedEmailDomains?: readonly string[];
  /** Whom the job wants reset, by state; undefined for everybody. */
  readonly onlyIf?: WantedState;
  readonly window: RecentWindow;
  /** Names of the directory roles that users hold, by object id in lower case; undefined where that is not known. */
  readonly roles?: ReadonlyMap<string, string>;
}

/** Decides about one guest from what a look-up found. `failed` look-ups are the caller's to repeat. */
export function decidePreflight(
  record: ResetRecord,
  found: Exclude<Found, { kind: 'failed' }>,
  settings: PreflightSettings,
): Preflight {
  switch (found.kind) {
    case 'none':
      return { kind: 'end', status: 'failed', verdict: verdicts.notFound(record.request.selector) };
    case 'several':
      return { kind: 'end', status: 'failed', verdict: verdicts.ambiguous(found.users.map(({ id }) => id)) };
    case 'user':
      return decideUser(record, found.user, settings);
  }
}

function decideUser(record: ResetRecord, user: GraphUser, settings: PreflightSettings): Preflight {
  const { request } = record;
  const refuse = (verdict: Verdict): Preflight => ({ kind: 'end', status: 'failed', verdict, guestId: user.id });
  const state = guestState(user);
  const isOwn = (said: string): boolean => hasAddress(state, said) || sameAddress(state.userPrincipalName ?? '', said);
  const stranger = request.alsoSaid?.find((said) => !isOwn(said));
  if (stranger !== undefined) return refuse(verdicts.selectorsDisagree(request.selector, stranger));
  const proof = proofOf(user);
  if (proof === 'nothing') return refuse(verdicts.NOT_EXTERNAL);
  if (proof === 'perhapsFounder' && request.selector.by !== 'id') return refuse(verdicts.PERHAPS_FOUNDER);
  // Whatever was sent before has changed the state, or may have; but it never lets a guest have redeemed.
  const isFirst = record.wasSent !== true;
  const asksState = isFirst || settings.onlyIf === 'pending';
  if (asksState && settings.onlyIf !== undefined && !isWanted(user, settings.onlyIf))
    return {
      kind: 'end',
      status: 'skipped',
      verdict: verdicts.stateNotWanted(user.externalUserState, settings.onlyIf),
      guestId: user.id,
    };
  const role = settings.roles?.get(user.id.toLowerCase());
  if (role !== undefined) return refuse(verdicts.holdsRole(role));

  const choices = settleChoices(request, settings.jobDefaults, settings.defaultRedirectUrl);
  const chosen = chooseAddress(request, state, settings.changeEmailDomain);
  if (chosen.kind === 'none') return refuse(verdicts.noAddress(chosen.addresses));
  if (chosen.kind === 'otherDomain') {
    const verdict = verdicts.otherDomain(chosen.domain, chosen.change);
    return { kind: 'end', status: 'skipped', verdict, guestId: user.id };
  }
  const checked = checkInvitedAddress(chosen.address);
  if (!checked.ok) return refuse(verdicts.addressNotValid(checked.message));
  const address = checked.value;
  const problem = addressProblem(state, address, choices, settings.allowedEmailDomains);
  if (problem !== undefined) return refuse(problem);

  const change = choices.addEmailTo === 'none' ? undefined : emailChange(state, address, choices.addEmailTo);
  if (change !== undefined && hasTooMany(change)) return refuse(verdicts.TOO_MANY_ADDRESSES);
  const added = record.withoutLanguage === true ? undefined : languageOfGuest(choices, user.preferredLanguage);
  const messageLanguage = added ?? choices.messageLanguage;
  const spoken: SettledChoices = { ...choices, ...(messageLanguage !== undefined && { messageLanguage }) };
  const changedAt = isFirst ? recentChange(state, settings.window) : undefined;
  const mayBeAnothers =
    state.externalUserState === 'PendingAcceptance' &&
    change === undefined &&
    record.emailAddedAt === undefined &&
    request.repeatsUnknown !== true &&
    settings.onlyIf !== 'pending';
  const plan: SendPlan = {
    row: request.row,
    guestId: user.id,
    state,
    address,
    asksMail: choices.sendInvitationMessage,
    ...(choices.sendInvitationMessage && messageLanguage !== undefined && { messageLanguage }),
    ...(added !== undefined && { isGuestLanguage: true }),
    ...(change !== undefined && { emailChange: change }),
    ...(change !== undefined && wasAdded(record) && { isEmailAdded: true }),
    invitation: invitationBody(user.id, address, spoken, request.invitedUserDisplayName),
    ...(changedAt !== undefined && mayBeAnothers && { pendingSince: changedAt }),
    warnings: [
      ...warningsOf(user, proof, choices, changedAt),
      ...(chosen.isOther ? ['namedByOtherAddress' as const] : []),
      ...(sameAddress(address, chosen.address) ? [] : ['internationalDomain' as const]),
    ],
  };
  return { kind: 'send', plan };
}

/** Graph took our change in, and then did not know the address yet. */
const wasAdded = ({ emailAddedAt, verdict }: ResetRecord): boolean =>
  emailAddedAt !== undefined && verdict?.code === 'emailNotOnUser';

function addressProblem(
  state: GuestState,
  address: string,
  choices: SettledChoices,
  allowed: readonly string[] | undefined,
): Verdict | undefined {
  if (allowed !== undefined && !isAllowedDomain(address, allowed)) return verdicts.domainNotAllowed(domainOf(address));
  return choices.addEmailTo === 'none' && !hasAddress(state, address) ? verdicts.ADDRESS_NOT_ON_USER : undefined;
}

/** A guest from before the directory kept such a state has redeemed, as far as anybody knows. */
const isWanted = ({ externalUserState }: GraphUser, onlyIf: WantedState): boolean =>
  (externalUserState === 'PendingAcceptance') === (onlyIf === 'pending');

/** @param changedAt when the state changed, where that is recent */
function warningsOf(
  user: GraphUser,
  proof: Proof,
  choices: InvitationChoices,
  changedAt: number | undefined,
): WarningCode[] {
  return [
    ...(user.accountEnabled === false ? ['accountDisabled' as const] : []),
    ...(proof === 'perhapsFounder'
      ? ['perhapsFounder' as const]
      : user.userType?.toLowerCase() === 'member'
        ? ['externalMember' as const]
        : []),
    ...(user.externalUserState === 'PendingAcceptance' ? ['alreadyPending' as const] : []),
    ...(user.externalUserState === 'Accepted' && changedAt !== undefined ? ['redeemedRecently' as const] : []),
    ...(choices.sendInvitationMessage === true && choices.customizedMessageBody !== undefined
      ? ['customMessageDropped' as const]
      : []),
  ];
}

/** The plan with further addresses of the guest kept, if it changes emails at all. */
export function keepAddresses(plan: SendPlan, addresses: readonly string[]): SendPlan {
  const { emailChange: change } = plan;
  return change === undefined ? plan : { ...plan, emailChange: withMore(change, addresses) };
}
