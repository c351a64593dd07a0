/** Columns of a CSV that mean nothing to us and hold addresses: whoever wrote them may expect mail to go there. */
import { jobWarning, type JobWarning } from '../reset/warnings.ts';
import { isAddress, unwrapped } from './address.ts';
import { listed, type Column } from './columns.ts';

export class UnusedAddresses {
  #unseen: readonly Column[] | undefined;
  readonly #found: Column[] = [];

  /** @param unused columns of the header; each is looked at until an address was found in it */
  note(cells: readonly string[], unused: readonly Column[]): void {
    this.#unseen ??= unused;
    const found = this.#unseen.filter(({ index }) => holdsAddress(cells[index] ?? ''));
    if (found.length === 0) return;
    this.#found.push(...found);
    this.#unseen = this.#unseen.filter((column) => !found.includes(column));
  }

  warnings(): JobWarning[] {
    const names = this.#found.toSorted((one, other) => one.index - other.index).map(({ name }) => name);
    return names.length === 0 ? [] : [jobWarning('unusedAddressColumn', listed(names))];
  }
}

const holdsAddress = (cell: string): boolean =>
  cell.includes('@') && !/#EXT#/i.test(cell) && isAddress(unwrapped(cell));
