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

const WHOSE: readonly string[] = ['all', 'mine'] satisfies Filters['whose'][];
const KINDS: readonly string[] = ['jobs', 'rehearsals', 'both'] satisfies Filters['kind'][];
/** What an address may say, and which words it may say it with. */
const CONDITIONS: Readonly<Record<string, { readonly words: readonly string[]; readonly what: string }>> = {
  whose: { words: WHOSE, what: 'submitter' },
  status: { words: STATUSES, what: 'state' },
  kind: { words: KINDS, what: 'kind' },
};

/** What of an address is not understood, one sentence each: a list that leaves it out is not the one that was asked for. */
export const wrongIn = (search: URLSearchParams): readonly string[] =>
  [...new Set(search.keys())].flatMap((name) => {
    const condition = Object.hasOwn(CONDITIONS, name) ? CONDITIONS[name] : undefined;
    if (condition === undefined) return `Jobs have no “${name}” to choose by.`;
    const values = search.getAll(name);
    if (values.length > 1) return `“${name}” is said more than once.`;
    const said = name === 'status' ? values.flatMap((value) => value.split(',')) : values;
    return said
      .filter((value) => !condition.words.includes(value))
      .map((value) => `There is no ${condition.what} “${value}”.`);
  });

/** What an address says, as far as it is understood. */
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
