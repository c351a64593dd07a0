/** What a rehearsal has found, in the four groups that people decide by. */
import type { Job } from '../../../../client/types.ts';
import { WARNING_CODES, type WarningCode } from '../../../../client/codes.ts';
import { count, counted } from '../../parts/numbers.ts';
import { causeIn, meaningOf } from '../../parts/reset-words.ts';
import { inPageWords } from '../../parts/service-words.ts';
import { causesOf } from '../../parts/causes.ts';

export interface Cause {
  readonly code: string;
  readonly count: number;
  readonly meaning: string;
  /** What helps, where the service says only how a program does it. */
  readonly step?: string;
}

export interface Outcome {
  readonly total: number;
  readonly would: number;
  readonly cannot: number;
  /** The rehearsal was stopped before them: nothing is known of them. */
  readonly notLooked: number;
  /** They could be reset, but the options say that they shall not be. */
  readonly skipped: number;
  /** Of those who would be skipped, who was reset or invited a short time ago. */
  readonly recent: number;
  /** At most so many of those that would be reset bear a warning: one guest may bear several. */
  readonly lookFirst: number;
  readonly isLookFirstExact: boolean;
  readonly mails: number;
  readonly newAddresses: number;
  /** Why guests cannot be reset. */
  readonly causes: readonly Cause[];
  readonly skips: readonly Cause[];
  readonly warnings: readonly Cause[];
}

type Rehearsal = Pick<Job, 'total' | 'byCode' | 'byWarning' | 'summary' | 'options'>;

/** Who was reset or invited a short time ago. */
export const isRecent = (code: string): boolean => code === 'resetRecently' || code === 'pendingRecently';

const sumOf = (causes: readonly Cause[]): number => causes.reduce((sum, cause) => sum + cause.count, 0);

const byNumber = (one: Cause, other: Cause): number => other.count - one.count;

export function outcomeOf({ total, byCode, byWarning, summary, options }: Rehearsal): Outcome {
  const others = causesOf({ byCode });
  const skips = others
    .filter(({ outcome }) => outcome === 'skipped')
    .map(({ code, count: number }) => ({
      code,
      count: number,
      meaning: causeIn({ options }, code),
      ...stepOf(code, options),
    }))
    .toSorted(byNumber);
  const causes = others
    .filter(({ outcome }) => outcome !== 'skipped' && outcome !== 'canceled')
    .map(({ code, count: number }) => ({ code, count: number, meaning: meaningOf(code) }))
    .toSorted(byNumber);
  const warnings = (Object.entries(byWarning) as [WarningCode, number][])
    .filter(([, number]) => number > 0)
    .map(([code, number]) => ({ code, count: number, meaning: warningWords(code) }))
    .toSorted(byNumber);
  const would = byCode.wouldReset ?? 0;
  const borne = sumOf(warnings);
  return {
    total,
    would,
    cannot: sumOf(causes),
    notLooked: byCode.canceled ?? 0,
    skipped: sumOf(skips),
    recent: sumOf(skips.filter(({ code }) => isRecent(code))),
    lookFirst: Math.min(would, borne),
    isLookFirstExact: warnings.length < 2 && others.length === 0,
    mails: 'wouldMail' in summary ? summary.wouldMail : 0,
    newAddresses: 'wouldAddEmail' in summary ? summary.wouldAddEmail : 0,
    causes,
    skips,
    warnings,
  };
}

const stepOf = (code: string, { skipIfResetWithinHours: hours }: Rehearsal['options']): Pick<Cause, 'step'> =>
  isRecent(code)
    ? {
        step: `${hours > 0 ? 'Choose “Reset these too”' : 'Rehearse the list again'}, or open a guest to reset that one.`,
      }
    : {};

function warningWords(code: WarningCode): string {
  const words = WARNING_CODES[code] as (typeof WARNING_CODES)[WarningCode] | undefined;
  return inPageWords(words?.rehearsed ?? words?.meaning ?? code);
}

/** It was stopped before all were looked up: then it says nothing of the rest. */
export const wasStopped = ({ endedAt, counts }: Pick<Job, 'endedAt' | 'counts'>): boolean =>
  endedAt !== undefined && counts.canceled > 0;

/** The answer, as the heading of the page. */
export function headingOf(job: Job, { would, skipped }: Outcome): string {
  const { status, total, endedAt, counts } = job;
  if (wasStopped(job)) return `Stopped after ${count(total - counts.canceled)} of ${counted(total, 'guest')}`;
  if (endedAt === undefined) return `${status === 'canceling' ? 'Stopping' : 'Rehearsing'} ${counted(total, 'guest')}`;
  if (skipped === total)
    return total === 1 ? 'The guest would be skipped' : `All ${count(total)} guests would be skipped`;
  if (total === 1) return would === 1 ? 'The guest would be reset' : 'The guest cannot be reset';
  return `${count(would)} of ${counted(total, 'guest')} would be reset`;
}
