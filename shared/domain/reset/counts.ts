/** How many resets have which status. */
import type { ResetRecord, ResetStatus } from './reset.ts';

export type Counts = Readonly<Record<ResetStatus, number>>;

export const NO_COUNTS: Counts = {
  pending: 0,
  sending: 0,
  succeeded: 0,
  failed: 0,
  skipped: 0,
  unknown: 0,
  canceled: 0,
};

/** All resets counted, whatever their status. */
export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export function addCounts(one: Counts, other: Counts): Counts {
  const sum = { ...one };
  for (const [status, count] of Object.entries(other) as [ResetStatus, number][]) sum[status] += count;
  return sum;
}

export function countResets(resets: readonly ResetRecord[]): Counts {
  const counts = { ...NO_COUNTS };
  for (const reset of resets) counts[reset.status]++;
  return counts;
}
