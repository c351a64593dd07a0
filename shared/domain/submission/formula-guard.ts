/**
 * Keeps spreadsheets from running a cell as a formula: such cells get a leading apostrophe on the way out and lose it
 * on the way in. Cells that already begin with apostrophes and then a formula get one more, so that guarding and
 * unguarding always undo each other. Source of the characters: OWASP, "CSV Injection".
 */

export function guardFormula(cell: string): string {
  return /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

export function unguardFormula(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
