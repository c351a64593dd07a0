/** What was pasted or typed, as a CSV to send. */
import { fieldOf } from './columns.ts';
import { splitRecord, writeRecord } from './csv.ts';
import { guestsIn } from './guests.ts';

/** A table with a header stays as it is; of all else the guests are taken, one a row. */
export function csvOf(text: string): string {
  if (isTable(text)) return text;
  const rows = guestsIn(text).map((guest) => writeRecord([guest], ','));
  return ['user', ...rows, ''].join('\n');
}

/** Whether it has a header. */
export function isTable(text: string): boolean {
  const line = text.trimStart().split(/\r?\n/, 1)[0] ?? '';
  return ([',', ';', '\t'] as const).some((sign) =>
    splitRecord(line, sign).some((cell) => !cell.includes('@') && fieldOf(cell.trim()) !== undefined),
  );
}
