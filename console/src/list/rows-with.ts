/** Of a table that the service wrote, the rows that have something in a column, as a table of the same kind. */
import { cellsOf, findRecords, rawRecord } from './csv.ts';
import { decode } from './decode.ts';
import { rest } from './open-list.ts';

const SLICE = 20_000;

/** @param words that stand in the cell, maybe beside others */
export async function rowsWith(table: Blob, column: string, words: string): Promise<Blob> {
  const { text } = decode(new Uint8Array(await table.arrayBuffer()));
  const records = await findRecords(text, rest);
  const index = cellsOf(records, 0).indexOf(column);
  const lines = [rawRecord(records, 0)];
  for (let record = 1; record < records.count; record++) {
    if (cellsOf(records, record)[index]?.includes(words) === true) lines.push(rawRecord(records, record));
    if (record % SLICE === 0) await rest();
  }
  // The mark by which Excel knows UTF-8, as the service writes it.
  return new Blob(['\uFEFF', ...lines.flatMap((line) => [line, '\r\n'])], { type: table.type });
}
