/** How sending stands, in words. */
import type { StopCode } from '../../../../client/codes.ts';
import type { Tenant } from '../../../../client/types.ts';
import { ONE_IS_TRIED, type StateWords } from '../../parts/job-words.ts';
import { stopOf } from '../../parts/stop-words.ts';

/** In a word and a colour. */
export function standingOf({ status, code, pace }: Pick<Tenant, 'status' | 'code' | 'pace'>): StateWords {
  if (status === 'paused') return { text: 'Paused', color: code === 'pausedByHand' ? 'warning' : 'danger' };
  if (status === 'resuming') return { text: ONE_IS_TRIED, color: 'warning' };
  if (pace.throttledUntil !== undefined) return { text: 'Waiting for Microsoft', color: 'warning' };
  if (pace.perSecond === 0) return { text: 'Nothing left of the day', color: 'warning' };
  return { text: 'Running', color: 'success' };
}

/** Whether a resume tries one guest, instead of lifting it at once. */
export const triesOne = (code: StopCode): boolean => code !== 'pausedByHand';

/** What is said to whoever only listens, when it changes. */
export function heard(tenant: Tenant): string {
  const { status, code } = tenant;
  if (status === 'resuming') return 'One guest is tried, to see whether everything can go on.';
  if (status === 'paused') return `Everything is paused. ${stopOf(code)?.meaning ?? ''}`;
  return `${standingOf(tenant).text}.`;
}
