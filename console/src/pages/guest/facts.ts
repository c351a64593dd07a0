/** How a guest stands in the directory, in words. */
import type { Guest } from '../../../../client/types.ts';
import { moment } from '../../parts/numbers.ts';
import { inPageWords } from '../../parts/service-words.ts';
import type { StateWords } from '../../parts/job-words.ts';

/** Whether the guest has redeemed; a state that this page does not know stands for itself. */
export function invitationOf({ externalUserState: state, code }: Guest): StateWords {
  if (state === 'Accepted') return { text: 'Redeemed', color: 'success' };
  if (state === 'PendingAcceptance') return { text: 'Not redeemed', color: 'warning' };
  if (code === 'notExternal') return { text: 'No guest', color: 'informative' };
  return { text: state ?? 'No invitation', color: 'informative' };
}

export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Worth having elsewhere. */
  readonly isCopied?: boolean;
}

export function factsOfGuest(guest: Guest): readonly Fact[] {
  const { externalUserStateChangeDateTime: since, createdDateTime, accountEnabled, otherMails = [] } = guest;
  const said: (readonly [name: string, value: string | undefined, isCopied?: boolean])[] = [
    ['Invitation', invitationWords(guest, since)],
    ['UPN', guest.userPrincipalName, true],
    ['Mail', guest.mail ?? (guest.code === 'notExternal' ? undefined : 'None')],
    ['Other mails', otherMails.length === 0 ? undefined : otherMails.join(', ')],
    ['Object id', guest.id, true],
    ['User type', guest.userType],
    ['Account', accountEnabled === undefined ? undefined : accountEnabled ? 'Enabled' : 'Disabled: no sign-in'],
    ['In the directory since', createdDateTime && moment(createdDateTime)],
  ];
  return said.flatMap(([name, value, isCopied = false]) => (value === undefined ? [] : { name, value, isCopied }));
}

function invitationWords({ externalUserState: state }: Guest, since: string | undefined): string | undefined {
  const when = since === undefined ? '' : ` since ${moment(since)}`;
  if (state === 'Accepted') return `Redeemed${when} (Entra: ${state})`;
  if (state === 'PendingAcceptance') return `Not redeemed; open${when} (Entra: ${state})`;
  return state && `${state}${when}`;
}

/** Somebody reset the guest a short time ago: only whoever says so does it once more. */
export const wasResetRecently = (guest: Guest | undefined): boolean =>
  guest?.code === 'resetRecently' || guest?.code === 'pendingRecently';

/**
 * Why the guest would not be reset now, for a person; undefined where nothing speaks against it.
 * @param mayReset whether that person has the button that is spoken of
 */
export function hindranceOf(
  { resettable, message = '', nextStep = '', ...guest }: Guest,
  mayReset: boolean,
): string | undefined {
  if (resettable) return undefined;
  // The next step of a program is to say so in a parameter.
  const step = wasResetRecently({ resettable, ...guest })
    ? mayReset
      ? '“Reset again” asks whether to do it all the same.'
      : 'Whoever has the role Submit can do it all the same.'
    : nextStep;
  return inPageWords(`${message} ${step}`.trim());
}
