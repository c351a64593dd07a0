/** How many there are of a list, in words: what may name nobody is a row, and no guest. */
import type { GuestList } from '../../list/guest-list.ts';
import type { Chosen } from '../../list/take.ts';
import { count, counted } from '../../parts/numbers.ts';

type Rows = Pick<GuestList, 'count' | 'naming'>;
/** Undefined until they are known. */
type ToLookAt = { readonly count: number } | undefined;

/** `4 guests`; `4 rows, 3 to look at`. */
export function summaryOf(list: Rows, hints: ToLookAt): string {
  const toLookAt = hints?.count ?? 0;
  if (list.count === 0) return 'No row is left';
  if (toLookAt === 0) return howMany(list, hints);
  return `${howMany(list, hints)}, ${toLookAt > 1 && toLookAt === list.count ? 'all' : count(toLookAt)} to look at`;
}

/** `4 guests`, where each row names one that no other does; else `4 rows`. */
export const howMany = ({ count: rows, naming }: Rows, hints: ToLookAt): string =>
  counted(rows, hints?.count === 0 && naming.length > 0 ? 'guest' : 'row');

/** What comes next, or why it cannot yet. @param isAsked whether it is on its way to be rehearsed */
export function nextOf({ list, options = {} }: Chosen, isAsked: boolean): string {
  if (isAsked) return 'The list is on its way: it cannot be changed now.';
  if (list.count === 0) return 'With no row there is nothing to rehearse.';
  if (list.naming.length === 0) return 'Choose the column that names the guest: then the list can be rehearsed.';
  const { changeEmailDomain: domain, skipIfResetWithinHours: hours } = options;
  const before = [
    ...(domain === undefined ? [] : [`the new domain ${domain.replace(':', ' → ')}`]),
    ...(hours === 0 ? ['those who were reset a short time ago'] : []),
  ];
  const withThese = before.length === 0 ? '' : `, with ${before.join(' and ')} as before`;
  return `A rehearsal looks each guest up${withThese}. It changes nothing and mails nobody.`;
}
