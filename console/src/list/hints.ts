/** What can be said of a list at once, without asking. Only hints: the service decides. */
import type { GuestList } from './guest-list.ts';
import { checkSelector, guestKey } from '../../../shared/domain/submission/selector.ts';
import { saidOfList } from '../parts/service-words.ts';
import { namingField, takenBy } from './columns.ts';

export interface Hint {
  readonly row: number;
  readonly message: string;
}
export interface Hints {
  readonly first: readonly Hint[];
  readonly count: number;
}

const SHOWN = 100;
const SLICE = 20_000;

export async function hintsOf(list: GuestList, rest: () => Promise<void>): Promise<Hints> {
  const rows = new Map<string, number>();
  const first: Hint[] = [];
  let count = 0;
  if (list.naming.length === 0) return { first, count };
  for (let row = 1; row <= list.count; row++) {
    const { key, fault } = judged(list, row);
    const earlier = key === undefined ? undefined : rows.get(key);
    if (key !== undefined && earlier === undefined) rows.set(key, row);
    const message = fault ?? (earlier === undefined ? undefined : `Row ${list.number(earlier)} says the same guest.`);
    if (message !== undefined) {
      count++;
      if (first.length < SHOWN) first.push({ row, message });
    }
    if (row % SLICE === 0) await rest();
  }
  return { first, count };
}

/** By the rules of the service for the column that names the guest. */
function judged(list: GuestList, row: number): { readonly key?: string; readonly fault?: string } {
  const { column, text } = list.guest(row);
  if (text === '') return { fault: 'Nothing names the guest.' };
  const name = list.header[column] ?? '';
  const checked = checkSelector(namingField(name) ?? 'user', text);
  if (!checked.ok) return { fault: saidOfList(checked.message) };
  const key = guestKey(checked.value);
  // An export may have UPNs of others than guests, and the service takes them: only what was typed is a slip.
  const isMistaken = checked.value.by === 'userPrincipalName' && !/#EXT#/i.test(text) && list.isTyped(row, column);
  return isMistaken ? { key, fault: `A guest’s UPN has #EXT# in it. This column takes: ${takenBy(name)}` } : { key };
}
