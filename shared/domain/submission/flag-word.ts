/** What may stand for true and false where there is only text: in a cell, and in a query. */
const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** In any case. Undefined for any other text. */
export const flagWord = (text: string): boolean | undefined => FLAGS.get(text.trim().toLowerCase());
