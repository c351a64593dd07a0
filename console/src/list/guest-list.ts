/**
 * The list as it is worked on: what was given, and what people changed of it. Rows are numbered from 1 as the service
 * counts them, so that its answers are about the same rows.
 */
import { cellsOf, rawRecord, writeRecord, type Records } from './csv.ts';
import { looksLikeGuest } from './guests.ts';
import { callingColumns, fieldOf, namingColumns } from './columns.ts';

/** What people changed, by the record of the text (from 0, the header included). */
export interface Changes {
  readonly header?: readonly string[];
  readonly cells: ReadonlyMap<number, readonly string[]>;
  readonly removed: ReadonlySet<number>;
}

export const NO_CHANGES: Changes = { cells: new Map(), removed: new Set() };

export class GuestList {
  readonly records: Records;
  readonly changes: Changes;
  /** The names of the columns as the text has them. */
  readonly given: readonly string[];
  /** And as people have corrected them. */
  readonly header: readonly string[];
  /** The header is ours: the text begins with a guest. */
  readonly isHeadless: boolean;
  /** Records that are rows, in order; undefined where all of them are. */
  readonly #order: Uint32Array | undefined;
  readonly #first: number;
  readonly #calling: readonly number[];
  readonly count: number;

  constructor(records: Records, changes: Changes = NO_CHANGES) {
    this.records = records;
    this.changes = changes;
    const first = records.count === 0 ? [] : cellsOf(records, 0);
    this.isHeadless = first.length > 0 && isRowOfGuest(first);
    this.#first = this.isHeadless ? 0 : 1;
    this.given = this.isHeadless ? headerFor(first) : first.map((name) => name.trim());
    this.header = changes.header ?? this.given;
    this.#order = changes.removed.size === 0 ? undefined : orderOf(records.count, this.#first, changes.removed);
    this.#calling = callingColumns(this.header);
    this.count = this.#order?.length ?? Math.max(0, records.count - this.#first);
  }

  get isChanged(): boolean {
    const { header, cells, removed } = this.changes;
    return this.isHeadless || header !== undefined || cells.size > 0 || removed.size > 0;
  }

  /** @param row from 1 */
  cells(row: number): readonly string[] {
    const record = this.record(row);
    return this.changes.cells.get(record) ?? cellsOf(this.records, record);
  }

  /** What names the guest of a row: the first filled cell of the columns that may. */
  guest(row: number): { readonly column: number; readonly text: string } {
    const cells = this.cells(row);
    const columns = this.naming;
    const column = columns.find((index) => (cells[index] ?? '').trim() !== '') ?? columns[0] ?? 0;
    return { column, text: (cells[column] ?? '').trim() };
  }

  #naming: readonly number[] | undefined;
  get naming(): readonly number[] {
    return (this.#naming ??= namingColumns(this.header));
  }

  /** What people call the guest of a row beside what names it, name before mail. */
  called(row: number): readonly { readonly column: number; readonly text: string }[] {
    const guest = this.guest(row);
    const cells = this.cells(row);
    return this.#calling
      .map((index) => ({ column: index, text: (cells[index] ?? '').trim() }))
      .filter(({ text }) => text !== '' && text !== guest.text);
  }

  /** Its number as people see it in the file: Excel counts the header as 1, and blank rows too. */
  number(row: number): number {
    return this.records.rows[this.record(row)] ?? row;
  }

  /** Whether people have changed a cell. */
  isTyped(row: number, column: number): boolean {
    const record = this.record(row);
    const changed = this.changes.cells.get(record);
    return changed !== undefined && changed[column] !== (cellsOf(this.records, record)[column] ?? '');
  }

  edited(row: number, cells: readonly string[]): GuestList {
    const changed = new Map(this.changes.cells).set(this.record(row), cells);
    return new GuestList(this.records, { ...this.changes, cells: changed });
  }

  without(rows: Iterable<number>): GuestList {
    const removed = new Set(this.changes.removed);
    for (const row of rows) removed.add(this.record(row));
    return new GuestList(this.records, { ...this.changes, removed });
  }

  withAll(): GuestList {
    return new GuestList(this.records, { ...this.changes, removed: new Set() });
  }

  withHeader(header: readonly string[]): GuestList {
    return new GuestList(this.records, { ...this.changes, header });
  }

  /** The rows as they are sent where something was changed: what was not, stays as it was given. */
  *lines(): Generator<string> {
    const { separator, isDeclared } = this.records;
    if (isDeclared) yield `sep=${separator}`;
    yield this.isHeadless || this.changes.header !== undefined
      ? writeRecord(this.header, separator)
      : rawRecord(this.records, 0);
    for (let row = 1; row <= this.count; row++) {
      const record = this.record(row);
      const changed = this.changes.cells.get(record);
      yield changed === undefined ? rawRecord(this.records, record) : writeRecord(changed, separator);
    }
  }

  /** Which record of the text a row is: that stays the same when rows in front of it are left out. */
  record(row: number): number {
    return this.#order?.[row - 1] ?? row - 1 + this.#first;
  }

  /** The row that a record is now; undefined where it was left out. */
  row(record: number): number | undefined {
    if (this.changes.removed.has(record)) return undefined;
    let before = 0;
    for (const removed of this.changes.removed) if (removed < record) before++;
    return record - this.#first - before + 1;
  }
}

/** A first line that names a guest, and no column, is no header. */
const isRowOfGuest = (cells: readonly string[]): boolean =>
  cells.some(looksLikeGuest) && cells.every((cell) => fieldOf(cell) === undefined);

function headerFor(first: readonly string[]): string[] {
  const guest = first.findIndex(looksLikeGuest);
  return first.map((_cell, index) => (index === guest ? 'user' : `column ${index + 1}`));
}

function orderOf(records: number, first: number, removed: ReadonlySet<number>): Uint32Array {
  const order = new Uint32Array(Math.max(0, records - first - removed.size));
  let count = 0;
  for (let record = first; record < records; record++) {
    if (!removed.has(record)) order[count++] = record;
  }
  return order;
}
