/** Where a key leads in a list. */

/** @param page rows that are seen at once @returns undefined where the key is none of the list's */
export function stepped(key: string, from: number, total: number, page: number): number | undefined {
  const within = (index: number): number => Math.min(total - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
      return within(from + 1);
    case 'ArrowUp':
      return within(from - 1);
    case 'PageDown':
      return within(from + page);
    case 'PageUp':
      return within(from - page);
    case 'Home':
      return 0;
    case 'End':
      return within(total - 1);
    default:
      return undefined;
  }
}
