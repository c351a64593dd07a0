/** Why the guests of a job were not reset, by cause: what nobody can tell first, then what is the most. */
import type { Job } from '../../../client/types.ts';
import { RESET_CODES, type ResetCode } from '../../../client/codes.ts';

export type Outcome = 'unknown' | 'failed' | 'skipped' | 'canceled';

export interface Cause {
  readonly code: ResetCode;
  readonly count: number;
  readonly outcome: Outcome;
  /** Whether the unchanged request can succeed later. */
  readonly retryable: boolean;
}

const SUCCESSES: ReadonlySet<string> = new Set<ResetCode>(['reset', 'resetSeenInDirectory', 'wouldReset']);
const SKIPPED: ReadonlySet<string> = new Set<ResetCode>([
  'resetRecently',
  'pendingRecently',
  'stateNotWanted',
  'heldByOther',
  'otherDomain',
]);
const CANCELED: ReadonlySet<string> = new Set<ResetCode>(['canceled', 'notAfterPassed']);
const ORDER: readonly Outcome[] = ['unknown', 'failed', 'canceled', 'skipped'];

function outcomeOf(code: ResetCode): Outcome {
  if (code === 'outcomeUnknown') return 'unknown';
  if (SKIPPED.has(code)) return 'skipped';
  return CANCELED.has(code) ? 'canceled' : 'failed';
}

export function causesOf({ byCode }: Pick<Job, 'byCode'>): readonly Cause[] {
  return (Object.entries(byCode) as [ResetCode, number][])
    .filter(([code, count]) => count > 0 && !SUCCESSES.has(code))
    .map(([code, count]) => {
      const words = RESET_CODES[code] as (typeof RESET_CODES)[ResetCode] | undefined;
      return { code, count, outcome: outcomeOf(code), retryable: words?.retryable === true };
    })
    .sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome) || b.count - a.count);
}

const BY_TIME: ReadonlySet<string> = new Set<ResetCode>(['resetRecently', 'pendingRecently']);

/** Whether trying the same again can help by now: who was skipped for a time is until that is over. */
export function canHelp({ code, retryable }: Cause, { endedAt, options }: Job, now = Date.now()): boolean {
  if (!retryable || endedAt === undefined) return false;
  return !BY_TIME.has(code) || now >= Date.parse(endedAt) + options.skipIfResetWithinHours * 3_600_000;
}

/** How many a retry takes that names nothing: what was canceled, and what failed where the same can help. */
export const usuallyRetried = (causes: readonly Cause[]): number =>
  causes
    .filter(({ outcome, retryable }) => outcome === 'canceled' || (outcome === 'failed' && retryable))
    .reduce((sum, { count }) => sum + count, 0);

/** A code says how a reset ended, so each status goes that it may have; what nobody can tell only by its name. */
export const retryOf = ({ code, outcome }: Pick<Cause, 'code' | 'outcome'>): { code: string; status: string } => ({
  code,
  status: outcome === 'unknown' ? 'unknown' : 'failed,skipped,canceled',
});
