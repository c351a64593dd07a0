/** Which pages of a list are needed for what is seen of it. */

/** Rows of one page. */
export const PAGE_SIZE = 200;

/** @param seen first and last index that is seen, from 0 @returns pages from 0 */
export function pagesOf([first, last]: readonly [number, number], total: number): readonly number[] {
  const lastPage = Math.max(0, Math.ceil(total / PAGE_SIZE) - 1);
  const from = Math.min(lastPage, Math.max(0, Math.floor(first / PAGE_SIZE)));
  const to = Math.min(lastPage, Math.max(from, Math.floor(last / PAGE_SIZE)));
  return Array.from({ length: to - from + 1 }, (_none, index) => from + index);
}
