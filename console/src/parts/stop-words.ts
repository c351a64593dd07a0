/**
 * Why nothing is sent, and what lifts it, in words. Whatever can be resumed is called paused, also where the service
 * itself has paused it. Stopped is what does not go on, such as a rehearsal that is canceled.
 */
import type { Job } from '../../../client/types.ts';
import { STOP_CODES, type StopCode, type StopCodeWords } from '../../../client/codes.ts';
import { inPageWords } from './service-words.ts';

export interface StopWords {
  readonly code: StopCode;
  /** What has happened. */
  readonly meaning: string;
  /** What lifts it. */
  readonly remedy: string;
}

/** Undefined where nothing is paused. A code that this page does not know yet stands for itself. */
export function stopOf(code: StopCode | undefined): StopWords | undefined {
  if (code === undefined) return undefined;
  const { meaning, remedy } = (STOP_CODES[code] as StopCodeWords | undefined) ?? { meaning: code, remedy: '' };
  const isByHand = code === 'pausedByHand';
  return {
    code,
    meaning: isByHand ? 'Somebody has paused everything.' : inPageWords(meaning),
    remedy: inPageWords(remedy),
  };
}

/** Why, as the service says it; who paused by hand has said it. */
export const whyStopped = ({ code, message = '' }: { readonly code?: StopCode; readonly message?: string }): string =>
  code === 'pausedByHand' ? message : inPageWords(message);

/** The stop of the job itself, also where that of the tenant is shown; undefined where it has none. */
export const ownStopOf = ({ pausedReason: stop }: Pick<Job, 'pausedReason'>): StopCode | undefined =>
  stop?.scope === 'tenant' ? stop.own : stop?.code;

/** What has to be done that all goes on, or that somebody has just done it. */
export const wayOnOf = (code: StopCode, isResuming: boolean): string | undefined =>
  isResuming
    ? 'It is being resumed: one guest is tried, and the rest goes on when that one is not refused, as a rule within ' +
      'half a minute.'
    : stopOf(code)?.remedy;
