/** One row of a CSV to one reset. */
import type { ColumnName, Columns } from './columns.ts';
import { Findings, type Place, shown } from './findings.ts';
import { unguardFormula } from './formula-guard.ts';
import { checkReset, type FieldName, type ReadReset } from './said-reset.ts';
import { SELECTOR_FIELDS } from './selector.ts';

/** Whether a row holds nothing at all; spreadsheets leave such rows behind. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** The cells to keep with the reset, in the order of `columns.names`. */
export function keptCells(cells: readonly string[], columns: Columns): string[] {
  return columns.keptIndexes.map((index) => unguardFormula(cells[index] ?? ''));
}

/** Reads a row and reports every problem of it, each with the column as the header writes it. */
export function readCells(cells: readonly string[], columns: Columns, place: Place & { readonly row: number }): ReadReset {
  const findings = new Findings(place);
  if (cells.length !== columns.width) {
    findings.add('raggedRow', `The row has ${cells.length} cells, the header has ${columns.width}. Put quotes around cells that contain the separator.`);
    return { ok: false, problems: findings.problems };
  }
  const cell = (name: ColumnName): string | undefined => {
    const column = columns.known.get(name);
    const value = column === undefined ? '' : unguardFormula(cells[column.index] ?? '');
    return value.trim() === '' ? undefined : value;
  };
  const flag = (name: ColumnName): boolean | undefined => readFlag(cell(name), columns.known.get(name)?.name ?? name, findings);

  const said = {
    user: cell('user'),
    id: cell('id'),
    objectId: cell('objectId'),
    userPrincipalName: cell('userPrincipalName'),
    mail: cell('mail'),
    reference: cell('reference'),
    invitedUserEmailAddress: cell('invitedUserEmailAddress'),
    invitedUserDisplayName: cell('invitedUserDisplayName'),
    invitedUserType: cell('invitedUserType'),
    inviteRedirectUrl: cell('inviteRedirectUrl'),
    messageLanguage: cell('messageLanguage'),
    customizedMessageBody: cell('customizedMessageBody'),
    addEmailTo: cell('addEmailTo'),
    ccRecipients: cell('ccRecipient')?.split(/[;,]/).map((address) => ({ address })),
    sendInvitationMessage: flag('sendInvitationMessage'),
    resetRedemption: flag('resetRedemption'),
    input: keptCells(cells, columns),
  };
  const read = checkReset(said, place, columnName(columns));
  if (findings.problems.length === 0) return read;
  return { ok: false, problems: read.ok ? findings.problems : [...findings.problems, ...read.problems] };
}

function readFlag(text: string | undefined, column: string, findings: Findings): boolean | undefined {
  const word = text?.trim().toLowerCase();
  if (word === undefined) return undefined;
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  findings.add('invalidBoolean', `${shown(word)} is neither true nor false. Write TRUE or FALSE, or leave the cell empty.`, column);
  return undefined;
}

/** Names a field as its header does; "the guest" by the first selector column there is. */
function columnName(columns: Columns): FieldName {
  const firstSelector = SELECTOR_FIELDS.find((field) => columns.known.has(field));
  return (field) => {
    const column = field === 'ccRecipients' ? 'ccRecipient' : field === 'input' ? 'user' : field;
    const wanted = column === 'user' ? (firstSelector ?? 'user') : column;
    return columns.known.get(wanted)?.name ?? wanted;
  };
}
