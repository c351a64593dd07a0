/** One row of a CSV to one reset. */
import { CC_SEPARATOR } from './address.ts';
import type { Column, ColumnName, Columns } from './columns.ts';
import { bad, type Checked, Findings, good, type Place, shown } from './findings.ts';
import { flagWord } from './flag-word.ts';
import { unguardFormula } from './formula-guard.ts';
import { checkReset, type FieldName, type ReadReset, type ResetInput } from './reset-input.ts';
import { SELECTOR_FIELDS } from './selector.ts';

/** Whether a row holds nothing at all; spreadsheets leave such rows behind. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** The cells to keep with the reset, in the order of `columns.names`. */
export function keptCells(cells: readonly string[], columns: Columns): string[] {
  return columns.keptIndexes.map((index) => unguardFormula(cells[index] ?? ''));
}

/**
 * Why a row of another length than the header is not read: it may have been cut off, or its cells stand under the wrong
 * columns. Spreadsheets leave the last cells out where they are empty, and write empty ones too many.
 */
function misfitOf(cells: readonly string[], { width }: Columns, isOpen: boolean): Checked<undefined> {
  if (cells.length === width) return FITS;
  const counted = `has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, the header has ${width}`;
  if (isOpen && cells.length < width)
    return bad(
      'incompleteRow',
      `The last row ${counted}, and no line end follows: the file may have been cut off. Send all of it; if this ` +
        'is all, end the last line.',
    );
  return isBlank(cells.slice(width))
    ? FITS
    : bad('raggedRow', `The row ${counted}. Put quotes around cells that contain the separator.`);
}

const FITS = good(undefined);

/**
 * Reads a row and reports every problem of it, each with the column as the header writes it. Looks only at columns
 * there are: most files have few.
 * @param isOpen the text ends in this row, without a line end
 */
export function readCells(
  cells: readonly string[],
  columns: Columns,
  place: Place & { readonly row: number },
  isOpen = false,
): ReadReset {
  const findings = new Findings(place);
  const misfit = misfitOf(cells, columns, isOpen);
  if (!misfit.ok) {
    findings.add(misfit.code, misfit.message);
    return { ok: false, problems: findings.problems };
  }
  const said: Said = { input: keptCells(cells, columns) };
  for (const [field, named] of columns.known) {
    let first: Filled | undefined;
    let other: Filled | undefined;
    for (const column of named) {
      const cell = unguardFormula(cells[column.index] ?? '');
      if (cell.trim() === '') continue;
      if (first === undefined) first = { column, cell };
      else if (!isSame(cell, first.cell)) other ??= { column, cell };
    }
    if (first === undefined) continue;
    say(said, field, first.cell, first.column.name, findings);
    if (other !== undefined)
      findings.add(
        'duplicateColumn',
        `In this row ${told(first)} and ${told(other)}; both mean ${field}. Keep one.`,
        other.column.name,
      );
  }
  const { ccRecipients, ccRecipientName: name } = said;
  if (ccRecipients !== undefined) said.ccRecipients = ccRecipients.map(({ address }) => ({ address, name }));
  return checkReset(said, place, columnName(columns), findings);
}

const isSame = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

interface Filled {
  readonly column: Column;
  readonly cell: string;
}

const told = ({ column: { index, name }, cell }: Filled): string => `column ${index + 1} (${name}) says ${shown(cell)}`;

type Said = { -readonly [K in keyof ResetInput]: ResetInput[K] } & { ccRecipientName?: string };

function say(said: Said, field: ColumnName, cell: string, column: string, findings: Findings): void {
  switch (field) {
    case 'sendInvitationMessage':
    case 'resetRedemption':
      said[field] = readFlag(cell, column, findings);
      break;
    case 'ccRecipient':
      said.ccRecipients = cell.split(CC_SEPARATOR).map((address) => ({ address }));
      break;
    default:
      said[field] = cell;
  }
}

function readFlag(cell: string, column: string, findings: Findings): boolean | undefined {
  const flag = flagWord(cell);
  if (flag === undefined)
    findings.add(
      'invalidBoolean',
      `${shown(cell.trim())} is neither true nor false. Write 1 or 0, which spreadsheets of every language keep, ` +
        'or true or false; or leave the cell empty.',
      column,
    );
  return flag;
}

/** Names a field as its header does; "the guest" by the first selector column there is. */
function columnName(columns: Columns): FieldName {
  return (field) => {
    const column = field === 'ccRecipients' ? 'ccRecipient' : field === 'input' ? 'user' : field;
    const wanted =
      column === 'user' ? (SELECTOR_FIELDS.find((selector) => columns.known.has(selector)) ?? 'user') : column;
    return columns.known.get(wanted)?.[0]?.name ?? wanted;
  };
}
