/** Pages of what a caller may see, of lists whose keys begin with the time of a job's id and go on with its chance. */

export interface VisibleList<T, V> {
  /** In the order of the keys, after that one. */
  read(after: string | undefined, count: number): Promise<readonly T[]>;
  keyOf(item: T): string;
  /** So many characters of a key tell a time, and name no job. */
  readonly timeChars: number;
  /** Undefined for what the caller may not see. */
  show(item: T): Promise<V | undefined>;
}

/** Shown at the same time. */
const AT_ONCE = 20;
/**
 * Rows that a page may pass over; many more than are ever of one millisecond, as the next one begins with those again.
 */
const MAX_READ = 1_000;
const READ_AT_ONCE = 100;

/**
 * @param after `next` of the page before
 * @returns `next` where there may be more: the key of the last one shown, or a time. It names nothing that is not
 *   shown.
 *   A page may be empty and have one.
 */
export async function pageOfVisible<T, V>(
  list: VisibleList<T, V>,
  after: string | undefined,
  size: number,
  maxRead = MAX_READ,
): Promise<{ readonly shown: V[]; readonly next?: string }> {
  const shown: V[] = [];
  let position = after;
  let next = after ?? '';
  for (let read = 0; read < maxRead;) {
    const count = Math.min(READ_AT_ONCE, maxRead - read);
    const items = await list.read(position, count);
    for (let start = 0; start < items.length;) {
      const group = items.slice(start, start + Math.min(AT_ONCE, size - shown.length));
      const views = await Promise.all(
        group.map(async (item) => ({ key: list.keyOf(item), view: await list.show(item) })),
      );
      for (const { key, view } of views) {
        if (view !== undefined) shown.push(view);
        const end = view === undefined ? key.slice(0, list.timeChars) : key;
        if (end > next) next = end;
        position = key;
      }
      if (shown.length === size) return { shown, next };
      start += group.length;
    }
    read += items.length;
    if (items.length < count) return { shown };
  }
  return { shown, next };
}
