/** What a rehearsal has found, in the three groups that people decide by. */
import type { Job } from '../../../../client/types.ts';
import { WARNING_CODES, type ResetCode, type WarningCode } from '../../../../client/codes.ts';
import { count, counted } from '../../parts/numbers.ts';
import { meaningOf } from '../../parts/reset-words.ts';

export interface Cause {
  readonly code: string;
  readonly count: number;
  readonly meaning: string;
}

export interface Outcome {
  readonly total: number;
  readonly would: number;
  readonly cannot: number;
  /** At most so many of those that would be reset bear a warning: one guest may bear several. */
  readonly lookFirst: number;
  readonly isLookFirstExact: boolean;
  readonly mails: number;
  readonly newAddresses: number;
  readonly causes: readonly Cause[];
  readonly warnings: readonly Cause[];
}

type Rehearsal = Pick<Job, 'total' | 'byCode' | 'byWarning' | 'summary'>;

const byNumber = (one: Cause, other: Cause): number => other.count - one.count;

export function outcomeOf({ total, byCode, byWarning, summary }: Rehearsal): Outcome {
  const causes = (Object.entries(byCode) as [ResetCode, number][])
    .filter(([code, number]) => code !== 'wouldReset' && number > 0)
    .map(([code, number]) => ({ code, count: number, meaning: meaningOf(code) }))
    .toSorted(byNumber);
  const warnings = (Object.entries(byWarning) as [WarningCode, number][])
    .filter(([, number]) => number > 0)
    .map(([code, number]) => ({ code, count: number, meaning: warningWords(code) }))
    .toSorted(byNumber);
  const would = byCode.wouldReset ?? 0;
  const borne = warnings.reduce((sum, warning) => sum + warning.count, 0);
  return {
    total,
    would,
    cannot: causes.reduce((sum, cause) => sum + cause.count, 0),
    lookFirst: Math.min(would, borne),
    isLookFirstExact: warnings.length < 2 && causes.length === 0,
    mails: 'wouldMail' in summary ? summary.wouldMail : 0,
    newAddresses: 'wouldAddEmail' in summary ? summary.wouldAddEmail : 0,
    causes,
    warnings,
  };
}

function warningWords(code: WarningCode): string {
  const words = WARNING_CODES[code] as (typeof WARNING_CODES)[WarningCode] | undefined;
  return (words?.rehearsed ?? words?.meaning ?? code).replaceAll('`', '');
}

/** It was stopped before all were looked up: then it says nothing of the rest. */
export const wasStopped = ({ endedAt, counts }: Pick<Job, 'endedAt' | 'counts'>): boolean =>
  endedAt !== undefined && counts.canceled > 0;

/** The answer, as the heading of the page. */
export function headingOf(job: Job, { would }: Outcome): string {
  const { status, total, endedAt, counts } = job;
  if (wasStopped(job)) return `Stopped after ${count(total - counts.canceled)} of ${counted(total, 'guest')}`;
  if (endedAt === undefined) return `${status === 'canceling' ? 'Stopping' : 'Rehearsing'} ${counted(total, 'guest')}`;
  if (total === 1) return would === 1 ? 'The guest would be reset' : 'The guest cannot be reset';
  return `${count(would)} of ${counted(total, 'guest')} would be reset`;
}
