/**
 * Resets as a chunk row holds them. Of one that nobody has looked at yet only the request is written: the rest follows
 * from the row, and would be a third of it.
 */
import { newReset } from '../../domain/chunk/chunk.ts';
import type { ResetRecord } from '../../domain/reset/reset.ts';

export type StoredReset = ResetRecord | Pick<ResetRecord, 'request'>;

/** @param dueAt of the row */
export function storedResets(resets: readonly ResetRecord[], dueAt: number): StoredReset[] {
  return resets.map((record) => (isNew(record, dueAt) ? { request: record.request } : record));
}

/** Reads what `storedResets` wrote. */
export function readResets(stored: readonly StoredReset[], dueAt: number): ResetRecord[] {
  // A newer build may have written more of a new one, and that must not be lost.
  return stored.map((reset) => ('status' in reset ? reset : { ...newReset(reset.request, dueAt), ...reset }));
}

/** Members of a new reset. One more is something to keep. */
const MEMBERS = Object.keys(newReset({ row: 1, selector: { by: 'id', value: '' } }, 0)).length;

function isNew(record: ResetRecord, dueAt: number): boolean {
  const { status, nextAction, attempts } = record;
  return (
    status === 'pending' &&
    nextAction === 'send' &&
    attempts === 0 &&
    record.dueAt === dueAt &&
    Object.keys(record).length === MEMBERS
  );
}
