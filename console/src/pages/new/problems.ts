/** Problems of a list by the rows that have them. */
import type { Problem } from '../../../../client/types.ts';

export interface RowTrouble {
  /** From 1, as the service counts. */
  readonly row: number;
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
  /** Found by a rehearsal, not by reading the list. */
  readonly isOfRehearsal?: boolean;
}

export function troublesOf({ errors = [], errorCount, detail }: Problem): Troubles {
  const rows = new Map<number, FieldTrouble[]>();
  const general: FieldTrouble[] = [];
  for (const { row, field, message } of errors) {
    const trouble = { message, ...(field !== undefined && { field }) };
    if (row === undefined) general.push(trouble);
    else rows.set(row, [...(rows.get(row) ?? []), trouble]);
  }
  return {
    rows: [...rows].map(([row, messages]) => ({ row, messages })).toSorted((one, other) => one.row - other.row),
    general: errors.length === 0 ? [{ message: detail }] : general,
    count: errorCount ?? Math.max(errors.length, 1),
  };
}

/** Which cell a trouble is about; undefined where none of the header is meant. */
export function columnOf(header: readonly string[], { field }: FieldTrouble): number | undefined {
  const index = header.findIndex((name) => name.trim().toLowerCase() === field?.trim().toLowerCase());
  return index === -1 ? undefined : index;
}

/** Rows behind one that was left out move up. */
export function withoutRows(troubles: Troubles, removed: readonly number[]): Troubles {
  const gone = new Set(removed);
  const rows = troubles.rows.filter(({ row }) => !gone.has(row));
  const moved = rows.map(({ row, messages }) => ({ row: row - removed.filter((one) => one < row).length, messages }));
  const fewer = troubles.rows.length - rows.length;
  return { ...troubles, rows: moved, count: Math.max(moved.length + troubles.general.length, troubles.count - fewer) };
}
