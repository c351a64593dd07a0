/** The rows of a job for a list that shows a few of them at a time. */
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import type { Answered, Failure } from '../../../../client/answer.ts';
import type { Job, Reset, ResetPage } from '../../../../client/types.ts';
import type { ResetStatus } from '../../parts/reset-words.ts';
import { answered, Unanswered } from '../../service/answers.ts';
import { useList } from '../../service/lists.ts';
import { useService } from '../../service/service.tsx';
import { isWatched } from '../../service/job.ts';
import { PAGE_SIZE, pagesOf } from './row-pages.ts';

/** What is seen of a job that is under way is looked at again so often. */
const LOOK_AGAIN_MS = 5_000;
/** Each page is a request: more rows of one state are looked at again only when the job has ended. */
const MOST_LOOKED_AT_AGAIN = 5 * PAGE_SIZE;

interface Rows {
  readonly rowAt: (index: number) => Reset | undefined;
  readonly failure: Failure | undefined;
  readonly again: () => void;
}

/** @param seen first and last index that is seen; from 0 */
export function useRows(job: Job, seen: readonly [number, number]): Rows {
  const { client } = useService();
  const pages = useMemo(() => pagesOf(seen, job.total), [seen, job.total]);
  const { id } = job;
  return useQueries({
    queries: pages.map((page) => ({
      queryKey: ['job', id, 'rows', page],
      queryFn: async () => answered(await client.resetPage(id, { from: page * PAGE_SIZE + 1, pageSize: PAGE_SIZE })),
      refetchInterval: isWatched(job) ? LOOK_AGAIN_MS : (false as const),
    })),
    combine: useCallback(
      (results: readonly UseQueryResult<Answered<ResetPage>>[]): Rows => {
        const error = results.find((result) => result.error !== null)?.error;
        return {
          rowAt: (index: number) =>
            results[pages.indexOf(Math.floor(index / PAGE_SIZE))]?.data?.value.value[index % PAGE_SIZE],
          failure: error instanceof Unanswered ? error.failure : undefined,
          again: () => results.forEach((result) => void result.refetch()),
        };
      },
      [pages],
    ),
  });
}

interface FilteredRows extends Rows {
  /** As many as the job counts, or as have come where those are all. */
  readonly total: number;
}

/** Where the row of a guest is not its place in the list they come one page after the other. */
export function useFilteredRows(job: Job, status: ResetStatus, [, last]: readonly [number, number]): FilteredRows {
  const list = useList(
    ['job', job.id, 'rows of', status],
    (client, token) => client.resetPage(job.id, { status, pageSize: PAGE_SIZE, ...token }),
    { changes: (rows) => isWatched(job) && rows.length <= MOST_LOOKED_AT_AGAIN },
  );
  const rows = list.items ?? [];
  const { more, isFetching } = list;
  const wantsMore = more !== undefined && !isFetching && last >= rows.length - 1;
  useEffect(() => {
    if (wantsMore) more?.();
  }, [wantsMore, more]);
  const isAll = more === undefined && list.items !== undefined;
  return {
    rowAt: (index) => rows[index],
    total: isAll ? rows.length : Math.max(rows.length, job.counts[status]),
    failure: list.failure,
    again: list.again,
  };
}
