/** Problems of a list by the rows that have them. */
import type { Problem } from '../../../../client/types.ts';
import type { GuestList } from '../../list/guest-list.ts';
import { saidOfList } from '../../parts/service-words.ts';

export interface RowTrouble {
  /** The record of the list: it stays the same when rows are left out. */
  readonly record: number;
  readonly messages: readonly FieldTrouble[];
}
export interface FieldTrouble {
  readonly message: string;
  /** A column of the list; absent where it is about the whole row. */
  readonly field?: string;
}

export interface Troubles {
  readonly rows: readonly RowTrouble[];
  /** About no row: the header, the file, an option. */
  readonly general: readonly FieldTrouble[];
  /** How many there are in all; of many only the first are listed. */
  readonly count: number;
  /** Who says so: this page at once, the service that refused the list, or a rehearsal of it. */
  readonly source: 'hint' | 'refusal' | 'rehearsal';
}

/** @param list that was sent */
export function troublesOf({ errors = [], errorCount, detail }: Problem, list: GuestList): Troubles {
  const rows = new Map<number, FieldTrouble[]>();
  const general: FieldTrouble[] = [];
  for (const { row, field, message } of errors) {
    const trouble = { message: saidOfList(message), ...(field !== undefined && { field }) };
    if (row === undefined) general.push(trouble);
    else rows.set(list.record(row), [...(rows.get(list.record(row)) ?? []), trouble]);
  }
  return {
    rows: [...rows].map(([record, messages]) => ({ record, messages })).toSorted((a, b) => a.record - b.record),
    general: errors.length === 0 ? [{ message: saidOfList(detail) }] : general,
    count: errorCount ?? Math.max(errors.length, 1),
    source: 'refusal',
  };
}

/** Which cell a trouble is about; undefined where none of the header is meant. */
export function columnOf(header: readonly string[], { field }: FieldTrouble): number | undefined {
  const index = header.findIndex((name) => name.trim().toLowerCase() === field?.trim().toLowerCase());
  return index === -1 ? undefined : index;
}
