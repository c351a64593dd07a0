/** Writes CSV: RFC 4180, CRLF, with formulas guarded. */
import type { CsvSeparator } from '../../../domain/job/job.ts';
import { guardFormula } from '../../../domain/submission/formula-guard.ts';

/** Without it Excel takes UTF-8 for windows-1252. Input passes over it. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The first line of a file. */
export function csvHeader(columns: readonly string[], separator: CsvSeparator): string {
  return BYTE_ORDER_MARK + csvLine(columns, separator);
}

/** One line with its line end. A cell without a value is empty. */
export function csvLine(cells: readonly (string | undefined)[], separator: CsvSeparator = ','): string {
  return `${cells.map((cell) => csvCell(cell ?? '')).join(separator)}\r\n`;
}

/** Quotes what needs it: separators of any spreadsheet, quotes, line ends, and blanks at the ends. */
function csvCell(cell: string): string {
  const guarded = guardFormula(cell);
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
