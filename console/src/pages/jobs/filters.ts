/** Which jobs are listed: it stands in the address, so that a list can be sent to a colleague. */
import type { Job, JobPageQuery } from '../../../../client/types.ts';

export interface Filters {
  readonly whose: 'all' | 'mine';
  /** Empty: with any. */
  readonly statuses: readonly Job['status'][];
  readonly kind: 'jobs' | 'rehearsals' | 'both';
}

export const STATUSES: readonly Job['status'][] = [
  'queued',
  'inProgress',
  'paused',
  'canceling',
  'completed',
  'completedWithErrors',
  'failed',
  'canceled',
];

/** What an address says; what it says wrongly is as if it were not said. */
export function filtersOf(search: URLSearchParams): Filters {
  const kind = search.get('kind');
  return {
    whose: search.get('whose') === 'mine' ? 'mine' : 'all',
    statuses: STATUSES.filter((status) => (search.get('status') ?? '').split(',').includes(status)),
    kind: kind === 'rehearsals' || kind === 'both' ? kind : 'jobs',
  };
}

/** The address that says it; what is usual is left out. */
export function searchOf({ whose, statuses, kind }: Filters): URLSearchParams {
  return new URLSearchParams({
    ...(whose === 'mine' && { whose }),
    ...(statuses.length > 0 && { status: statuses.join(',') }),
    ...(kind !== 'jobs' && { kind }),
  });
}

/** @param me object id of whoever asks, where it is known */
export const queryOf = ({ whose, statuses, kind }: Filters, me: string | undefined): JobPageQuery => ({
  pageSize: 50,
  ...(whose === 'mine' && me !== undefined && { submittedBy: me }),
  ...(statuses.length > 0 && { status: statuses.join(',') }),
  ...(kind !== 'both' && { dryRun: kind === 'rehearsals' }),
});
