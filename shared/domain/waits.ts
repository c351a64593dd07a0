/** When Graph had asked to wait: times that are over, or not yet. Pure. In milliseconds since the epoch. */

export type Wait = readonly [from: number, until: number];

/** So many are told apart. More are joined where the least lies between them, which is then told as waiting, too. */
export const WAITS_MAX = 100;

/** In order, none touching another. */
export function joinWaits(...lists: readonly (readonly Wait[] | undefined)[]): readonly Wait[] {
  const joined: Wait[] = [];
  for (const [from, until] of lists.flatMap((list = []) => list).toSorted(([one], [other]) => one - other)) {
    const last = joined.at(-1);
    if (last === undefined || from > last[1]) joined.push([from, until]);
    else joined.splice(-1, 1, [last[0], Math.max(last[1], until)]);
  }
  while (joined.length > WAITS_MAX) joinNearest(joined);
  return joined;
}

/** What of them lies in that time. */
export const waitsWithin = (waits: readonly Wait[] = [], from: number, until: number): readonly Wait[] =>
  waits.flatMap(([begin, end]) =>
    begin < until && end > from ? [[Math.max(begin, from), Math.min(end, until)] as const] : [],
  );

function joinNearest(waits: Wait[]): void {
  let [nearest, least] = [1, Infinity];
  for (const [at, [from]] of waits.entries()) {
    const gap = from - (waits[at - 1]?.[1] ?? -Infinity);
    if (gap < least) [nearest, least] = [at, gap];
  }
  const [before, behind] = [waits[nearest - 1], waits[nearest]];
  if (before !== undefined && behind !== undefined) waits.splice(nearest - 1, 2, [before[0], behind[1]]);
}
