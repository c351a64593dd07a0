import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRoute, matchRoute as matchInHost } from '../../../local/host/http/routes.ts';
import { arrivedUrl } from '../../../shared/entry/http/requests/arrived-request.ts';
import { METHODS, OTHER_ROUTES, type Method, type OtherRoute } from '../../../shared/entry/http/other-routes.ts';
import { HTTP_ROUTES, matchRoute, type HttpRoute } from '../../../shared/entry/http/routes.ts';

test.each([
  ['jobs/{id}', '/api/jobs/7', { id: '7' }],
  ['jobs/{id}', '/API/Jobs/7/', { id: '7' }],
  ['guests/{guestId}/resets', '/api/guests/a%20%23EXT%23%2f%40b/resets', { guestId: 'a #EXT#/@b' }],
  ['jobs/{id}', '/api/jobs/', undefined],
  ['jobs/{id}', '/api/jobs/7/resets', undefined],
  ['jobs/{id}', '/jobs/7', undefined],
  ['jobs/{id}', '/api/jobs/%E0%A4', undefined],
  ['guests/{guestId}/resets', '/api/guests//resets', undefined],
  ['pause', '/api/resume', undefined],
  ['openapi.json', '/api/openapi.json', {}],
])('%s and %s', (route, path, expected) => {
  expect(matchRoute(route, path)).toEqual(expected);
});

test('what a path names is what its function gets, whatever it is, and no other function fits that path', () => {
  const named = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.isWellFormed());
  const names = Object.keys(HTTP_ROUTES) as (keyof typeof HTTP_ROUTES)[];
  fc.assert(
    fc.property(fc.constantFrom(...names), named, (name, text) => {
      const { method, route } = HTTP_ROUTES[name];
      const path = `/api/${route.replace(/\{\w+\}/, encodeURIComponent(text))}`;
      const parameter = /\{(\w+)\}/.exec(route)?.[1];
      expect(matchRoute(route, path)).toEqual(parameter === undefined ? {} : { [parameter]: text });
      const fitting = names.filter(
        (other) => HTTP_ROUTES[other].method === method && matchRoute(HTTP_ROUTES[other].route, path),
      );
      expect(fitting).toEqual([name]);
    }),
  );
});

test.each([
  ['api.example', 'https', '/api/jobs?a=1', 'https://api.example/api/jobs?a=1'],
  ['[::1]:7071', 'http', '//evil.example/api', 'http://[::1]:7071//evil.example/api'],
  ['api.example', 'ftp', '/api/jobs', undefined],
  ['api.example', undefined, '/api/jobs', undefined],
  ['me@evil.example', 'https', '/api/jobs', undefined],
  ['api.example, evil.example', 'https', '/api/jobs', undefined],
  [undefined, 'https', '/api/jobs', undefined],
  ['api.example', 'https', 'https://evil.example/api', undefined],
])('%s, by %s, for %s is asked for at %s', (host, protocol, url, expected) => {
  expect(arrivedUrl({ headers: { 'x-forwarded-host': host, 'x-forwarded-proto': protocol }, url })?.href).toBe(
    expected,
  );
});

describe('of the functions that are registered', () => {
  const registered = [
    ...Object.entries<HttpRoute>(HTTP_ROUTES).map(([name, { method, route }]) => ({ name, methods: [method], route })),
    ...Object.entries<OtherRoute>(OTHER_ROUTES).map(([name, other]) => ({ name, ...other })),
  ].map(({ name, methods, route }) => ({ name, methods, compiled: compileRoute(`api/${route}`) }));
  const fitting = (method: Method, path: string): string[] =>
    registered
      .filter(({ methods, compiled }) => methods.some((each) => each === method) && matchInHost(compiled, path))
      .map(({ name }) => name);

  // So nothing hangs on the order in which the host tries them.
  test('exactly one fits each request, whatever its method and path', () => {
    const word = fc.constantFrom(
      'jobs',
      'JOBS',
      'guests',
      'pause',
      'resets',
      'cancel',
      'openapi.json',
      'console',
      'config.json',
      '7',
      '%0A',
      'a%2Fb',
      '',
      '.',
    );
    const path = fc.array(word, { maxLength: 5 }).map((words) => `/api/${words.join('/')}`);
    fc.assert(
      fc.property(
        fc.constantFrom(...METHODS),
        fc.oneof(
          path,
          path.map((each) => `${each}/`),
          fc.constant('/api'),
        ),
        (method, each) => {
          expect(fitting(method, each), `${method} ${each}`).toHaveLength(1);
        },
      ),
      { numRuns: 2_000 },
    );
  });
  test('a route fits its own requests, and another function all others', () => {
    for (const [name, { method, route }] of Object.entries<HttpRoute>(HTTP_ROUTES)) {
      const path = `/api/${route.replace(/\{\w+\}/, 'x%20y')}`;
      expect(fitting(method, path)).toEqual([name]);
      expect(fitting('PATCH', path)).toEqual(['otherMethod']);
    }
  });
  test('no constraint holds what the real parser of templates reads otherwise', () => {
    for (const { route } of Object.values<OtherRoute>(OTHER_ROUTES))
      expect(/^(?:console\/\{\*path\}|\{\*?\w+:\w+\([^:={}]*\)\??\})$/.test(route), route).toBe(true);
  });
});
