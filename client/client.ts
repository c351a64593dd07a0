/** The API as functions, for programs that run in Node or in a browser. */
import createClient from 'openapi-fetch';
import { legible, type Answer } from './answer.ts';
import { items } from './pages.ts';
import { asker, type Ask, type Circumstances, type Manner } from './requests.ts';
import type { paths } from './schema.d.ts';
import type {
  Job,
  AuditQuery,
  JobFilter,
  JobPageQuery,
  PageQuery,
  List,
  ResetBody,
  ResetFilter,
  ResetPage,
  ResetPageQuery,
  ResetQuery,
  RetryQuery,
  StopCode,
  SubmitQuery,
} from './types.ts';

export interface Connection extends Circumstances {
  /** Of the API, such as `https://NAME.azurewebsites.net/api`. */
  readonly url: string;
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** The form of an export, as `format` names it. */
export type ExportForm = 'csv' | 'ndjson';

/** At most so many at once; the service decides how many a page has. */
const PAGE_SIZE = 200;

type Api = ReturnType<typeof createClient<paths>>;

/** With the members that the answer has, whatever else. */
const repeated = <const K extends string>(...has: readonly K[]): Manner<K> => ({ repeat: true, has });
const once = <const K extends string>(...has: readonly K[]): Manner<K> => ({ repeat: false, has });
/** Of what is looked at by somebody else, or has no members. */
const bare: Manner<never> = { repeat: true, has: [] };
const bareOnce: Manner<never> = { repeat: false, has: [] };
const [aJob, aGate, aPage] = [repeated('id', 'status'), repeated('status'), repeated('value')];
const named = (stop: StopCode | undefined) => (stop === undefined ? {} : { query: { stop } });
const job = (id: string): { path: { id: string } } => ({ path: { id } });

/**
 * What makes a job takes an `Idempotency-Key`, which stays the same over all sendings: whoever asks again after an
 * answer was lost, in this process or in a later one, gives the key of before.
 */
const making = (api: Api, ask: Ask) => ({
  submit: (list: List, query: SubmitQuery, key: string): Promise<Answer<Job>> =>
    ask(async (also) => {
      const body = await list.open();
      return api.POST('/jobs', {
        params: { query, header: { 'Idempotency-Key': key } },
        // The text goes as it is, in whatever form it was opened: the document knows a body only as text.
        body: body as string,
        bodySerializer: (text: unknown) => text,
        ...also,
        headers: { ...also.headers, 'Content-Type': list.type },
        ...(body instanceof ReadableStream && { duplex: 'half' }),
      });
    }, aJob),
  /** @param waitSeconds how long the answer may take, for a job that has ended by then; at most 100 */
  resetGuest: (guest: string, body: ResetBody, query: ResetQuery, key: string, waitSeconds: number) =>
    ask(
      (also) =>
        api.POST('/guests/{guestId}/resets', {
          params: {
            path: { guestId: guest },
            query,
            header: { 'Idempotency-Key': key, Prefer: `wait=${waitSeconds}` },
          },
          body,
          ...also,
        }),
      aJob,
    ),
  retry: (id: string, query: RetryQuery, key: string): Promise<Answer<Job>> =>
    ask(
      (also) =>
        api.POST('/jobs/{id}/retry', { params: { ...job(id), query, header: { 'Idempotency-Key': key } }, ...also }),
      aJob,
    ),
});

const changing = (api: Api, ask: Ask) => ({
  pause: (id: string, query: { readonly reason?: string }) =>
    ask((also) => api.POST('/jobs/{id}/pause', { params: { ...job(id), query }, ...also }), aJob),
  /**
   * @param seen the job's own stop that is meant. Where nothing is named, a second request could lift the next stop, so
   *   there is none.
   */
  resume: (id: string, seen?: StopCode) =>
    ask(
      (also) => api.POST('/jobs/{id}/resume', { params: { ...job(id), ...named(seen) }, ...also }),
      seen === undefined ? once('id', 'status') : aJob,
    ),
  cancel: (id: string) => ask((also) => api.POST('/jobs/{id}/cancel', { params: job(id), ...also }), aJob),
  /** Only a job that has ended. Nothing is answered but that it is done. */
  deleteJob: (id: string): Promise<Answer<null>> =>
    ask(async (also) => {
      const { data: _none, ...rest } = await api.DELETE('/jobs/{id}', { params: job(id), ...also });
      return { ...rest, data: null };
    }, bare),
  /** Asked again it tells how far it is. */
  eraseGuest: (guest: string) =>
    ask(
      (also) => api.DELETE('/guests/{guestId}/history', { params: { path: { guestId: guest } }, ...also }),
      repeated('status'),
    ),
  check: (id: string) => ask((also) => api.POST('/jobs/{id}/check', { params: job(id), ...also }), aJob),

  pauseTenant: (query: { readonly reason?: string }) =>
    ask((also) => api.POST('/pause', { params: { query }, ...also }), aGate),
  /** As `resume`, for the tenant's stop. */
  resumeTenant: (seen?: StopCode) =>
    ask((also) => api.POST('/resume', { params: named(seen), ...also }), seen === undefined ? once('status') : aGate),
});

const reading = (api: Api, ask: Ask) => ({
  job: (id: string) => ask((also) => api.GET('/jobs/{id}', { params: job(id), ...also }), aJob),
  /** 200 with the job that has ended, or 202 with how it stands. */
  completion: (id: string, query: { readonly waitWhilePaused: boolean }) =>
    ask((also) => api.GET('/jobs/{id}/completion', { params: { ...job(id), query }, ...also }), aJob),
  /** How many resets ended in each interval of the job's life. */
  rate: (id: string) =>
    ask((also) => api.GET('/jobs/{id}/rate', { params: job(id), ...also }), repeated('intervalSeconds')),
  /** The OpenAPI document, which everybody may read. At first contact the address is wrong rather than the line. */
  description: () => ask((also) => api.GET('/openapi.json', also), bareOnce),
  /** How people sign in to the console. */
  consoleConfig: () => ask((also) => api.GET('/console/config.json', also), repeated('signIn')),
  /**
   * As the directory has the guest now. Asked once: whoever looks is told at once where the service asks to wait.
   * @param guest object id, UPN or mail
   */
  guest: (guest: string) =>
    ask((also) => api.GET('/guests/{guestId}', { params: { path: { guestId: guest } }, ...also }), once('id')),
  /** Also for whoever has no role. */
  me: () => ask((also) => api.GET('/me', also), repeated('id', 'roles')),
  /** What stops the tenant, and how fast it goes. */
  tenant: () => ask((also) => api.GET('/tenant', also), aGate),
  diagnostics: () => ask((also) => api.GET('/diagnostics', also), repeated('status', 'checks')),
});

const resetPage = (api: Api, ask: Ask, id: string, query: ResetPageQuery): Promise<Answer<ResetPage>> =>
  ask(async (also) => {
    const { data, ...rest } = await api.GET('/jobs/{id}/resets', { params: { ...job(id), query }, ...also });
    // With `format` the same route answers text.
    return typeof data === 'object' ? { ...rest, data } : rest;
  }, aPage);

const listing = (api: Api, ask: Ask) => {
  const jobPage = (query: JobPageQuery) => ask((also) => api.GET('/jobs', { params: { query }, ...also }), aPage);
  const historyPage = (guest: string, query: PageQuery) =>
    ask((also) => api.GET('/guests/{guestId}/resets', { params: { path: { guestId: guest }, query }, ...also }), aPage);
  return {
    jobPage,
    historyPage,
    auditPage: (query: AuditQuery) => ask((also) => api.GET('/audit', { params: { query }, ...also }), aPage),
    jobs: (query: JobFilter) => items((token) => jobPage({ ...query, ...token })),
    guestResets: (guest: string) => items((token) => historyPage(guest, token)),
    ...ofResets(api, ask),
  };
};

const ofResets = (api: Api, ask: Ask) => ({
  /** @param query with `from` any page of a long list is one request */
  resetPage: (id: string, query: ResetPageQuery): Promise<Answer<ResetPage>> => resetPage(api, ask, id, query),
  resets: (id: string, { from, ...filter }: ResetFilter) =>
    items((token) => {
      const begin = token.continuationToken === undefined && from !== undefined ? { from } : token;
      return resetPage(api, ask, id, { ...filter, pageSize: PAGE_SIZE, ...begin });
    }),
  /** All resets in one text. It ends with an error where it ends too early. */
  exportResets: (id: string, query: ResetFilter & { readonly format: ExportForm }) =>
    ask(async (also) => {
      const { data, ...rest } = await api.GET('/jobs/{id}/resets', {
        params: { ...job(id), query },
        parseAs: 'stream',
        ...also,
      });
      if (data === undefined || data === null) return rest;
      const isAsked = rest.response.headers.get('content-type')?.includes(query.format) ?? false;
      // Nothing but what was asked for goes into somebody's file.
      return isAsked ? { ...rest, data } : { ...rest, error: await new Response(data).json().catch(() => undefined) };
    }, bare),
});

export type Client = ReturnType<typeof connect>;

export function connect({ url, fetch = globalThis.fetch, ...circumstances }: Connection) {
  // A POST that is led elsewhere becomes a GET there, whose answer would pass for what was asked for.
  const api = createClient<paths>({
    baseUrl: url,
    redirect: 'manual',
    fetch: async (request) => legible(await fetch(request)),
  });
  const ask = asker(circumstances, url);
  return { ...making(api, ask), ...changing(api, ask), ...reading(api, ask), ...listing(api, ask) };
}
