/** What can be said of a list at once, without asking. Only hints: the service decides. */
import type { GuestList } from './guest-list.ts';
import { looksLikeGuest } from './guests.ts';

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
    const { text } = list.guest(row);
    const key = text.toLowerCase();
    const earlier = rows.get(key);
    const message = messageOf(text, earlier);
    if (earlier === undefined) rows.set(key, row);
    if (message !== undefined) {
      count++;
      if (first.length < SHOWN) first.push({ row, message });
    }
    if (row % SLICE === 0) await rest();
  }
  return { first, count };
}

function messageOf(text: string, earlier: number | undefined): string | undefined {
  if (text === '') return 'Nothing names the guest.';
  if (!looksLikeGuest(text)) return 'This is no object id, UPN or address.';
  return earlier === undefined ? undefined : `Row ${earlier} says the same guest.`;
}
