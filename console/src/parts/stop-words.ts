/** Why nothing is sent, and what lifts it, in words. */
import { STOP_CODES, type StopCode, type StopCodeWords } from '../../../client/codes.ts';

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
