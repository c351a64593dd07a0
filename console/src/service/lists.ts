/** Lists that come page by page, with more on demand. */
import { useInfiniteQuery, type InfiniteData, type QueryKey } from '@tanstack/react-query';
import type { Answer, Answered, Failure } from '../../../client/answer.ts';
import type { Client } from '../../../client/client.ts';
import { tokenAfter, type Page, type Token } from '../../../client/pages.ts';
import { answered, againAfter, type Unanswered } from './answers.ts';
import { useService } from './service.tsx';

export interface Listed<T> {
  /** Undefined until the first page has come. */
  readonly items: readonly T[] | undefined;
  readonly failure: Failure | undefined;
  readonly isFetching: boolean;
  /** Asks for the next page; undefined where there is none. */
  readonly more: (() => void) | undefined;
  readonly again: () => void;
}

export interface Listing<T> {
  /** Whether what is listed changes by itself, so that it is asked for again; default: no. */
  readonly changes?: (items: readonly T[]) => boolean;
  /** How soon, where the answer does not say; default: 5. */
  readonly everySeconds?: number;
  readonly enabled?: boolean;
}

export function useList<T>(
  key: QueryKey,
  ask: (client: Client, token: Token) => Promise<Answer<Page<T>>>,
  { changes = () => false, everySeconds, enabled = true }: Listing<T> = {},
): Listed<T> {
  const { client } = useService();
  const query = useInfiniteQuery<Answered<Page<T>>, Unanswered, InfiniteData<Answered<Page<T>>>, QueryKey, Token>({
    queryKey: key,
    queryFn: async ({ pageParam }) => answered(await ask(client, pageParam)),
    initialPageParam: {},
    getNextPageParam: (last) => tokenAfter(last.value),
    enabled,
    refetchInterval: ({ state: { data, error } }) =>
      againAfter(error, data?.pages[0], changes(data?.pages.flatMap(({ value }) => value.value) ?? []), everySeconds),
  });
  return {
    items: query.data?.pages.flatMap(({ value }) => value.value),
    failure: query.error?.failure,
    isFetching: query.isFetching,
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    again: () => void query.refetch(),
  };
}
