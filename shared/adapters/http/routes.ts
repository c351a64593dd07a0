/** Every HTTP function: how it is asked for, and who may. What is registered, matched and described is this table. */
import type { Role } from './caller.ts';

export interface HttpRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the prefix; `{name}` stands for one segment. */
  readonly route: string;
  /** What every caller needs. `any`: known callers, and the function looks closer. `none`: nobody needs to sign in. */
  readonly role: Role | 'any' | 'none';
}

export const HTTP_ROUTES = {
  submitJob: { method: 'POST', route: 'jobs', role: 'Submit' },
  listJobs: { method: 'GET', route: 'jobs', role: 'any' },
  getJob: { method: 'GET', route: 'jobs/{id}', role: 'any' },
  deleteJob: { method: 'DELETE', route: 'jobs/{id}', role: 'any' },
  getJobCompletion: { method: 'GET', route: 'jobs/{id}/completion', role: 'any' },
  listResets: { method: 'GET', route: 'jobs/{id}/resets', role: 'any' },
  cancelJob: { method: 'POST', route: 'jobs/{id}/cancel', role: 'any' },
  retryJob: { method: 'POST', route: 'jobs/{id}/retry', role: 'Submit' },
  checkJob: { method: 'POST', route: 'jobs/{id}/check', role: 'any' },
  pauseJob: { method: 'POST', route: 'jobs/{id}/pause', role: 'Manage' },
  resumeJob: { method: 'POST', route: 'jobs/{id}/resume', role: 'Manage' },
  resetGuest: { method: 'POST', route: 'guests/{guestId}/resets', role: 'Submit' },
  listGuestResets: { method: 'GET', route: 'guests/{guestId}/resets', role: 'any' },
  pauseTenant: { method: 'POST', route: 'pause', role: 'Manage' },
  resumeTenant: { method: 'POST', route: 'resume', role: 'Manage' },
  getHealth: { method: 'GET', route: 'health', role: 'none' },
  getOpenApi: { method: 'GET', route: 'openapi.json', role: 'none' },
} as const satisfies Record<string, HttpRoute>;

export type HttpFunctionName = keyof typeof HTTP_ROUTES;

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
