/** A reset that did not come as CSV, as cells of a row that `read-cells.ts` reads as the same reset. */
import type { ResetRequest, Selector } from '../reset/reset.ts';
import type { ColumnName } from './columns.ts';
import { checkSelector } from './selector.ts';

/** Every field that a row can say, but for the object id, for which a column of its own stands in the results. */
export const SAID_COLUMNS = [
  'user',
  'reference',
  'invitedUserEmailAddress',
  'invitedUserDisplayName',
  'inviteRedirectUrl',
  'sendInvitationMessage',
  'messageLanguage',
  'customizedMessageBody',
  'ccRecipient',
  'ccRecipientName',
  'addEmailTo',
  'userPrincipalName',
  'mail',
] as const satisfies readonly ColumnName[];

/** Cells under `SAID_COLUMNS`; empty for what the job's options said, or nobody. */
export function saidCells(request: ResetRequest): (string | undefined)[] {
  const { selector, alsoSaid, sendInvitationMessage, ccRecipient, ...texts } = request;
  const said: Partial<Record<(typeof SAID_COLUMNS)[number], string | undefined>> = {
    ...texts,
    mail: alsoSaid?.[0],
    [selectorColumn(selector)]: selector.value,
    sendInvitationMessage: sendInvitationMessage === undefined ? undefined : String(sendInvitationMessage),
    ccRecipient: ccRecipient?.address,
    ccRecipientName: ccRecipient?.name,
  };
  return SAID_COLUMNS.map((column) => said[column]);
}

/** `user`, unless that would be read as another kind of name. */
function selectorColumn({ by, value }: Selector): 'user' | 'userPrincipalName' | 'mail' {
  const asUser = checkSelector('user', value);
  return by === 'id' || (asUser.ok && asUser.value.by === by) ? 'user' : by;
}
