/** One row of a CSV to one reset. */
import { CC_SEPARATOR } from './address.ts';
import type { Column, ColumnName, Columns } from './columns.ts';
import { Findings, type Place, shown } from './findings.ts';
import { unguardFormula } from './formula-guard.ts';
import { checkReset, type FieldName, type ReadReset, type SaidReset } from './said-reset.ts';
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
 * Reads a row and reports every problem of it, each with the column as the header writes it. Looks only at columns
 * there are: most files have few.
 */
export function readCells(
  cells: readonly string[],
  columns: Columns,
  place: Place & { readonly row: number },
): ReadReset {
  const findings = new Findings(place);
  if (cells.length !== columns.width) {
    findings.add(
      'raggedRow',
      `The row has ${cells.length} cells, the header has ${columns.width}. Put quotes around cells that contain the separator.`,
    );
    return { ok: false, problems: findings.problems };
  }
  const said: Said = { input: keptCells(cells, columns) };
  for (const [field, named] of columns.known) {
    const filled = named.flatMap((column) => {
      const cell = unguardFormula(cells[column.index] ?? '');
      return cell.trim() === '' ? [] : [{ ...column, cell }];
    });
    const [first, ...more] = filled;
    if (first === undefined) continue;
    say(said, field, first.cell, first.name, findings);
    const other = more.find(({ cell }) => !isSame(cell, first.cell));
    if (other !== undefined)
      findings.add(
        'duplicateColumn',
        `In this row ${told(first)} and ${told(other)}; both mean ${field}. Keep one.`,
        other.name,
      );
  }
  return checkReset(said, place, columnName(columns), findings);
}

const isSame = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

const told = ({ index, name, cell }: Column & { readonly cell: string }): string =>
  `column ${index + 1} (${name}) says ${shown(cell)}`;

type Said = { -readonly [K in keyof SaidReset]: SaidReset[K] };

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
  const word = cell.trim().toLowerCase();
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  findings.add(
    'invalidBoolean',
    `${shown(word)} is neither true nor false. Write TRUE or FALSE, or leave the cell empty.`,
    column,
  );
  return undefined;
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
