/** A call as the wrapper of the functions makes it, for what answers calls. */
import type { CallOf } from '../../shared/entry/http/handler.ts';
import { Refusal } from '../../shared/entry/http/refusal.ts';
import type { Caller } from '../../shared/entry/http/requests/caller.ts';
import { readQuery } from '../../shared/entry/http/requests/read-query.ts';
import { HTTP_ROUTES, type HttpFunctionName, type QueryOf } from '../../shared/entry/http/routes.ts';
import type { Deps } from '../../shared/usecases/deps.ts';

export interface Asked {
  readonly caller: Caller;
  readonly deps: Deps;
  readonly query?: string;
  readonly params?: Readonly<Record<string, string>>;
}

/** @throws Refusal where the query is not one of the route */
export function callOf<N extends HttpFunctionName>(
  name: N,
  { caller, deps, query = '', params = {} }: Asked,
): CallOf<N> {
  const url = new URL(`https://api.example/api/${name}`);
  url.search = query;
  const read = readQuery(HTTP_ROUTES[name], url.searchParams);
  if (!read.ok) throw new Refusal(read.problem);
  return {
    caller,
    deps,
    query: read.values as QueryOf<N>,
    access: HTTP_ROUTES[name].access,
    // All that is asked of the settings here.
    runtime: { config: { redeemUrlDays: 7, policy: deps.policy } } as CallOf<N>['runtime'],
    request: {
      method: HTTP_ROUTES[name].method,
      url,
      query: url.searchParams,
      headers: new Headers(),
      params,
      body: null,
    },
    api: 'https://api.example/api',
  };
}
