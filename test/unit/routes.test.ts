import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivedUrl } from '../../shared/adapters/http/arrived-request.ts';
import { HTTP_ROUTES, matchRoute } from '../../shared/adapters/http/routes.ts';

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
