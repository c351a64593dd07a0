/** What a cancel makes of resets and chunks. Pure. Times are milliseconds since the epoch. */
import { changeResets, withNextWake, type Chunk } from './chunk.ts';
import { end } from './reset-changes.ts';
import type { ResetRecord, Verdict } from './reset.ts';

const CANCELED: Verdict = { code: 'canceled', message: 'The job was canceled before this reset was sent.', nextStep: 'Submit again to reset the guest.', retryable: true };

export const cancel = (record: ResetRecord, now: number): ResetRecord => end(record, 'canceled', { verdict: CANCELED }, now);

/** The chunk with all pending resets canceled; the same one where there is none. What is in doubt keeps its wake. */
export function cancelPending(chunk: Chunk, now: number): Chunk {
  const changes = new Map(chunk.resets.flatMap((record) => (record.status === 'pending' ? [[record.request.row, cancel(record, now)] as const] : [])));
  return changes.size === 0 ? chunk : withNextWake(chunk, changeResets(chunk.resets, changes));
}
