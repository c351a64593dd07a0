/** What became of a list after a rehearsal of it: what was found before says nothing of the list as it is now. */
import type { KeptList } from './store.ts';

export interface Since {
  /** The last rehearsal that was made of the list after this one. */
  readonly rehearsal: string;
  /** The last job that was made of such a rehearsal. */
  readonly job?: string;
}

type Rehearsed = Pick<KeptList, 'key' | 'of' | 'ranAs' | 'keptAt'>;

/** Undefined where nothing did. @param lists those that the browser keeps of rehearsals */
export function sinceIn(lists: readonly Rehearsed[], rehearsal: string): Since | undefined {
  const later = laterOf(lists, rehearsal).toSorted((one, other) => other.keptAt - one.keptAt);
  const [last] = later;
  const job = later.find(({ ranAs }) => ranAs !== undefined)?.ranAs;
  return last && { rehearsal: last.key, ...(job !== undefined && { job }) };
}

const laterOf = (lists: readonly Rehearsed[], rehearsal: string): Rehearsed[] =>
  lists.filter(({ of }) => of === rehearsal).flatMap((next) => [next, ...laterOf(lists, next.key)]);
