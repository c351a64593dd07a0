/** Writes CSV: RFC 4180, CRLF, with formulas guarded. */
import { guardFormula } from '../../../domain/submission/formula-guard.ts';

/** One line with its line end. A cell without a value is empty. */
export function csvLine(cells: readonly (string | undefined)[]): string {
  return `${cells.map((cell) => csvCell(cell ?? '')).join(',')}\r\n`;
}

/** Quotes what needs it: separators of any spreadsheet, quotes, line ends, and blanks at the ends. */
function csvCell(cell: string): string {
  const guarded = guardFormula(cell);
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
