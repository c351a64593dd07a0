/** The strict reader of queries, as tables over every route: one that is added later is held by them, too. */
import { describe, expect, test } from 'vitest';
import { readQuery, type ReadQuery } from '../../../shared/entry/http/requests/read-query.ts';
import { HTTP_ROUTES, type HttpFunctionName, type HttpRoute } from '../../../shared/entry/http/routes.ts';

const ROUTES = Object.entries<HttpRoute>(HTTP_ROUTES);
const read = (route: HttpRoute, query: string): ReadQuery => readQuery(route, new URLSearchParams(query));
/** Code and field of everything that is refused. */
const refused = (route: HttpRoute, query: string): unknown[] => {
  const result = read(route, query);
  return result.ok ? [] : (result.problem.errors ?? []).map(({ code, field }) => [code, field]);
};
const detail = (name: HttpFunctionName, query: string): string => {
  const result = read(HTTP_ROUTES[name], query);
  return result.ok ? '' : result.problem.detail;
};
/** A value that each parameter takes, and values that it does not. */
const GOOD: Readonly<Record<string, string>> = {
  format: 'csv',
  status: 'Failed',
  redemption: 'pending',
  code: 'reset,guestNotFound',
  dryRun: 'false',
  createdAfter: '2030-01-31T08:00:00Z',
  createdBefore: '2030-01-31T09:00:00+01:00',
  retryOf: '7ybr1z9vj7e0mzpqmbtznnz118',
  submittedBy: 'me',
  pageSize: '7',
  waitWhilePaused: 'true',
  reason: 'moved',
};
const BAD: Readonly<Record<string, readonly string[]>> = { reason: ['x'.repeat(257)], submittedBy: [''] };

describe.each(ROUTES)('%s', (_name, route) => {
  // What a submission does not know is told by whoever reads its body.
  const leavesUnknown = route.body === 'submission' || route.body === 'reset';
  const parameters = Object.keys(route.query);

  test('refuses every name it does not know, and suggests the one that is meant', () => {
    for (const name of ['limit', '$filter', '', 'constructor', '__proto__', ...Object.keys(HTTP_ROUTES)])
      expect(refused(route, `${encodeURIComponent(name)}=1`), name).toEqual(
        leavesUnknown ? [] : [['unknownParameter', name]],
      );
    for (const name of parameters) {
      for (const wrong of [name.toUpperCase(), `${name}s`]) {
        const result = read(route, `${wrong}=1`);
        expect(result.ok ? '' : result.problem.detail, wrong).toContain(leavesUnknown ? '' : `Did you mean ${name}?`);
      }
    }
  });

  test('passes over what belongs to the platform, in any case and however often', () => {
    // Of the resets of a job `code` is a filter.
    const key = 'code' in route.query ? '' : 'code=a&code=b&Code=c&';
    const platform = `${key}clientId=d&CLIENTID=e&Subscription-Key=f&api-version=g&x-ms-client=h&X-MS-x=i`;
    expect(refused(route, platform)).toEqual([]);
  });

  test('refuses a name that is there twice, with the same value too', () => {
    for (const name of [...parameters, ...route.options])
      expect(refused(route, `${name}=true&${name}=true`)[0], name).toEqual(['repeatedParameter', name]);
  });

  test('reads what its parameters take, and tells a value that they do not', () => {
    for (const name of parameters) {
      const code = name === 'continuationToken' ? 'invalidContinuationToken' : 'invalidParameter';
      // The last is a name that every object of JavaScript has.
      for (const text of BAD[name] ?? ['~', '', 'constructor'])
        expect(refused(route, `${name}=${text}`), name).toEqual([[code, name]]);
    }
    const said = parameters.filter((name) => name in GOOD).map((name) => [name, GOOD[name] ?? '']);
    expect(refused(route, new URLSearchParams(said).toString())).toEqual([]);
    expect(read(route, '').ok).toBe(true);
  });
});

test('tells of everything that is wrong at once', () => {
  expect(refused(HTTP_ROUTES.listResets, 'limit=5&pageSize=0&status=failed&status=x&format=toString')).toEqual([
    ['unknownParameter', 'limit'],
    ['repeatedParameter', 'status'],
    ['invalidParameter', 'format'],
    ['invalidParameter', 'pageSize'],
  ]);
});

test.each<[HttpFunctionName, string, string]>([
  ['listResets', 'state=failed', '"state" is not known here. Did you mean status?'],
  ['listResets', 'pagesize=5', '"pagesize" is not known here. Did you mean pageSize?'],
  ['listResets', 'pageSize=1e2', 'pageSize must be a whole number from 1 to 1000.'],
  ['getJob', 'wait=30', '"wait" is not known here. This address takes nothing in its query.'],
  ['cancelJob', 'reason=x', '"reason" is not known here. This address takes nothing in its query. Nothing was done.'],
  [
    'retryJob',
    'status=failed,succeeded',
    'status must be some of failed, skipped, unknown, canceled, with commas between. Nothing was done.',
  ],
])('%s is told of %s: %s', (name, query, expected) => {
  expect(detail(name, query)).toBe(expected);
});

test('gives what is not said its default, and lists as they were said, in any case', () => {
  expect(read(HTTP_ROUTES.listJobs, '')).toMatchObject({ values: { pageSize: 20, continuationToken: undefined } });
  expect(read(HTTP_ROUTES.retryJob, 'status=Failed, unknown')).toMatchObject({
    values: { status: ['failed', 'unknown'] },
  });
});
