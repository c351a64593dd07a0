/**
 * What one write of a chunk's row changed of its resets. Every change is in one write: so numbers that are added up
 * over all writes agree with the rows. Pure.
 */
import { isInDoubt, isTerminal, type ResetRecord, type TerminalResetStatus } from '../reset/reset.ts';
import type { ResetCode } from '../reset/codes.ts';
import type { Chunk } from './chunk.ts';

/** How a reset ended. */
export interface Ending {
  readonly status: TerminalResetStatus;
  readonly code: ResetCode | undefined;
}

export interface RowChange {
  readonly endings: readonly Ending[];
  /** Requests sent since, whose answer was not "throttled". */
  readonly attempts: number;
  /** Resets whose attempt is over and whose answer is not known, and of which that was not said before. */
  readonly inDoubt: number;
}

export function rowChange(before: Chunk, after: Chunk): RowChange {
  const known = new Map(before.resets.map((record) => [record.request.row, record]));
  const endings: Ending[] = [];
  let attempts = 0;
  let inDoubt = 0;
  for (const record of after.resets) {
    const was = known.get(record.request.row);
    const { status, verdict } = record;
    if (isTerminal(status) && was !== undefined && !isTerminal(was.status))
      endings.push({ status, code: verdict?.code });
    attempts += record.attempts - (was?.attempts ?? 0);
    if (isLeftInDoubt(record, after) && !(was !== undefined && isLeftInDoubt(was, before))) inDoubt++;
  }
  return { endings, attempts, inDoubt };
}

/** A reset that its attempt is still sending is not in doubt yet, though a crash would leave it so. */
const isLeftInDoubt = (record: ResetRecord, { attemptId }: Chunk): boolean =>
  isInDoubt(record) && record.sent?.attemptId !== attemptId;
