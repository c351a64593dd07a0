/** The bad rows of a CSV while it is read, kept in little memory. */
import type { BadRow } from './events.ts';

/** Characters of all bad rows that are kept to be given back; each takes one byte or two. */
export const BAD_ROWS_MAX_CHARS = 8 * 1024 * 1024;
/** What a row takes beside its characters. */
const BESIDE_CHARS = 32;
/** In no text of a body: it would have been refused as badly encoded. */
const SEPARATOR = '\0';

/** All of them, or none: part of a file would look like the whole of it. */
export class BadRowList implements Iterable<BadRow> {
  /** Each as one text: as arrays of cells they would take several times as much. */
  #rows: string[] = [];
  #chars = 0;

  /** Whether there were more than are kept: then none is. */
  get isTooLong(): boolean {
    return this.#chars > BAD_ROWS_MAX_CHARS;
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  add({ input, problem }: BadRow): void {
    if (this.isTooLong) return;
    const row = [...input, problem].join(SEPARATOR);
    this.#chars += row.length + BESIDE_CHARS;
    if (this.isTooLong) this.#rows = [];
    else this.#rows.push(row);
  }

  *[Symbol.iterator](): Generator<BadRow, void, void> {
    for (const row of this.#rows) {
      const texts = row.split(SEPARATOR);
      yield { input: texts.slice(0, -1), problem: texts.at(-1) ?? '' };
    }
  }
}
