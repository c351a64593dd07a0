/** The tabs of a job, and which of them is open. */
import type { Job } from '../../../../client/types.ts';
import { causesOf } from '../../parts/causes.ts';
import { ownStopOf } from '../../parts/stop-words.ts';
import { AT_ONE_GLANCE } from './row-pages.ts';

export const TABS = ['causes', 'guests', 'happened', 'redeemed'] as const;
export type TabName = (typeof TABS)[number];

/** @param asked by the address; without it what somebody wants to see first. Of a held job that is whom it is about. */
export function tabOf(job: Job, asked: string | null): TabName {
  const isLong = job.total > AT_ONE_GLANCE && ownStopOf(job) !== 'awaitingApproval';
  return TABS.find((name) => name === asked) ?? (causesOf(job).length > 0 || isLong ? 'causes' : 'guests');
}
