/**
 * What Excel shows of a CSV that is opened with a double click, as Microsoft describes it: UTF-8 only with a byte order
 * mark, cells between the list separator of the region, a cell in quotes where its first character is one.
 * Written for tests, and sharing nothing with the service.
 */

/** Excel's list separator by region of Windows. */
export const LIST_SEPARATORS = { 'en-US': ',', 'de-DE': ';', 'fr-FR': ';' } as const;

/** A cell longer than this is cut off. Source: "Excel specifications and limits". */
const CELL_MAX_CHARS = 32_767;

/** @throws where Excel would run a cell as a formula, or show other letters or fewer than the file has */
export function excelRows(bytes: Uint8Array, listSeparator: string): string[][] {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = hasMark
    ? new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    : new TextDecoder('windows-1252').decode(bytes);
  if (text.startsWith('ID')) throw new Error('Excel takes the file for SYLK.');
  const rows: string[][] = [];
  let [row, at]: [string[], number] = [[], 0];
  while (at < text.length) {
    const cell = cellAt(text, at, listSeparator);
    if (/^[=+\-@]/.test(cell.shown)) throw new Error(`Excel runs ${cell.shown} as a formula.`);
    if (cell.shown.length > CELL_MAX_CHARS) throw new Error('Excel cuts off a cell.');
    row.push(cell.shown);
    at = cell.end;
    if (text.startsWith(listSeparator, at)) {
      at += listSeparator.length;
      if (at < text.length) continue;
      row.push('');
    }
    rows.push(row);
    row = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  return rows;
}

/** The cell that begins at `at`, and where the separator or line end behind it is. */
function cellAt(text: string, at: number, listSeparator: string): { readonly shown: string; readonly end: number } {
  let [shown, position, isQuoted] = ['', at, text[at] === '"'];
  if (isQuoted) position++;
  for (; position < text.length; position++) {
    const character = text.charAt(position);
    if (isQuoted && character === '"' && text[position + 1] === '"') position++;
    else if (isQuoted && character === '"') {
      isQuoted = false;
      continue;
    } else if (!isQuoted && (character === listSeparator || character === '\r' || character === '\n')) break;
    shown += character;
  }
  return { shown, end: position };
}
