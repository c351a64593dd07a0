/** What somebody has done to a list, and would do again where it is lost. */
import type { GuestList } from '../../list/guest-list.ts';
import { counted } from '../../parts/numbers.ts';

/** A few words each. */
export function workOn({ changes: { header, cells, removed } }: Pick<GuestList, 'changes'>): string[] {
  return [
    ...(cells.size > 0 ? [`${counted(cells.size, 'row')} corrected`] : []),
    ...(removed.size > 0 ? [`${counted(removed.size, 'row')} left out`] : []),
    ...(header === undefined ? [] : ['a column named']),
  ];
}
