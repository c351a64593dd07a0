/**
 * Keeps spreadsheets from running a cell as a formula: such cells get a leading apostrophe on the way out and lose it
 * on the way in. Cells that already begin with apostrophes and then a formula get one more, so that guarding and
 * unguarding always undo each other. Source of the characters, full-width ones among them: OWASP, "CSV Injection".
 */
const BEGINS_FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

export function guardFormula(cell: string): string {
  return BEGINS_FORMULA.test(cell) ? `'${cell}` : cell;
}

export function unguardFormula(cell: string): string {
  return cell.startsWith("'") && BEGINS_FORMULA.test(cell) ? cell.slice(1) : cell;
}
