/** How sending stands, in words. */
import { STOP_CODES, type StopCode, type StopCodeWords } from '../../../../client/codes.ts';
import type { Tenant } from '../../../../client/types.ts';
import type { StateWords } from '../../parts/job-words.ts';

/** In a word and a colour. */
export function standingOf({ status, pace }: Pick<Tenant, 'status' | 'pace'>): StateWords {
  if (status === 'paused') return { text: 'Stopped', color: 'danger' };
  if (status === 'resuming') return { text: 'One guest is tried', color: 'warning' };
  if (pace.throttledUntil !== undefined) return { text: 'Waiting for Microsoft', color: 'warning' };
  if (pace.perSecond === 0) return { text: 'Nothing left of the day', color: 'warning' };
  return { text: 'Running', color: 'success' };
}

export interface StopWords {
  readonly code: StopCode;
  /** What has happened. */
  readonly meaning: string;
  /** What lifts it. */
  readonly remedy: string;
}

/** Undefined where nothing is stopped. A code that this page does not know yet stands for itself. */
export function stopOf(code: StopCode | undefined): StopWords | undefined {
  if (code === undefined) return undefined;
  const { meaning, remedy } = (STOP_CODES[code] as StopCodeWords | undefined) ?? { meaning: code, remedy: '' };
  const isByHand = code === 'pausedByHand';
  return { code, meaning: isByHand ? 'Somebody has stopped everything.' : plain(meaning), remedy: plain(remedy) };
}

/** Without the marks of the docs. */
const plain = (text: string): string => text.replaceAll('`', '');

/** Whether a resume tries one guest, instead of lifting it at once. */
export const triesOne = (code: StopCode): boolean => code !== 'pausedByHand';

/** What is said to whoever only listens, when it changes. */
export function heard({ status, code, pace }: Tenant): string {
  if (status === 'resuming') return 'One guest is tried, to see whether everything can go on.';
  const stop = stopOf(code);
  if (status === 'paused') return `Everything is stopped. ${stop?.meaning ?? ''}`;
  return `${standingOf({ status, pace }).text}.`;
}
