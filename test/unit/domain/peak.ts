import { SECOND } from './records.ts';

/** The most that arrives in any window. */
export function peak(
  arrivals: readonly { readonly at: number; readonly cost: number }[],
  windowSeconds: number,
): number {
  const sorted = arrivals.toSorted((one, other) => one.at - other.at);
  let [first, inWindow, most] = [0, 0, 0];
  for (const { at, cost } of sorted) {
    inWindow += cost;
    for (
      let oldest = sorted[first];
      oldest !== undefined && oldest.at <= at - windowSeconds * SECOND;
      oldest = sorted[first]
    ) {
      inWindow -= oldest.cost;
      first++;
    }
    most = Math.max(most, inWindow);
  }
  return most;
}
