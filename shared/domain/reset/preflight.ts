/** Whether a guest just looked up may be reset, and with which requests. Pure. */
import { domainOf, isAllowedDomain, type DomainChange } from '../guest/email-domain.ts';
import { proofOf } from '../guest/external.ts';
import { guestState, type GraphUser, type GuestState, hasAddress, type WantedState } from '../guest/guest.ts';
import { emailChange, hasTooMany, invitationBody, settleChoices, type SettledChoices } from '../graph/invitation.ts';
import { chooseAddress } from '../guest/invited-address.ts';
import type { Found } from '../guest/look-up.ts';
import { sameAddress } from '../guest/same-address.ts';
import { languageOfGuest } from '../graph/mail-language.ts';
import type { SendPlan } from './send-plan.ts';
import * as verdicts from './preflight-verdicts.ts';
import { recentChange, type RecentWindow } from './recent-state.ts';
import type { InvitationChoices, ResetRecord, ResetRequest, Verdict } from './reset.ts';
import { checkInvitedAddress } from '../submission/address.ts';
import type { WarningCode } from './warnings.ts';

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

type End = Pick<Extract<Preflight, { kind: 'end' }>, 'status' | 'verdict'>;
const failed = (verdict: Verdict): End => ({ status: 'failed', verdict });
const skipped = (verdict: Verdict): End => ({ status: 'skipped', verdict });

function decideUser(record: ResetRecord, user: GraphUser, settings: PreflightSettings): Preflight {
  const { request } = record;
  const endWith = (end: End): Preflight => ({ kind: 'end', ...end, guestId: user.id });
  const state = guestState(user);
  const unfit = endOfGuest(record, user, state, settings);
  if (unfit !== undefined) return endWith(unfit);

  const choices = settleChoices(request, settings.jobDefaults, settings.defaultRedirectUrl);
  const chosen = addressOf(request, state, choices, settings);
  if ('verdict' in chosen) return endWith(chosen);
  const { address } = chosen;
  const change = choices.addEmailTo === 'none' ? undefined : emailChange(state, address, choices.addEmailTo);
  if (change !== undefined && hasTooMany(change)) return endWith(failed(verdicts.TOO_MANY_ADDRESSES));

  const added = record.withoutLanguage === true ? undefined : languageOfGuest(choices, user.preferredLanguage);
  const messageLanguage = added ?? choices.messageLanguage;
  const spoken: SettledChoices = { ...choices, ...(messageLanguage !== undefined && { messageLanguage }) };
  const changedAt = isFirst(record) ? recentChange(state, settings.window) : undefined;
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
    ...(changedAt !== undefined &&
      change === undefined &&
      mayBeAnothers(record, state, settings.onlyIf) && { pendingSince: changedAt }),
    warnings: [...warningsOf(user, choices, changedAt), ...chosen.warnings],
  };
  return { kind: 'send', plan };
}

/** Why this guest is not to be reset, whatever the address; undefined where nothing speaks against it. */
function endOfGuest(
  record: ResetRecord,
  user: GraphUser,
  state: GuestState,
  { onlyIf, roles }: PreflightSettings,
): End | undefined {
  const { selector, alsoSaid } = record.request;
  const isOwn = (said: string): boolean => hasAddress(state, said) || sameAddress(state.userPrincipalName ?? '', said);
  const stranger = alsoSaid?.find((said) => !isOwn(said));
  if (stranger !== undefined) return failed(verdicts.selectorsDisagree(selector, stranger));
  const proof = proofOf(user);
  if (proof === 'nothing') return failed(verdicts.NOT_EXTERNAL);
  if (proof === 'perhapsFounder' && selector.by !== 'id') return failed(verdicts.PERHAPS_FOUNDER);
  // Whatever was sent before has changed the state, or may have; but it never lets a guest have redeemed.
  const asksState = isFirst(record) || onlyIf === 'pending';
  if (asksState && onlyIf !== undefined && !isWanted(user, onlyIf))
    return skipped(verdicts.stateNotWanted(user.externalUserState, onlyIf));
  const role = roles?.get(user.id.toLowerCase());
  return role === undefined ? undefined : failed(verdicts.holdsRole(role));
}

/** The address to invite, in the form in which it is invited, or why there is none. */
function addressOf(
  request: ResetRequest,
  state: GuestState,
  { addEmailTo }: SettledChoices,
  { changeEmailDomain, allowedEmailDomains: allowed }: PreflightSettings,
): End | { readonly address: string; readonly warnings: readonly WarningCode[] } {
  const chosen = chooseAddress(request, state, changeEmailDomain);
  if (chosen.kind === 'none') return failed(verdicts.noAddress(chosen.addresses));
  if (chosen.kind === 'otherDomain') return skipped(verdicts.otherDomain(chosen.domain, chosen.change));
  const checked = checkInvitedAddress(chosen.address);
  if (!checked.ok) return failed(verdicts.addressNotValid(checked.message));
  const address = checked.value;
  if (allowed !== undefined && !isAllowedDomain(address, allowed))
    return failed(verdicts.domainNotAllowed(domainOf(address)));
  if (addEmailTo === 'none' && !hasAddress(state, address)) return failed(verdicts.ADDRESS_NOT_ON_USER);
  return {
    address,
    warnings: [
      ...(chosen.isOther ? ['namedByOtherAddress' as const] : []),
      ...(sameAddress(address, chosen.address) ? [] : ['internationalDomain' as const]),
    ],
  };
}

/** Nothing of this reset has gone to Graph yet. */
const isFirst = ({ wasSent }: ResetRecord): boolean => wasSent !== true;

/** Whether a state that began recently may be somebody else's doing, so that the guest is not to be mailed again. */
const mayBeAnothers = (
  { emailAddedAt, request }: ResetRecord,
  { externalUserState }: GuestState,
  onlyIf: WantedState | undefined,
): boolean =>
  externalUserState === 'PendingAcceptance' &&
  emailAddedAt === undefined &&
  request.repeatsUnknown !== true &&
  onlyIf !== 'pending';

/** Graph took our change in, and then did not know the address yet. */
const wasAdded = ({ emailAddedAt, verdict }: ResetRecord): boolean =>
  emailAddedAt !== undefined && verdict?.code === 'emailNotOnUser';

/** A guest from before the directory kept such a state has redeemed, as far as anybody knows. */
const isWanted = ({ externalUserState }: GraphUser, onlyIf: WantedState): boolean =>
  (externalUserState === 'PendingAcceptance') === (onlyIf === 'pending');

/** @param changedAt when the state changed, where that is recent */
function warningsOf(user: GraphUser, choices: InvitationChoices, changedAt: number | undefined): WarningCode[] {
  return [
    ...(user.accountEnabled === false ? ['accountDisabled' as const] : []),
    ...(proofOf(user) === 'perhapsFounder'
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
