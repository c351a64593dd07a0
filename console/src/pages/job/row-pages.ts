/** How a list of guests is shown by how long it is; of a long one, which pages are needed for what is seen of it. */

/** Up to so many are seen at one glance: they stand alone. Of more there is a filter, whose code is fetched for them. */
export const AT_ONE_GLANCE = 20;

/** Rows of one page. Up to one page stands there whole; a longer list has a box of its own, and asks for what is seen. */
export const PAGE_SIZE = 200;

/** @param seen first and last index that is seen, from 0 @returns pages from 0 */
export function pagesOf([first, last]: readonly [number, number], total: number): readonly number[] {
  const lastPage = Math.max(0, Math.ceil(total / PAGE_SIZE) - 1);
  const from = Math.min(lastPage, Math.max(0, Math.floor(first / PAGE_SIZE)));
  const to = Math.min(lastPage, Math.max(from, Math.floor(last / PAGE_SIZE)));
  return Array.from({ length: to - from + 1 }, (_none, index) => from + index);
}
