/** What is said of requests that no route takes. Needs no settings, and tells nothing but what everybody may know. */
import type { HttpResponseInit } from '@azure/functions';
import { problem } from '../../../domain/api/problem.ts';
import type { OpenRequest } from '../requests/arrived-request.ts';
import { readQuery } from '../requests/read-query.ts';
import { Refusal } from '../refusal.ts';
import { jsonResponse } from './respond.ts';
import { HTTP_ROUTES, matchRoute, ROOT_ROUTE, type HttpRoute } from '../routes.ts';

const ROOT = /^\/api\/?$/i;

/** @throws Refusal: 405 with what the path takes, or 404 */
export async function answerOther({ method, url, query }: OpenRequest): Promise<HttpResponseInit> {
  const isRoot = ROOT.test(url.pathname);
  if (isRoot && method === ROOT_ROUTE.method) {
    const read = readQuery(ROOT_ROUTE, query);
    if (!read.ok) throw new Refusal(read.problem);
    return jsonResponse({ name: 'guest-reset', version: '1', links: LINKS });
  }
  const allow = isRoot ? [ROOT_ROUTE.method] : methodsAt(url.pathname);
  if (allow.length === 0)
    throw new Refusal(
      problem(
        'pathNotFound',
        'Nothing is at this path, and nothing was done. GET /api/openapi.json has every path. A # ends a path: ' +
          'write %23 in the name of a guest.',
      ),
    );
  const detail = `This path takes ${allow.join(' and ')}, not ${method}. Nothing was done.`;
  throw new Refusal({ ...problem('methodNotAllowed', detail), allow });
}

const LINKS = {
  openapi: '/api/openapi.json',
  openapiV2: '/api/openapi-v2.json',
  health: '/api/health',
  diagnostics: '/api/diagnostics',
  problems: '/api/problems',
  jobs: '/api/jobs',
  tenant: '/api/tenant',
  me: '/api/me',
} as const;

const methodsAt = (path: string): string[] =>
  Object.values<HttpRoute>(HTTP_ROUTES)
    .filter(({ route }) => matchRoute(route, path) !== undefined)
    .map(({ method }) => method);
