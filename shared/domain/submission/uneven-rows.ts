/** Counts the rows of a CSV that have other lengths than the header, and can be read all the same. */
import { jobWarning, type JobWarning } from '../reset/warnings.ts';

export class UnevenRows {
  #shorter = 0;
  #longer = 0;

  /** @param width cells of the header */
  note(cells: number, width: number): void {
    if (cells < width) this.#shorter++;
    if (cells > width) this.#longer++;
  }

  warnings(): JobWarning[] {
    const told = [
      ...(this.#shorter > 0 ? [`${rows(this.#shorter)} had fewer cells than the header`] : []),
      ...(this.#longer > 0 ? [`${rows(this.#longer)} had more`] : []),
    ];
    return told.length > 0 ? [jobWarning('unevenRows', told.join(', '))] : [];
  }
}

const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);
