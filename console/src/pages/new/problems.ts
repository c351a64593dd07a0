/** Problems of a list by the rows that have them. */
import type { Problem } from '../../../../client/types.ts';
import { cellsOf } from '../../list/csv.ts';
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
  /** The list that was sent; absent of hints, which are always about the list as it is. */
  readonly sent?: GuestList;
}

/** @param list that was sent */
export function troublesOf({ errors = [], errorCount, detail }: Problem, list: GuestList): Troubles {
  const rows = new Map<number, FieldTrouble[]>();
  const general: FieldTrouble[] = [];
  for (const { row, field, message: words } of errors) {
    // The service counts the rows that it was sent.
    const counted = words.replaceAll(/\b(?<=row )\d+/gi, (number) => String(list.number(Number(number))));
    const trouble = { message: saidOfList(counted), ...(field !== undefined && { field }) };
    if (row === undefined) general.push(trouble);
    else rows.set(list.record(row), [...(rows.get(list.record(row)) ?? []), trouble]);
  }
  return {
    rows: [...rows].map(([record, messages]) => ({ record, messages })).toSorted((a, b) => a.record - b.record),
    general: errors.length === 0 ? [{ message: saidOfList(detail) }] : general,
    count: errorCount ?? Math.max(errors.length, 1),
    source: 'refusal',
    sent: list,
  };
}

/** Whether people have changed the row since it was sent: what was found of it may no longer be so. */
export function isChangedSince({ sent }: Pick<Troubles, 'sent'>, record: number, list: GuestList): boolean {
  const cellsIn = ({ records, changes }: GuestList): string =>
    JSON.stringify(changes.cells.get(record) ?? cellsOf(records, record));
  return sent !== undefined && cellsIn(sent) !== cellsIn(list);
}

/** What is to be said of a row now. @param hints what this page finds of the list as it is; undefined until it has looked */
export function messagesNow(
  troubles: Pick<Troubles, 'sent'>,
  { record, messages }: RowTrouble,
  list: GuestList,
  hints: Pick<Troubles, 'rows'> | undefined,
): readonly FieldTrouble[] {
  if (!isChangedSince(troubles, record, list)) return messages;
  return hints?.rows.find((row) => row.record === record)?.messages ?? [{ message: 'Changed: rehearse to know.' }];
}

/** Which cell a trouble is about; undefined where none of the header is meant. */
export function columnOf(header: readonly string[], { field }: FieldTrouble): number | undefined {
  const index = header.findIndex((name) => name.trim().toLowerCase() === field?.trim().toLowerCase());
  return index === -1 ? undefined : index;
}
