/**
 * Every HTTP function: how it is asked for, who may, and what it takes. What is registered, matched, read and described
 * is this table.
 */
import { OPTION_SCHEMAS, type OptionName } from '../../domain/submission/entry-schema.ts';
import { RETRY_OPTIONS } from '../../domain/submission/retry-options.ts';
import type { Access } from './requests/caller.ts';
import { QUERIES, type Parameter, type ValueOf } from './requests/query-parameters.ts';

export interface HttpRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the prefix; `{name}` stands for one segment. */
  readonly route: string;
  readonly access: Access;
  /** Answers also where settings are wrong or the tables away: needs neither. */
  readonly withoutSettings?: true;
  /** What the query may say, by name. */
  readonly query: Readonly<Record<string, Parameter<unknown>>>;
  /** Options of a job that the query may say, too. */
  readonly options: readonly OptionName[];
  /**
   * `submission`: resets and options. `reset`: one reset without its guest. `retryOptions`: what the query takes, as
   * JSON. `none`: nothing, blanks or `{}`; that of a GET is not seen.
   */
  readonly body: 'none' | 'submission' | 'reset' | 'retryOptions';
}

const { nothing } = QUERIES;
const NO_OPTIONS = [] as const;
const OPTIONS = Object.keys(OPTION_SCHEMAS) as OptionName[];
const ASKS = { options: NO_OPTIONS, body: 'none' } as const;

export const HTTP_ROUTES = {
  submitJob: {
    method: 'POST',
    route: 'jobs',
    access: 'Submit',
    query: QUERIES.submission,
    options: OPTIONS,
    body: 'submission',
  },
  listJobs: { method: 'GET', route: 'jobs', access: 'ownerOrRead', query: QUERIES.jobs, ...ASKS },
  getJob: { method: 'GET', route: 'jobs/{id}', access: 'ownerOrRead', query: nothing, ...ASKS },
  deleteJob: { method: 'DELETE', route: 'jobs/{id}', access: 'ownerOrManage', query: nothing, ...ASKS },
  getJobCompletion: {
    method: 'GET',
    route: 'jobs/{id}/completion',
    access: 'ownerOrRead',
    query: QUERIES.completion,
    ...ASKS,
  },
  getJobRate: { method: 'GET', route: 'jobs/{id}/rate', access: 'ownerOrRead', query: nothing, ...ASKS },
  listResets: { method: 'GET', route: 'jobs/{id}/resets', access: 'ownerOrRead', query: QUERIES.resets, ...ASKS },
  cancelJob: { method: 'POST', route: 'jobs/{id}/cancel', access: 'ownerOrManage', query: nothing, ...ASKS },
  retryJob: {
    method: 'POST',
    route: 'jobs/{id}/retry',
    access: 'Submit',
    query: QUERIES.retry,
    options: RETRY_OPTIONS,
    body: 'retryOptions',
  },
  checkJob: { method: 'POST', route: 'jobs/{id}/check', access: 'ownerOrManage', query: nothing, ...ASKS },
  pauseJob: { method: 'POST', route: 'jobs/{id}/pause', access: 'Manage', query: QUERIES.pause, ...ASKS },
  resumeJob: { method: 'POST', route: 'jobs/{id}/resume', access: 'ownerOrManage', query: QUERIES.resume, ...ASKS },
  getGuest: { method: 'GET', route: 'guests/{guestId}', access: 'Read', query: nothing, ...ASKS },
  resetGuest: {
    method: 'POST',
    route: 'guests/{guestId}/resets',
    access: 'Submit',
    query: QUERIES.reset,
    options: OPTIONS,
    body: 'reset',
  },
  listGuestResets: {
    method: 'GET',
    route: 'guests/{guestId}/resets',
    access: 'ownerOrRead',
    query: QUERIES.history,
    ...ASKS,
  },
  eraseGuest: {
    method: 'DELETE',
    route: 'guests/{guestId}/history',
    access: 'Manage',
    query: QUERIES.nothing,
    ...ASKS,
  },
  listAudit: { method: 'GET', route: 'audit', access: 'Read', query: QUERIES.audit, ...ASKS },
  pauseTenant: { method: 'POST', route: 'pause', access: 'Manage', query: QUERIES.pause, ...ASKS },
  resumeTenant: { method: 'POST', route: 'resume', access: 'Manage', query: QUERIES.resume, ...ASKS },
  getMe: { method: 'GET', route: 'me', access: 'identified', withoutSettings: true, query: nothing, ...ASKS },
  getTenant: { method: 'GET', route: 'tenant', access: 'anyRole', query: nothing, ...ASKS },
  getDiagnostics: {
    method: 'GET',
    route: 'diagnostics',
    access: 'anyRole',
    withoutSettings: true,
    query: nothing,
    ...ASKS,
  },
  getHealth: { method: 'GET', route: 'health', access: 'everybody', query: nothing, ...ASKS },
  getHealthDetails: { method: 'GET', route: 'health/details', access: 'everybody', query: nothing, ...ASKS },
  getOpenApi: { method: 'GET', route: 'openapi.json', access: 'everybody', query: nothing, ...ASKS },
  getOpenApiV2: { method: 'GET', route: 'openapi-v2.json', access: 'everybody', query: nothing, ...ASKS },
  listProblems: { method: 'GET', route: 'problems', access: 'everybody', query: nothing, ...ASKS },
  getProblem: { method: 'GET', route: 'problems/{code}', access: 'everybody', query: nothing, ...ASKS },
} as const satisfies Record<string, HttpRoute>;

/** The prefix itself. The host needs a function of its own for it (`other-routes.ts`), which says what is here. */
export const ROOT_ROUTE: HttpRoute = { method: 'GET', route: '', access: 'everybody', query: nothing, ...ASKS };

/** What the console must know to sign somebody in. The function that serves the console answers it. */
export const CONSOLE_CONFIG_ROUTE: HttpRoute = {
  method: 'GET',
  route: 'console/config.json',
  access: 'everybody',
  query: nothing,
  ...ASKS,
};

export type HttpFunctionName = keyof typeof HTTP_ROUTES;

/** What a function gets of its query, read. Options of a job are read with the body. */
export type QueryOf<N extends HttpFunctionName> = {
  readonly [P in keyof (typeof HTTP_ROUTES)[N]['query']]: ValueOf<(typeof HTTP_ROUTES)[N]['query'][P]>;
};

/** `extensions.http.routePrefix` of host.json, which has none. */
const PREFIX = '/api/';

/**
 * The parameters of a path, percent-decoded. Undefined where the path is not one of this route, or cannot be decoded.
 * Fixed segments in any case, and a slash at the end, as the host matches them.
 */
export function matchRoute(route: string, path: string): Readonly<Record<string, string>> | undefined {
  if (path.slice(0, PREFIX.length).toLowerCase() !== PREFIX) return undefined;
  const given = path.slice(PREFIX.length).replace(/\/$/, '').split('/');
  const wanted = route.split('/');
  if (given.length !== wanted.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const text = decoded(given[index] ?? '');
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (text === undefined || text === '') return undefined;
    if (name !== undefined) parameters[name] = text;
    else if (text.toLowerCase() !== segment) return undefined;
  }
  return parameters;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
