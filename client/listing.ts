/** Lists: a page, all pages, or all in one text. */
import type { Answer } from './answer.ts';
import { aPage, bare, job, type Api } from './calls.ts';
import { items } from './pages.ts';
import type { Ask } from './requests.ts';
import type {
  AuditFilter,
  AuditQuery,
  JobFilter,
  JobPageQuery,
  PageQuery,
  ResetFilter,
  ResetPage,
  ResetPageQuery,
} from './types.ts';

/** The form of an export, as `format` names it. */
type ExportForm = 'csv' | 'ndjson';

/** At most so many at once; the service decides how many a page has. */
const PAGE_SIZE = 200;

export const listing = (api: Api, ask: Ask) => {
  const jobPage = (query: JobPageQuery) => ask((also) => api.GET('/jobs', { params: { query }, ...also }), aPage);
  const historyPage = (guest: string, query: PageQuery) =>
    ask((also) => api.GET('/guests/{guestId}/resets', { params: { path: { guestId: guest }, query }, ...also }), aPage);
  const auditPage = (query: AuditQuery) => ask((also) => api.GET('/audit', { params: { query }, ...also }), aPage);
  return {
    jobPage,
    historyPage,
    auditPage,
    audit: (filter: AuditFilter) => items((token) => auditPage({ ...filter, ...token })),
    jobs: (query: JobFilter) => items((token) => jobPage({ ...query, ...token })),
    guestResets: (guest: string) => items((token) => historyPage(guest, token)),
    ...ofResets(api, ask),
  };
};

const resetPage = (api: Api, ask: Ask, id: string, query: ResetPageQuery): Promise<Answer<ResetPage>> =>
  ask(async (also) => {
    const { data, ...rest } = await api.GET('/jobs/{id}/resets', { params: { ...job(id), query }, ...also });
    // With `format` the same route answers text.
    return typeof data === 'object' ? { ...rest, data } : rest;
  }, aPage);

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
